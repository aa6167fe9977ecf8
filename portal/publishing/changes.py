"""The public log as readers meet it: what became public together, with its note."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.text import capfirst

from portal.languages.texts import Text, active, nearest
from portal.publishing.models import Act, Entry, Revision
from portal.records.append_only import AppendOnlyQuerySet
from portal.records.kinds import page_kinds
from portal.records.models import Record
from portal.records.reads import LOG, key_of, key_of_kind, note
from portal.records.references import known

RECORDS_A_MOMENT = 10  # on average, at most, where only a few moments are shown


class Line(NamedTuple):
    """One record in the log. ``record`` is None once it is no longer readable.

    ``entry`` comes from ``newest_first``, which asks what was removed by law.
    """

    entry: Entry
    record: Record | None

    @property
    def kind(self) -> str:
        """What sort of thing it is, for names that many could have."""
        return str(capfirst(self.record._meta.verbose_name)) if self.record else ""

    @property
    def has_text(self) -> bool:
        """Whether it made a version that can still be read."""
        return bool(self.entry.version and not self.entry.is_removed)

    @property
    def earlier(self) -> int | None:
        """The version that this one can be compared with."""
        if self.entry.is_removed or self.entry.before_is_removed:
            return None
        number = self.entry.version.number if self.entry.version else 1
        return number - 1 if number > 1 else None


def last_change(*among: type[Record]) -> datetime | None:
    """When something, of these kinds if any are named, last became public or ceased to be.

    None while nothing ever was. What a page is the state of: never the clock, so that the same
    state is one page.
    """
    note(*(map(key_of_kind, among) if among else [LOG]))
    entries = Entry.objects.order_by("-number")
    if among:
        entries = entries.filter(kind__in=[kind.kind() for kind in among])
    return entries.values_list("time", flat=True).first()


class Moment(NamedTuple):
    """What was done in one act: one time, one note, one or several records."""

    act: Act
    time: datetime
    note: Text
    lines: list[Line]

    @property
    def number(self) -> int:
        """That of its last entry: the moment's identity in feeds."""
        return self.lines[0].entry.number


def note_of(entry: Entry) -> Text:
    """The note in the reader's language, or in another and saying so; empty once removed."""
    return nearest(json.loads(entry.notes)["notes"] if entry.notes else {}, active())


def lines_of(entries: Iterable[Entry], records: Mapping[UUID, Record] | None = None) -> list[Line]:
    entries = list(entries)
    if records is None:
        records = known(entry.record for entry in entries)
    return [Line(entry, records.get(entry.record)) for entry in entries]


def moments(entries: Iterable[Entry], records: Mapping[UUID, Record] | None = None) -> list[Moment]:
    """Entries, newest first, as the acts that made them; ``records`` are asked for if not given."""
    return [
        Moment(Act(act), time, note_of(lines[0].entry), lines)
        for (act, time), group in groupby(
            lines_of(entries, records), key=lambda line: (line.entry.act, line.entry.time)
        )
        if (lines := list(group))
    ]


class Withdrawal(NamedTuple):
    """Why a page is no longer part of the policy as it is told."""

    time: datetime
    note: Text
    successor: Record | None


def withdrawal_of(record: Record) -> Withdrawal | None:
    """The last one; None for a record that has no history."""
    if record.version is None:
        return None
    entry = history_of(record).filter(act=Act.WITHDRAWAL).first()
    if entry is None:
        return None
    wanted = [entry.successor] if entry.successor else []
    return Withdrawal(entry.time, note_of(entry), known(wanted).get(entry.successor))


def newest_first() -> AppendOnlyQuerySet:
    """Entries that know whether the text of their version, or of the one before, was removed."""
    note(LOG)
    return _knowing_what_is_removed()


def history_of(record: Record) -> AppendOnlyQuerySet:
    """Its own entries, newest first; each of them moves with the record."""
    note(key_of(record.pk))
    return _knowing_what_is_removed().filter(record=record.pk)


def _knowing_what_is_removed() -> AppendOnlyQuerySet:
    gone = Revision.objects.filter(content="", version__record=OuterRef("record"))
    before = gone.filter(version__number=OuterRef("version__number") - 1)
    return (
        Entry.objects.select_related("version")
        .annotate(is_removed=Exists(gone.filter(version=OuterRef("version"))))
        .annotate(before_is_removed=Exists(before))
        .order_by("-number")
    )


def of_pages() -> AppendOnlyQuerySet:
    """The entries of what has a page of its own, newest first."""
    return newest_first().filter(kind__in=[kind.kind() for kind in page_kinds()])
