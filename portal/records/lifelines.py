"""A record's life as a picture: one axis for all, each mark as wide as its date is vague.

Geometry only, in per cent of the width; ``templates/includes/_lifeline.html`` draws it. The
dates are told in words beside every picture, which is therefore hidden from screen readers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from typing import NamedTuple

from portal.records.dates import Dated, PartialDate
from portal.records.holdings import Holding
from portal.records.models import PageRecord

TICK_YEARS = 5
MOST_TICKS = 5  # of four digits each: what fits beside each other on a phone
LABEL_ROOM = (14, 74)  # per cent: where a label in the middle meets neither end's, on a phone


@dataclass(frozen=True)
class Axis:
    """The years that all lifelines of the site share, both included."""

    first: int
    last: int

    def holds(self, value: PartialDate) -> bool:
        return self.first <= value.first_day.year and value.last_day.year <= self.last

    def x(self, day: int) -> float:
        """Of an ordinal day: the day after the last of all has no date."""
        start = date(self.first, 1, 1).toordinal()
        end = date(self.last, 12, 31).toordinal() + 1
        return round(100 * (day - start) / (end - start), 2)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        steps = ceil((self.last - self.first + 1) / (TICK_YEARS * MOST_TICKS))
        years = range(self.first, self.last + 1, TICK_YEARS * steps)
        return [(year, self.x(date(year, 1, 1).toordinal())) for year in years]


class Mark(NamedTuple):
    """``shape`` is ``year``, ``month`` or ``day``; ``width`` only counts for a year."""

    shape: str
    x: float
    width: float
    is_added: bool
    is_end: bool


@dataclass(frozen=True)
class Lifeline:
    """The marks of one record; ``known`` and ``open`` are the stretches of line between them."""

    record: PageRecord
    axis: Axis

    @property
    def is_within(self) -> bool:
        """False of a withdrawn record from before or after all that is published."""
        return all(self.axis.holds(each.value) for each in self.record.dated if each.value)

    @cached_property
    def marks(self) -> list[Mark]:
        dated = [each for each in self.record.dated if each.value]
        return [mark for each in dated for mark in self._marks(each)]

    @property
    def known(self) -> tuple[float, float] | None:
        """From the first date to the last: in between it is known to have stood."""
        ends = self.marks[-1]
        start, end = self.marks[0].x, ends.x
        return (start, end) if self.record.lasts and end > start else None

    @property
    def open(self) -> float | None:
        """Where the line goes on without a recorded end."""
        last = self.marks[-1]
        ended = last.is_end or not self.record.lasts
        return None if ended else round(last.x + last.width, 2)

    @property
    def label(self) -> tuple[int, float] | None:
        """The year in the middle of the axis, where there is room for one."""
        for each in reversed(self.record.dated):
            x = self.axis.x(each.value.first_day.toordinal()) if each.value else 0
            if LABEL_ROOM[0] < x < LABEL_ROOM[1]:
                return each.value.first_day.year, x
        return None

    def _marks(self, dated: Dated) -> list[Mark]:
        parts = [PartialDate(part) for part in dated.value.split("/")]
        return [self._mark(part, dated) for part in parts]

    def _mark(self, value: PartialDate, dated: Dated) -> Mark:
        start = self.axis.x(value.first_day.toordinal())
        end = self.axis.x(value.last_day.toordinal() + 1)
        x = round((start + end) / 2, 2) if value.precision == "month" else start
        width = round(end - start, 2) if value.precision == "year" else 0
        return Mark(value.precision, x, width, dated.is_added, dated.is_end)


def axis_of(holdings: Iterable[Holding]) -> Axis | None:
    """From the first to the last year of all published dates."""
    dated = [holding for holding in holdings if holding.last]
    if not dated:
        return None
    first, last = min(each.first for each in dated), max(each.last for each in dated)
    return Axis(int(first[:4]), int(last[:4]))
