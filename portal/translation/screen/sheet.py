"""One language of a record beside its source: what a translator has before her."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages.texts import codes, column, in_language, translated_names
from portal.publishing.models import Revision
from portal.publishing.reading import Passage, content_in, label_of
from portal.records.models import Record
from portal.translation.behind import Behind
from portal.translation.freshness import (
    Freshness,
    confirmations,
    followed_texts,
    freshness_in,
    freshness_of,
    known_of,
    must_be_translated,
    said_in,
)
from portal.translation.models import Basis
from portal.translation.terms import Agreed, Misuse, Vocabulary


class State(TextChoices):
    """What is to be done with a text of a translation, in words."""

    MISSING = "missing", gettext_lazy("To do: missing in this language")
    DUE = "due", gettext_lazy("To do: the source has changed")
    LOST = (
        "lost",
        gettext_lazy("To do: not finished, or made from a source text that is no longer known"),
    )
    MACHINE = "machine", gettext_lazy("To check: made by a machine")
    SAME = "same", gettext_lazy("Up to date")
    FREE = "free", gettext_lazy("Each language has its own")
    OPTIONAL = "optional", gettext_lazy("May be left empty")
    EMPTY = "empty", gettext_lazy("Empty in every language")

    @property
    def is_to_do(self) -> bool:
        return self in (State.MISSING, State.DUE, State.LOST, State.MACHINE)

    @property
    def can_be_confirmed(self) -> bool:
        return self in (State.DUE, State.LOST, State.MACHINE)


@dataclass(frozen=True)
class Line:
    """One text: what its source said and says, what it says itself, and what is to be done."""

    name: str
    column: str
    label: str
    text: str
    source: Passage  # from the text that this one follows to the one that there is
    state: State
    confirmed: Basis | None
    public: str | None  # what readers see, where that is something else
    agreed: list[Agreed]
    misuses: list[Misuse]  # what it should call otherwise; no hindrance
    is_followed: bool  # whether it can be behind at all

    @property
    def is_to_do(self) -> bool:
        return self.state.is_to_do

    @property
    def said(self) -> str:
        """Its state in words, and who answers for it."""
        if self.state != State.SAME or self.confirmed is None:
            return str(self.state.label)
        day = date_format(localtime(self.confirmed.given), "DATE_FORMAT")
        said = _("Up to date: confirmed by %(who)s, %(date)s")
        return said % {"who": self.confirmed.by, "date": day}


class Sheet:
    """Of the revision that comes first in ``history``: every one up to it, newest first.

    Asks for what is known of the record, for who confirmed what, and for the agreed names: as
    many queries for many texts as for few.
    """

    def __init__(self, record: Record, history: list[Revision], code: str) -> None:
        self.record, self.history, self.code = record, history, code
        self.kind, self.number = type(record), history[0].number
        self.content = content_in(history[0])
        self.source = self.content["source_language"]
        self.bases = known_of(record)

    @property
    def is_source(self) -> bool:
        return self.code == self.source

    @cached_property
    def languages(self) -> list[Freshness]:
        return freshness_of(self.kind, self.content, self.bases)

    @cached_property
    def lines(self) -> list[Line]:
        """What a language must have, then what it may have, each in the order of the model."""
        followed = followed_texts(self.kind)
        others = [name for name in translated_names(self.kind) if name not in followed]
        return [self._line(name) for name in (*followed, *others)]

    @property
    def to_do(self) -> list[Line]:
        return [line for line in self.lines if line.is_to_do]

    def next_to_do(self, line: Line) -> Line | None:
        """The next text below this one in which there is something to do."""
        below = self.lines[self.lines.index(line) + 1 :]
        return next((each for each in below if each.is_to_do), None)

    @property
    def can_be_confirmed(self) -> bool:
        return bool(self.confirmable(line.name for line in self.lines))

    def confirmable(self, names: Iterable[str]) -> list[str]:
        """Which of these texts are due or made by a machine, and can be said to hold."""
        doubted = {line.name for line in self.lines if line.state.can_be_confirmed}
        return [name for name in names if name in doubted]

    def _line(self, name: str) -> Line:
        now, state = self._said(name, self.source), self._state(name)
        return Line(
            name=name,
            column=column(name, self.code),
            label=label_of(self.kind, column(name, self.code)),
            text=self._said(name, self.code),
            source=Passage("", self.source, self._followed(name) or now, now),
            state=state,
            confirmed=self._confirmations.get(name),
            public=self._public(name),
            agreed=self._vocabulary.used_in(now, self.source, self.code),
            misuses=self._misuses(name),
            is_followed=name in followed_texts(self.kind),
        )

    def _misuses(self, name: str) -> list[Misuse]:
        if name not in followed_texts(self.kind) or not (words := self._said(name, self.code)):
            return []
        source, about = self._said(name, self.source), self.record.pk
        return self._vocabulary.misuses(source, self.source, words, self.code, about)

    def _said(self, name: str, code: str) -> str:
        return said_in(self.content, name, code)

    def _state(self, name: str) -> State:
        fresh = self._fresh
        if not self._said(name, self.code):
            if not any(self._said(name, code) for code in codes()):
                return State.EMPTY
            return State.MISSING if name in must_be_translated(self.kind) else State.OPTIONAL
        if name in fresh.behind:
            return State.LOST if self._followed(name) is None else State.DUE
        if name not in followed_texts(self.kind):
            return State.FREE if name in must_be_translated(self.kind) else State.OPTIONAL
        return State.MACHINE if name in fresh.machine else State.SAME

    @cached_property
    def _fresh(self) -> Freshness:
        return freshness_in(self.kind, self.content, self.bases, self.code)

    def _followed(self, name: str) -> str | None:
        """The source text that this one follows, if it is known."""
        if name not in self._fresh.behind:
            return None
        followed = self._behind.followed(name)
        return followed.source if followed else None

    def _public(self, name: str) -> str | None:
        said = in_language(self.record, name, self.code)
        differs = self.record.is_readable and said != self._said(name, self.code)
        return said if differs else None

    @cached_property
    def _behind(self) -> Behind:
        return Behind(self.history, self.content, self.code, self.bases)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary()

    @cached_property
    def _confirmations(self) -> dict[str, Basis]:
        given = confirmations(self.kind, self.record.pk, self.content)
        return {each.field: each for each in given if each.language == self.code}
