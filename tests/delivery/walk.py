"""Publications of every sort by chance, and every kept page compared with one made anew."""

from collections.abc import Callable
from random import Random

from django.db.models import ForeignKey

from portal.languages.alternates import route_in
from portal.languages.texts import codes, column, set_texts, translated_names
from portal.publishing.content import content_fields, set_fields
from portal.publishing.faults import PublicationRefused
from portal.publishing.models import Act
from portal.publishing.publish import publish, withdraw
from portal.records.dates import PartialDateField
from portal.records.kinds import kinds, page_kinds
from portal.records.models import Record
from tests.delivery.front import Front
from tests.factories import published
from tests.pages_of_the_site import every_page


def small_site() -> None:
    """A record of each kind, and those that it needs."""
    for kind in kinds():
        published(kind)


NOTES = {code: f"Why {code}" for code in codes()}
YEARS = ("2001", "2005-03", "2016-02-12", "2019/2020", "2024")


class Walk:
    """``changed`` and ``needless``: pages that an act took out, by whether they say otherwise.

    After each act so many of the ``pages`` are compared, by chance; None: all of them.
    """

    def __init__(self, front: Front, seed: int, pages: int | None = None) -> None:
        self.front, self.pages = front, pages
        self.random = Random(seed)
        self.held: dict[str, bytes] = {}
        self.done: dict[str, int] = {}
        self.changed = self.needless = 0

    def visit(self) -> None:
        """Read every page there is, or some, so that they are kept."""
        addresses = self.addresses()
        if self.pages:
            addresses = self.random.sample(addresses, min(self.pages, len(addresses)))
        answers = {address: self.front.get(address) for address in addresses}
        self.held = {each: answer.body for each, answer in answers.items() if answer.status == 200}

    def addresses(self) -> list[str]:
        pages = [page.address for page in every_page()]
        records = [
            each.address(code)
            for kind in page_kinds()
            for each in kind.objects.readable()
            for code in codes()
        ]
        others = ["sitemap.xml", *self._files()]
        return sorted({*pages, *records, *(f"/{each.lstrip('/')}" for each in others)})

    def _files(self) -> list[str]:
        names = ("changes-feed", "timeline-csv", "who-does-what-picture", "who-does-what-table")
        return [route_in(name, code) for name in names for code in codes()]

    def act(self) -> str:
        """One of them; what publishing refuses counts as nothing done."""
        act = self.random.choice(ACTS)
        try:
            act(self)
        except PublicationRefused:
            return "refused"
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
        return act.__name__

    def stale(self) -> list[str]:
        """The pages that are kept and no longer what Django would say."""
        wrong = []
        for address, before in self.held.items():
            kept, now = self.front.get(address), self.front.alone(address)
            assert now.status < 500, address
            if (kept.status, kept.body) != (now.status, now.body):
                wrong.append(address)
            if kept.how != "portal; hit":
                self.changed += now.body != before
                self.needless += now.body == before
        self.visit()
        return wrong

    def record(self, kind: type[Record] | None = None, **where) -> Record | None:
        kind = kind or self.random.choice(kinds())
        found = list(kind.objects.filter(version__isnull=False, **where).order_by("pk"))
        return self.random.choice(found) if found else None


def words(walk: Walk, record: Record) -> None:
    """Words of its own, now and then with another record's name in them, or a word explained."""
    if not (names := sorted(translated_names(type(record)))):
        return
    name = walk.random.choice(names)
    if name == "slug":
        said = {code: f"slug-{walk.random.randrange(10**9)}-{code}" for code in codes()}
    else:
        other = walk.record() or record
        said = {code: f"{walk.random.random()} {other}" for code in codes()}
    some = walk.random.sample(codes(), walk.random.randint(1, len(codes())))
    set_texts(record, name, {code: said[code] for code in some})


def rewritten(walk: Walk) -> None:
    if record := walk.record(state="published"):
        words(walk, record)
        publish([record], None, NOTES, major=walk.random.random() < 0.5)


def linked(walk: Walk) -> None:
    """A key or a set leads elsewhere."""
    if not (record := walk.record(state="published")):
        return
    keys = [f for f in content_fields(type(record)) if isinstance(f, ForeignKey)]
    fields = [*keys, *set_fields(type(record))]
    if not fields:
        return
    field = walk.random.choice(fields)
    targets = [walk.record(field.related_model, state="published") for _ in range(2)]
    if isinstance(field, ForeignKey):
        setattr(record, field.name, targets[0])
    else:
        record.proposed_sets = {
            field.name: list({each.pk: each for each in targets if each}.values())
        }
    publish([record], None, NOTES)


def dated(walk: Walk) -> None:
    if not (record := walk.record(state="published")):
        return
    fields = [f for f in content_fields(type(record)) if isinstance(f, PartialDateField)]
    if fields:
        setattr(record, walk.random.choice(fields).name, walk.random.choice([*YEARS, None]))
        publish([record], None, NOTES)


def begun(walk: Walk) -> None:
    published(walk.random.choice(kinds()))


def withdrawn(walk: Walk) -> None:
    if record := walk.record(state="published"):
        successor = walk.record(walk.random.choice(page_kinds()), state="published")
        withdraw([record], None, NOTES, successor=successor.pk if successor else None)


def restored(walk: Walk) -> None:
    if record := walk.record(state="withdrawn"):
        publish([record], None, NOTES, act=Act.RESTORATION)


def urgent(walk: Walk) -> None:
    if record := walk.record(state="published"):
        words(walk, record)
        publish([record], None, NOTES, unreviewed=True)


def placed(walk: Walk) -> None:
    """What orders a list, and a language that is given up."""
    if record := walk.record(state="published"):
        record.position = walk.random.randrange(5)
        code = walk.random.choice(codes())
        if code != record.source_language:
            for name in translated_names(type(record)):
                setattr(record, column(name, code), None)
        publish([record], None, NOTES)


ACTS: list[Callable] = [
    *(rewritten, rewritten, rewritten, linked, linked, dated, begun),
    *(withdrawn, restored, urgent, placed),
]
