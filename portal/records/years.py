"""What the dates of a record say of one year, and what they do not.

Nothing is claimed that the precision does not allow: a record stood all through a year only if
one of its dates lies in an earlier year and another in a later one. A date that may lie in
several years is a fact of none of them.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.records.belonging import Belonging
from portal.records.dates import Dated
from portal.records.timeline import Row


class Standing(TextChoices):
    """What a year was for a record; the order in which a page tells them."""

    STOOD = "stood", _("What stood all year")
    BEGAN = "began", _("What began")
    ENDED = "ended", _("What ended or was replaced")
    HAPPENED = "happened", _("What happened")
    UNKNOWN = "unknown", _("What the sources do not say")


class Silence(StrEnum):
    """What the sources do not say."""

    STILL = "still"  # whether it still stood
    ALREADY = "already"  # whether it already stood
    WHICH_YEAR = "which-year"
    UNTIL = "until"  # until when it stood


class Account(NamedTuple):
    """One record in one year: the dates that show it, in order, and what is not known."""

    standing: Standing
    row: Row
    dates: list[Dated]
    silence: Silence | None = None


def account_of(row: Row, year: int) -> list[Account]:
    """What a page says of the record; nothing where its dates say that it did not stand."""
    here = [each for each in row.known if _years(each) == (year, year)]
    found = [
        *_stood(row, year),
        *_began(row, here),
        *_ended(row, here),
        *_happened(row, here),
        *(Account(Standing.UNKNOWN, row, [d], Silence.WHICH_YEAR) for d in _vague(row, year)),
    ]
    return found or _unknown(row, year)


def accounts(rows: Iterable[Row], year: int) -> list[tuple[Standing, list[Account]]]:
    """In the order of the standings, then of the rows; without those that nothing has."""
    every = list(chain.from_iterable(account_of(row, year) for row in rows))
    told = {standing: [a for a in every if a.standing is standing] for standing in Standing}
    return [(standing, sorted(those, key=_place)) for standing, those in told.items() if those]


def _place(account: Account) -> tuple:
    """Events in the order of their dates, by side; all else in that of the rows."""
    if account.standing not in (Standing.HAPPENED, Standing.ENDED):
        return ()
    side = list(Belonging).index(account.row.record.belongs_to)
    return side, account.dates[-1].value.first_day


def _years(dated: Dated) -> tuple[int, int]:
    """The first and the last year in which this date may lie."""
    return dated.value.first_day.year, dated.value.last_day.year


def _vague(row: Row, year: int) -> list[Dated]:
    spans = [(each, _years(each)) for each in row.known]
    return [each for each, (first, last) in spans if first < last and first <= year <= last]


def _after(row: Row, year: int) -> Dated | None:
    """The date that shows that it stood until later than this year; its end, if there is one."""
    shown = [row.end] if row.end else row.known
    return next((each for each in shown if _years(each)[0] > year), None)


def _stood(row: Row, year: int) -> list[Account]:
    before = [each for each in row.known if _years(each)[1] < year and not each.is_end]
    after = _after(row, year)
    if not (row.lasts and before and after):
        return []
    return [Account(Standing.STOOD, row, [before[0], after])]


def _began(row: Row, here: list[Dated]) -> list[Account]:
    starts = [each for each in here if row.lasts and each is row.start]
    silence = Silence.UNTIL if row.is_open and len(row.known) == 1 else None
    return [Account(Standing.BEGAN, row, [each], silence) for each in starts]


def _ended(row: Row, here: list[Dated]) -> list[Account]:
    first = [each for each in row.known[:1] if each not in here and not each.is_end]
    return [Account(Standing.ENDED, row, [*first, each]) for each in here if each.is_end]


def _happened(row: Row, here: list[Dated]) -> list[Account]:
    """What neither began nor ended a thing that lasts: a revision, an announcement."""
    edges = [each for each in here if row.lasts and (each.is_end or each is row.start)]
    events = [each for each in here if each not in edges]
    silence = Silence.UNTIL if row.is_open and row.known[-1] in events else None
    return [Account(Standing.HAPPENED, row, events, silence)] if events else []


def _unknown(row: Row, year: int) -> list[Account]:
    """It lasts, and nothing on record reaches as far as this year."""
    if not (row.lasts and row.known):
        return []
    first, last = row.known[0], row.known[-1]
    if row.is_open and _years(last)[1] < year:
        shown = [first] if first is last else [first, last]
        return [Account(Standing.UNKNOWN, row, shown, Silence.STILL)]
    if not row.start and _years(first)[0] > year:
        return [Account(Standing.UNKNOWN, row, [first], Silence.ALREADY)]
    return []
