"""Every record and every language on one screen: what is the same, due, stale, missing or taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, TextChoices
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.languages.sorting import sort_key
from portal.languages.texts import Text, active
from portal.publishing.models import Revision, Version
from portal.publishing.reading import content_in
from portal.publishing.standing import form_address
from portal.records.kinds import kind_named, states_of_all
from portal.records.models import READABLE, Record, State
from portal.translation.behind import Behind
from portal.translation.freshness import (
    Freshness,
    bases_of,
    freshness_in,
    freshness_of,
    must_be_translated,
    name_of_draft,
)
from portal.translation.models import Assignment


class Standing(TextChoices):
    """How the newest draft of a record stands in one language."""

    SOURCE = "source", _("source")
    SAME = "same", _("the same")
    DUE = "due", _("due")
    MACHINE = "machine", _("made by a machine")
    MISSING = "missing", _("missing")


TO_DO = (Standing.DUE, Standing.MACHINE, Standing.MISSING)
MOST_URGENT = [Standing.DUE, Standing.MISSING, Standing.MACHINE, Standing.SAME, Standing.SOURCE]


@dataclass
class Cell:
    """One record in one language."""

    record: UUID
    language: str
    standing: Standing
    texts: int = 0  # that are due, or that no person has checked
    is_stale: bool = False  # readers are told that it is not up to date
    changes: int = 0  # that readers miss; counted by ``Matrix.count_changes``
    assignment: Assignment | None = None

    @property
    def is_to_do(self) -> bool:
        return self.standing in TO_DO

    @property
    def is_late(self) -> bool:
        until: date | None = self.assignment.until if self.assignment else None
        return until is not None and until < timezone.localdate()

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.record}:{self.language}"


@dataclass
class Row:
    """One record in every language."""

    draft: Revision
    name: Text
    is_public: bool
    cells: list[Cell] = field(default_factory=list)

    @property
    def kind(self) -> type[Record]:
        return kind_named(self.draft.kind)

    @property
    def kind_label(self) -> str:
        return str(capfirst(self.kind._meta.verbose_name))

    @property
    def address(self) -> str:
        return form_address(self.kind(pk=self.draft.record))

    def in_language(self, code: str) -> Cell:
        return next(cell for cell in self.cells if cell.language == code)


class Matrix:
    """Read in as many queries for many records as for few; of what still changes alone."""

    def __init__(self) -> None:
        self._states = states_of_all()
        drafts = Revision.objects.newest().exclude(content="").order_by("record")
        self._drafts = [each for each in drafts if self._is_open(each)]
        self._known = bases_of(each.record for each in self._drafts)
        taken = Assignment.objects.select_related("translator")
        self._taken = {(each.record, each.language): each for each in taken}

    @cached_property
    def rows(self) -> list[Row]:
        """In the order of kinds, then by name."""
        rows = [self._row(draft) for draft in self._drafts]
        return sorted(rows, key=lambda row: (str(row.kind._meta.verbose_name), sort_key(row.name)))

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells)

    def count_changes(self, cells: Iterable[Cell]) -> None:
        """How many published changes readers of these miss; one query for all of them."""
        stale = [cell for cell in cells if cell.is_stale]
        histories = _public_histories({cell.record for cell in stale}) if stale else {}
        for cell in stale:
            history = histories[cell.record]
            kind, content = kind_named(history[0].kind), content_in(history[0])
            known = self._known[cell.record]
            fresh = freshness_in(kind, content, known, cell.language)
            behind = Behind(history, content, cell.language, known)
            cell.changes = len(behind.missing_versions(fresh.not_followed)) or 1

    def _is_open(self, draft: Revision) -> bool:
        state = self._states.get(draft.record)
        return state in (State.UNPUBLISHED, State.PUBLISHED) and bool(
            must_be_translated(kind_named(draft.kind))
        )

    def _row(self, draft: Revision) -> Row:
        kind, content = kind_named(draft.kind), content_in(draft)
        source, known = content["source_language"], self._known[draft.record]
        name = name_of_draft(kind, content, active())
        row = Row(draft, name, self._states[draft.record] in READABLE)
        every = freshness_of(kind, content, known)
        stale = self._stale_languages(draft, every) if row.is_public else set()
        for fresh in every:
            row.cells.append(self._cell(draft, source, fresh, fresh.language in stale))
        return row

    def _cell(self, draft: Revision, source: str, fresh: Freshness, is_stale: bool) -> Cell:
        return Cell(
            record=draft.record,
            language=fresh.language,
            standing=_standing(fresh, source),
            texts=len(fresh.to_do),
            is_stale=is_stale,
            assignment=self._taken.get((draft.record, fresh.language)),
        )

    def _stale_languages(self, draft: Revision, every: list[Freshness]) -> set[str]:
        """Those in which what is public lags behind what is public."""
        if public := self._replaced.get(draft.record):
            known = self._known[draft.record]
            every = freshness_of(kind_named(draft.kind), content_in(public), known)
        return {each.language for each in every if each.is_behind}

    @cached_property
    def _replaced(self) -> dict[UUID, Revision]:
        """What is public of the records that have something newer."""
        later = Revision.objects.filter(
            record=OuterRef("record"), number__gt=OuterRef("revision__number")
        )
        public = Version.objects.newest().filter(Exists(later)).select_related("revision")
        return {version.record: version.revision for version in public}


def _standing(fresh: Freshness, source: str) -> Standing:
    if fresh.is_absent:
        return Standing.MISSING
    if fresh.language == source:
        return Standing.SOURCE
    if fresh.is_behind:
        return Standing.DUE
    return Standing.MACHINE if fresh.machine else Standing.SAME


def _public_histories(records: set[UUID]) -> dict[UUID, list[Revision]]:
    """Of each record what was saved up to its public text, newest first."""
    saved = Revision.objects.filter(record__in=records).select_related("version")
    histories: dict[UUID, list[Revision]] = {record: [] for record in records}
    for each in saved.order_by("-number"):
        if histories[each.record] or getattr(each, "version", None):
            histories[each.record].append(each)
    return histories
