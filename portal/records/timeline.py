"""Every published record with dates, as one order in time.

A record that took another's place stands in time with that replacement, also where its own
dates are not known: the day is data of the one that was replaced.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.records.belonging import Belonging
from portal.records.dates import Dated
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.records.questions import RecordsAsked

ARRIVAL = "arrival"  # the name of a date that is read off the predecessor


@dataclass(frozen=True)
class Row:
    """One record in time; its lifeline and its sentences read the same dates."""

    record: PageRecord
    predecessors: tuple[PageRecord, ...] = ()

    @cached_property
    def dated(self) -> list[Dated]:
        own = self.record.dated
        return own if _known(own) else [*self._arrivals, *own]

    @cached_property
    def known(self) -> list[Dated]:
        """Its dates as they lie in time, without those that are not known."""
        return sorted(_known(self.dated), key=lambda each: each.value.first_day)

    @property
    def lasts(self) -> bool:
        return self.record.lasts

    @property
    def added_reference(self) -> bool:
        return self.record.added_reference

    @property
    def start(self) -> Dated | None:
        """When it began; None where an earlier date is known of it, or none of its beginning."""
        first = next(iter(self.known), None)
        return first if first and first.name in (ARRIVAL, *self.record.dates[:1]) else None

    @property
    def end(self) -> Dated | None:
        return next((each for each in self.known if each.is_end), None)

    @property
    def is_open(self) -> bool:
        """Whether it goes on and no end is on record."""
        return bool(self.known) and self.lasts and not self.end

    @property
    def _arrivals(self) -> list[Dated]:
        ends = [end for each in self.predecessors if (end := Row(each).end)]
        label = _("predecessor replaced")
        return [end._replace(name=ARRIVAL, label=label, is_end=False) for end in ends]


@dataclass(frozen=True)
class Group:
    """What belongs to one side: in the order of time, then those without a date."""

    belonging: Belonging
    rows: list[Row]

    @property
    def in_time(self) -> list[Row]:
        return [row for row in self.rows if row.known]

    @property
    def undated(self) -> list[PageRecord]:
        return undated(self.rows)


def timeline_kinds() -> list[type[PageRecord]]:
    return [kind for kind in page_kinds() if kind.dates and kind.in_timeline]


def rows() -> list[Row]:
    """Every published record that stands in time or is expected to: one query a kind."""
    records = [each for kind in timeline_kinds() for each in _question(kind).records()]
    before: dict[UUID, list[PageRecord]] = {}
    for record in records:
        if record.successor:
            before.setdefault(record.successor.pk, []).append(record)
    found = [Row(record, tuple(before.get(record.pk, ()))) for record in records]
    return sorted((row for row in found if row.dated), key=_place)


@cache
def _question(kind: type[PageRecord]) -> RecordsAsked:
    return RecordsAsked(kind.objects.published().for_page())


def groups(found: Iterable[Row]) -> list[Group]:
    """Only those to which something belongs."""
    by_side = {side: [] for side in Belonging}
    for row in found:
        by_side[row.record.belongs_to].append(row)
    return [Group(side, members) for side, members in by_side.items() if members]


def undated(found: Iterable[Row]) -> list[PageRecord]:
    """What no date is on record of."""
    return [row.record for row in found if not row.known]


def years(found: Iterable[Row]) -> range:
    """From the first of all these dates to the last, both included."""
    values = [each.value for row in found for each in row.known]
    if not values:
        return range(0)
    first, last = min(v.first_day for v in values), max(v.last_day for v in values)
    return range(first.year, last.year + 1)


def _known(dated: Iterable[Dated]) -> list[Dated]:
    return [each for each in dated if each.value]


def _place(row: Row) -> tuple[int, date, int, str]:
    """By side, then start; of one start in editorial order. What has no date comes last."""
    start = row.known[0].value.first_day if row.known else date.max
    side = list(Belonging).index(row.record.belongs_to)
    return side, start, row.record.position, str(row.record.pk)
