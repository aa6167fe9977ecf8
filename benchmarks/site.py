"""A site of a given size, in a process of its own: a line in, and it publishes and says how long.

python -m benchmarks.site 3000, on the database of DATABASE_URL.
"""

import sys
import time

import django
from django.core.management import call_command

django.setup()

from django.db import connection  # noqa: E402

from actors.models import Actor  # noqa: E402
from policies.models import Objective, Plan  # noqa: E402
from portal.publishing import going_public  # noqa: E402
from portal.publishing.publish import adopt  # noqa: E402
from portal.records.addresses import claim  # noqa: E402
from portal.records.kinds import kinds, page_kinds  # noqa: E402
from tests.factories import published  # noqa: E402
from tests.growth import ONE_A_PLACE, multiply  # noqa: E402
from tests.publishing.review import approver, ready, writer  # noqa: E402


def fill(size: int) -> None:
    """As if ``size`` records had been published: rows, versions, log and addresses."""
    for kind in kinds():
        published(kind)
    multiply((size - count()) // (len(kinds()) - len(ONE_A_PLACE)))
    claim(record for kind in page_kinds() for record in kind.objects.all())
    adopt()


def count() -> int:
    return sum(kind.objects.published().count() for kind in kinds())


def analyse() -> None:
    """As the server does by itself, a while after a table grew."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main(size: int) -> None:
    call_command("migrate", verbosity=0)
    fill(size)
    analyse()
    plan = published(Plan, owners=[published(Actor)], objectives=[published(Objective)])
    one, other = writer(), approver()
    print(count(), flush=True)
    for number, _line in enumerate(sys.stdin):
        release = ready(plan, one, other, f"Words {number}")
        began = time.perf_counter()
        going_public.publish_release(release, one)
        print(time.perf_counter() - began, flush=True)


main(int(sys.argv[1]))
