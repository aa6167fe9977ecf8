"""python -m tests.deploy.editor: fills an empty database, says what is in it, and publishes.

With the word “founding” it fills it with the founding content, and names every page of the sitemap.

A line in, a line out: the answer to an act comes when the publication is reported.
"""

import json
import re
import shlex
import sys
from io import StringIO
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import close_old_connections  # noqa: E402
from django.test import Client  # noqa: E402

from policies.models import Document, Edition, Plan  # noqa: E402
from portal.content.loading import load  # noqa: E402
from portal.languages.alternates import route_in  # noqa: E402
from portal.languages.texts import codes, set_texts  # noqa: E402
from portal.publishing.models import Act  # noqa: E402
from portal.publishing.publish import publish, withdraw  # noqa: E402
from tests.deploy.asking import HOST  # noqa: E402
from tests.deploy.mirror import write_mirror  # noqa: E402
from tests.factories import published  # noqa: E402
from tests.pages_of_the_site import every_page, fill  # noqa: E402

FILES = (
    *("changes-feed", "opensearch", "timeline-csv"),
    *("who-does-what-picture", "who-does-what-table"),
)
NOTES = {code: f"Why {code}" for code in codes()}
PDF = b"%PDF-1.7 " + b"a file of many bytes " * 500


def examples() -> tuple[list[str], Plan]:
    """One page of every class, in every language."""
    plan = fill()["plan"]
    return [each.address for each in every_page()], plan


def former() -> dict[str, list[str]]:
    """Addresses of a plan that moved, before and after, and of one that was removed by law."""
    moved, removed = published(Plan), published(Plan)
    before, gone = ([each.address(code) for code in codes()] for each in (moved, removed))
    set_texts(moved, "slug", {code: f"moved-{code}" for code in codes()})
    publish([moved], by=None, notes=NOTES)
    call_command("remove_by_law", str(removed.pk), yes=True, stdout=StringIO())
    after = [moved.address(code) for code in codes()]
    return {"former": before, "present": after, "removed": gone}


def founding() -> tuple[list[str], Plan]:
    """Every page of the sitemap."""
    load()
    sitemap = Client().get("/sitemap.xml", secure=True, headers={"Host": HOST}).content.decode()
    plan = Plan.objects.published().order_by("position", "pk").first()
    return re.findall(rf"<loc>https://{HOST}([^<]+)</loc>", sitemap), plan


CONTENTS = {each.__name__: each for each in (examples, founding)}


def begin() -> tuple[Plan, dict]:
    """The content of the first argument; and a file."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    pages, plan = CONTENTS[sys.argv[1]]()
    edition = published(
        Edition, document=published(Document), file=ContentFile(PDF, name="a-plan.pdf")
    )
    return plan, {
        **former(),
        "pages": pages,
        "files": [route_in(name, code) for name in FILES for code in codes()],
        "chosen": [f"{route_in('who-does-what', code)}?role=coordinates" for code in codes()],
        "content": f"{plan.history_at('en')}1.json",
        "searches": [route_in("search", code) for code in codes()],
        "document": edition.href,
        "permanent": plan.permanent,
        "shows_plan": [
            *(plan.address(code) for code in codes()),
            *(route_in("plan-list", code) for code in codes()),
            *(actor.address(code) for actor in plan.owners.all() for code in codes()),
        ],
    }


def say(plan: Plan, words: str) -> None:
    """In its title, so that lists and related pages say it too."""
    set_texts(plan, "title", {code: f"{words} {code}" for code in codes()})
    publish([plan], by=None, notes=NOTES)


def unsay(plan: Plan, _words: str) -> None:
    withdraw([plan], by=None, notes=NOTES)


def say_again(plan: Plan, words: str) -> None:
    set_texts(plan, "title", {code: f"{words} {code}" for code in codes()})
    publish([plan], by=None, notes=NOTES, act=Act.RESTORATION)


def manage(_plan: Plan, line: str) -> None:
    call_command(*shlex.split(line), stdout=StringIO())


def mirror(_plan: Plan, folder: str) -> None:
    kinds = ("pages", "files", "chosen", "present")
    pages = [address for kind in kinds for address in site[kind]]
    write_mirror(Path(folder), [*pages, site["content"], site["document"]])


def mirrors(_plan: Plan, folder: str) -> None:
    settings.PORTAL_MIRRORS = [folder] if folder else []


ACTS = {each.__name__: each for each in (say, unsay, say_again, manage, mirror, mirrors)}
site: dict = {}


def main() -> None:
    plan, found = begin()
    site.update(found)
    print(json.dumps(site), flush=True)
    for line in sys.stdin:
        act, _, words = line.strip().partition(" ")
        close_old_connections()
        ACTS[act](Plan.objects.get(pk=plan.pk), words)
        print("done", flush=True)


if __name__ == "__main__":
    main()
