"""Every record and every language on one screen: which translation is due, stale or missing.

Withdrawn records and those removed by law are left out: nobody translates them. What was never
public is shown with its draft.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from portal.languages.sorting import sort_key
from portal.languages.texts import Text, active, codes, column, nearest
from portal.publishing.models import Revision, Version
from portal.publishing.reading import content_in
from portal.records.kinds import kind_named, kinds
from portal.records.models import NAMELESS, Record, State
from portal.staff.models import Account
from portal.translation.behind import Behind
from portal.translation.freshness import (
    Freshness,
    bases_of,
    freshness_of,
    must_be_translated,
)
from portal.translation.models import Assignment

Content = Mapping[str, Any]
STALE, DUE, MISSING, MACHINE = "stale", "due", "missing", "machine"  # in the order of urgency
WORK = (STALE, DUE, MISSING, MACHINE)


@dataclass
class Cell:
    """One language of a record: what readers have of it, and what is left to do."""

    record: UUID
    language: str
    drafted: Freshness
    public: Freshness | None  # None: the record, or this language of it, is not public
    is_source: bool
    changes: int = 0  # public major changes that readers of this language lack
    assignment: Assignment | None = None
    translator: Account | None = None  # whoever goes on, where the account was closed

    @property
    def due(self) -> int:
        """How many texts of the newest draft lack their translation, or are behind."""
        return len({*self.drafted.behind, *self.drafted.missing})

    @property
    def states(self) -> list[str]:
        """What is to be done, most urgent first; nothing where it is the same or the source."""
        found = {
            STALE: self.public is not None and self.public.is_behind,
            DUE: self.drafted.is_behind,
            MISSING: self.drafted.is_absent,
            MACHINE: bool(self.drafted.machine or (self.public and self.public.machine)),
        }
        return [] if self.is_source else [state for state in WORK if found[state]]

    @property
    def is_taken(self) -> bool:
        return self.assignment is not None and bool(self.states)

    @property
    def is_late(self) -> bool:
        until = self.assignment and self.assignment.until
        return bool(until and until < timezone.localdate())

    @property
    def until(self) -> date | None:
        return self.assignment.until if self.assignment else None

    @property
    def screen(self) -> str:
        """Where it is translated."""
        return reverse("admin:translation-screen", args=[self.record, self.language])


@dataclass
class Row:
    """One record, named as its newest draft names it."""

    record: UUID
    kind: type[Record]
    content: Content
    is_public: bool
    cells: list[Cell]

    @cached_property
    def name(self) -> Text:
        words = {code: self.content.get(column(self.kind.headline, code)) for code in codes()}
        found = nearest(words, active(), self.source)
        return found if found else Text(str(NAMELESS), None)

    @property
    def names(self) -> list[str]:
        every = (self.content.get(column(self.kind.headline, code)) for code in codes())
        return [name for name in every if name]

    @property
    def source(self) -> str:
        return self.content["source_language"]

    @property
    def label(self) -> str:
        return str(capfirst(self.kind._meta.verbose_name))

    @property
    def form(self) -> str:
        opts = self.kind._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.record])

    def in_order(self, languages: Collection[str]) -> tuple:
        """What readers see stale first, then what is due, then what is missing."""
        mine = [state for cell in self.cells if cell.language in languages for state in cell.states]
        urgency = min(map(WORK.index, mine), default=len(WORK))
        return urgency, sort_key(self.label), sort_key(self.name)


class Matrix:
    """All rows at once: seven queries, however many records there are."""

    def __init__(self) -> None:
        self.accounts = _accounts()
        states = _states()
        later = Revision.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
        newest = Revision.objects.filter(~Exists(later)).exclude(content="")
        self._newest = [each for each in newest.order_by() if each.record in states]
        live = Version.objects.newest().select_related("revision").order_by()
        self._public = {
            each.record: content_in(each.revision)
            for each in live
            if states.get(each.record) == State.PUBLISHED and each.revision.content
        }
        self._bases = bases_of(each.record for each in self._newest)
        self._given = {(each.record, each.language): each for each in Assignment.objects.all()}
        self.rows = [self._row(each) for each in self._newest]
        self._count_changes()

    def _row(self, revision: Revision) -> Row:
        kind, content, known = (
            kind_named(revision.kind),
            content_in(revision),
            self._bases[revision.record],
        )
        public = self._public.get(revision.record)
        told = {f.language: f for f in freshness_of(kind, public, known)} if public else {}
        cells = [
            self._cell(revision.record, fresh, told.get(fresh.language), content)
            for fresh in freshness_of(kind, content, known)
        ]
        return Row(revision.record, kind, content, public is not None, cells)

    def _cell(self, record: UUID, fresh: Freshness, told: Freshness | None, content) -> Cell:
        code = fresh.language
        given = self._given.get((record, code))
        who = self.accounts[given.translator_id] if given else None
        return Cell(
            record=record,
            language=code,
            drafted=fresh,
            public=told if told and not told.is_absent else None,
            is_source=code == content["source_language"],
            assignment=given,
            translator=(who.taken_over_by or who) if who else None,
        )

    def _count_changes(self) -> None:
        """Of what readers see stale alone: one query for all of their histories."""
        stale = [(row, cell) for row in self.rows for cell in row.cells if STALE in cell.states]
        histories = _histories({row.record for row, _cell in stale})
        for row, cell in stale:
            public = self._public[row.record]
            history = _up_to_public(histories[row.record])
            behind = Behind(history, public, cell.language, self._bases[row.record])
            lacking = [*cell.public.behind, *cell.public.missing]
            cell.changes = len(behind.missing_versions(lacking))

    def counts(self, languages: Iterable[str]) -> dict[str, dict[str, int]]:
        """Of each language how many records are in which state, most urgent first."""
        found = {code: dict.fromkeys(WORK, 0) for code in languages}
        for cell in (cell for row in self.rows for cell in row.cells if cell.language in found):
            for state in cell.states:
                found[cell.language][state] += 1
        return found


def translated_kinds() -> list[type[Record]]:
    return [kind for kind in kinds() if must_be_translated(kind)]


def _states() -> dict[UUID, str]:
    """Which records somebody may translate, and whether they are public: one query."""
    open_ones = (State.PUBLISHED, State.UNPUBLISHED)
    first, *others = [
        kind.objects.filter(state__in=open_ones)
        .order_by()
        .annotate(_kind=Cast(Value(kind.kind()), CharField()))
        .values_list("uuid", "state", "_kind")
        for kind in translated_kinds()
    ]
    return {uuid: state for uuid, state, _kind in first.union(*others, all=True)}


def _accounts() -> dict[int, Account]:
    """Every account, each knowing without a query to whom it handed over."""
    found = Account.objects.in_bulk()
    for account in found.values():
        account.hands_over_to = found.get(account.hands_over_to_id)
    return found


def _histories(records: Collection[UUID]) -> dict[UUID, list[Revision]]:
    """Of each record every revision, newest first."""
    found: dict[UUID, list[Revision]] = {record: [] for record in records}
    if found:
        saved = Revision.objects.filter(record__in=found).select_related("version")
        for each in saved.order_by("-number"):
            found[each.record].append(each)
    return found


def _up_to_public(history: list[Revision]) -> list[Revision]:
    last = max((e.version.number for e in history if hasattr(e, "version")), default=0)
    live = next(e.number for e in history if hasattr(e, "version") and e.version.number == last)
    return [each for each in history if each.number <= live]
