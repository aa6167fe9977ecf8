"""One page of every type, in every language: what the walks over the whole site visit."""

from dataclasses import dataclass

from actors.models import Actor, Membership, WorkingGroup
from policies.models import (
    Document,
    Edition,
    Instrument,
    Measure,
    MeasurePackage,
    Objective,
    Plan,
    Responsibility,
)
from portal.languages.alternates import route_in
from portal.languages.texts import codes, set_texts
from portal.pages.models import Page, Place, Term
from portal.publishing.publish import publish
from portal.records.kinds import page_kinds
from portal.records.timeline import rows, years
from tests.factories import published


@dataclass(frozen=True)
class PublicPage:
    name: str
    language: str
    address: str

    def __str__(self) -> str:
        return f"{self.name}-{self.language}"


def fill(items: int = 1) -> dict:
    """Records that use every relation once, and lists with ``items`` entries each."""
    for place in Place.values:
        published(Page, place=place)
    actors = [published(Actor) for _ in range(items)]
    objectives = [published(Objective) for _ in range(items)]
    plans = [
        published(
            Plan, owners=actors[:1], objectives=objectives[:1], drawn_up="2005", revised="2015"
        )
        for _ in range(items)
    ]
    replaced = published(
        Plan, replaced="2021-09-08", succeeded_by=plans[0], coordinated_with=plans[:1]
    )
    packages = [published(MeasurePackage, announced_by=actors[0], size=12) for _ in range(items)]
    for number in range(items):
        published(Measure, package=packages[0], number=number + 1, led_to_plans=plans[:1])
        document = published(Document, plans=plans[:1], publisher=actors[0], actors=actors[:1])
        published(Edition, document=document, address="https://example.org/")
        published(Responsibility, actor=actors[0], plan=plans[0])
        published(Instrument, adopted_by=actors[0], adopted="2015-02-12")
        membership = published(Membership, organisation=actors[0], since="2019", until="2020")
        published(WorkingGroup, membership=membership)
        published(Term)
    change(plans[0])
    return {"replaced": replaced, "actor": actors[0], "plan": plans[0]}


def change(plan: Plan) -> None:
    """A second version of it, so that there is something to compare."""
    set_texts(plan, "summary", {code: f"Another summary {code}" for code in codes()})
    publish([plan], by=None, notes={code: f"Said better {code}" for code in codes()})


def every_page() -> list[PublicPage]:
    """Home, glossary, timeline, each list, and the first record of each kind, in each language."""
    routes = [
        "home",
        "timeline",
        "who-does-what",
        "glossary",
        "changes",
        *(f"{kind.kind()}-list" for kind in page_kinds()),
    ]
    lists = [PublicPage(name, code, route_in(name, code)) for name in routes for code in codes()]
    year = years(rows())[10:11]  # the first and the last have one neighbour alone
    lists += [
        PublicPage(f"timeline-{each}", code, route_in("timeline-year", code, year=each))
        for each in year
        for code in codes()
    ]
    records = [
        PublicPage(f"{kind.kind()}-{record.slug_in('en')}", code, record.address(code))
        for kind in page_kinds()
        for record in _examples(kind)
        for code in codes()
    ]
    return [PublicPage("languages", "", "/"), *lists, *records, *past_pages()]


def past_pages() -> list[PublicPage]:
    """The history of the record with the most versions, each of its forms; and that of an entry."""
    record = Plan.objects.published().exclude(version=None).order_by("-version", "pk").first()
    entry = Term.objects.published().exclude(version=None).order_by("pk").first()
    tails = ["", "1/", *(["1-2/"] if record and record.version > 1 else [])]
    return [
        PublicPage(f"{each.kind()}-past-{tail.strip('/')}", code, each.history_at(code) + tail)
        for each, its in ((record, tails), (entry, ["", "1/"]))
        if each
        for tail in its
        for code in codes()
    ]


def _examples(kind) -> list:
    """One record for every state that a page can be in: whole, lacking a language, replaced, …"""
    examples = {}
    for record in kind.objects.readable().order_by("changed", "pk"):
        replaced = bool(getattr(record, "replaced", None))
        place = getattr(record, "place", None)
        examples.setdefault((record.state, *record.languages, replaced, place), record)
    return list(examples.values())
