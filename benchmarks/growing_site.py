"""A portal of a given size with a full store, in a process of its own: a line in, an act, a line.

python -m benchmarks.growing_site 3000, on the database of DATABASE_URL and the folder PORTAL_VAR.
Says in one line of JSON how many records and pages there are; then, for each line with the name
of an act, how many seconds it took, and how many pages a publication took out of the store.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from io import StringIO
from uuid import uuid4

from benchmarks.unkept import application, django

from django.conf import settings  # isort: skip
from django.core.management import call_command  # isort: skip - once the portal is set up
from django.db import connection  # isort: skip

from benchmarks import full_store
from benchmarks.equal import told
from benchmarks.recombined import fill
from policies.models import Document, Plan
from portal.delivery.following import catch_up
from portal.delivery.page import Page as StoredPage
from portal.delivery.place import begin, own_store
from portal.delivery.wsgi import OF_THE_ANSWER, KeptPages
from portal.languages.alternates import route_in
from portal.languages.texts import codes, columns, set_texts
from portal.pages.models import Page, Term
from portal.publishing import going_public
from portal.publishing.models import Version
from portal.publishing.publish import adopt, publish
from portal.records.addresses import claim
from portal.records.kinds import kinds, page_kinds
from portal.records.models import Record
from portal.search import index
from tests.delivery.front import ask
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    said_otherwise,
    submitted,
    writer,
)

LANGUAGE = "fr"
MIRROR = str(settings.VAR_DIR / "mirror")
SETS = ("objectives", "owners", "coordinated_with")


def prepare(size: int) -> int:
    """As if ``size`` records had been published; returns how many there are."""
    call_command("migrate", verbosity=0)
    records = fill(size, (Page, Term))  # a glossary does not grow with the records
    with_versions = Version.objects.values("record")
    for kind in kinds():
        copies = kind.objects.exclude(pk__in=with_versions)
        if kind in page_kinds():
            claim(copies.all())
        copies.update(version=None)
    adopt()
    index.rebuild()
    analyse()
    return records


def analyse() -> None:
    """As the server does by itself, a while after a table grew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")


def copied(model: Record, **given) -> Record:
    """A new record with the words of this one, proposed."""
    fields = [f for f in model._meta.concrete_fields if not f.generated and not f.primary_key]
    own = ("state", "version", "changed")
    said = {f.attname: getattr(model, f.attname) for f in fields if f.attname not in own}
    copy = type(model)(pk=uuid4(), **said | given)
    set_texts(copy, "slug", {code: f"copy-{copy.pk.hex[:12]}-{code}" for code in codes()})
    return copy


class Site:
    """``plan``: one whose page leads to as much on a site of any size."""

    def __init__(self, size: int) -> None:
        self.records = prepare(size)
        self.one, self.other = writer(), approver()
        self.plan = self._subject()
        self.store = own_store()
        self.store.open()
        begin(self.store)
        catch_up(self.store)
        self.front = KeptPages(django, self.store)
        self._fill_store()
        self.number = 0

    def _subject(self) -> Plan:
        replaced = Plan.objects.published().filter(replaced__isnull=False)
        model = replaced.order_by("-replaced", "pk").first()
        plan = copied(model)
        plan.proposed_sets = {name: list(getattr(model, name).published()[:3]) for name in SETS}
        about = list(Document.objects.published().order_by("pk")[:3])
        papers = [copied(each) for each in about]
        for paper in papers:
            paper.proposed_sets = {"plans": [plan]}
        publish([plan, *papers], None, NOTES)
        return Plan.objects.get(pk=plan.pk)

    def _fill_store(self) -> None:
        made = ask(application, self.address)
        self.page = StoredPage.made(
            [each for each in made.headers.items() if each[0].lower() not in OF_THE_ANSWER],
            made.body,
        )
        full_store.fill(self.store, self.page)
        names = ["home", "timeline", *(f"{kind.kind()}-list" for kind in page_kinds())]
        for address in [route_in(name, code) for name in names for code in codes()]:
            ask(self.front, address)
        self.pages = full_store.known(self.store)

    @property
    def address(self) -> str:
        return self.plan.address(LANGUAGE)

    def taken_out(self) -> list[str]:
        kept = full_store.known(self.store)
        return [name for name in self.pages if name not in kept]

    def put_back(self, names: list[str]) -> None:
        full_store.keep(self.store, self.page, {name: self.pages[name] for name in names})


def seconds(act: Callable, *given) -> float:
    began = time.perf_counter()
    act(*given)
    return time.perf_counter() - began


def read(address: str) -> None:
    assert ask(application, address).status == 200


def asked(site: Site, name: str) -> float:
    if name == "export":
        return seconds(partial(call_command, "export_site", MIRROR, stdout=StringIO()))
    addresses = {
        "page": site.address,
        "list": route_in("measure-list", LANGUAGE),
        "sitemap": "/sitemap.xml",
        "search": f"{route_in('search', LANGUAGE)}?q=radicalisation",
    }
    return seconds(read, addresses[name])


def made_public(site: Site, name: str) -> float:
    """A publication, from the press of the button to the answer; of a text the draft, too."""
    site.number += 1
    if name == "text":
        return _text(site)
    return seconds(publish, [PROPOSED[name](site)], site.one, NOTES)


def _text(site: Site) -> float:
    """What lies between, that others read it, has no counterpart in the peer and is not counted."""
    written = seconds(said_otherwise, site.plan, site.one, f"Words {site.number}")
    release = submitted(site.plan, site.one)
    approve_all(release, site.other)
    return written + seconds(going_public.publish_release, release, site.one)


def _titled(site: Site) -> Plan:
    plan = Plan.objects.get(pk=site.plan.pk)
    for name in columns("title"):
        setattr(plan, name, f"{getattr(site.plan, name)} {site.number}")
    return plan


def _term(site: Site) -> Term:
    term = Term.objects.published().order_by("pk").first()
    set_texts(term, "term", {code: f"mot {site.number} {code}" for code in codes()})
    return term


PROPOSED = {"new": lambda site: copied(site.plan), "title": _titled, "term": _term}


def main(size: int) -> None:
    site = Site(size)
    known = {"records": site.records, "pages": len(site.pages)}
    print(json.dumps(known | {"address": site.address, "shows": told(site.plan)}), flush=True)
    for line in sys.stdin:
        name = line.strip()
        if name in ("text", *PROPOSED):
            took, names = made_public(site, name), site.taken_out()
            site.put_back(names)
            print(json.dumps([took, len(names)]), flush=True)
        else:
            print(json.dumps([asked(site, name), 0]), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
