"""A record as a parcel meets it: the revision from which the parcel was made, and what stands."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.publishing.drafts import newest
from portal.publishing.models import Revision
from portal.publishing.reading import content_in
from portal.publishing.turns import Refused
from portal.records.kinds import kinds
from portal.records.models import Record
from portal.translation.behind import Behind, history_of
from portal.translation.freshness import (
    Bases,
    Content,
    Freshness,
    freshness_in,
    known_of,
    must_be_translated,
    said_in,
    source_of,
)
from portal.translation.parcels.parcel import ArrivedSheet

LONGEST_NUMBER = 9  # digits; what the column holds has one more


@dataclass(frozen=True)
class ThenAndNow:
    """``begun`` is what the translator had before her, ``last`` the newest draft."""

    row: Record
    code: str
    seen: int
    begun: Content
    last: Content

    @property
    def kind(self) -> type[Record]:
        return type(self.row)

    @property
    def names(self) -> list[str]:
        return must_be_translated(self.kind)

    @property
    def source_language(self) -> str:
        return self.begun["source_language"]

    def source(self, name: str) -> str:
        return source_of(self.begun, name)

    def target(self, name: str) -> str:
        return said_in(self.begun, name, self.code)

    def standing(self, name: str) -> str:
        """What the translation says by now."""
        return said_in(self.last, name, self.code)

    def moved_on(self, name: str) -> bool:
        """Whether the source says something else by now."""
        return source_of(self.last, name) != self.source(name)

    def is_due(self, name: str) -> bool:
        """Whether somebody still has to look at the translation as it stands."""
        return name in {*self._fresh.behind, *self._fresh.machine}

    def followed(self, name: str) -> str | None:
        """The source that the translation followed when the parcel was made."""
        found = self._behind.followed(name)
        return found.source if found else None

    @cached_property
    def _bases(self) -> Bases:
        return known_of(self.row)

    @cached_property
    def _fresh(self) -> Freshness:
        return freshness_in(self.kind, self.last, self._bases, self.code)

    @cached_property
    def _behind(self) -> Behind:
        history = [each for each in history_of(self.row.pk) if each.number <= self.seen]
        return Behind(history, self.begun, self.code, self._bases)


def then_and_now(sheet: ArrivedSheet) -> ThenAndNow:
    """Locks the row, so that nobody writes between the looking and the saving.

    Raises Refused where there is no such record or revision, and where it can change no more.
    """
    row = _row_of(sheet)
    if row.is_closed:
        raise Refused(_("This record was withdrawn or removed. It can no longer be translated."))
    seen = _revision_of(row, sheet)
    last = newest(row.pk)
    if not (seen.content and last.content):
        raise Refused(
            _("The text from which this was translated was removed by law. Make a new parcel.")
        )
    begun = content_in(seen)
    if begun["source_language"] != sheet.source_language:
        raise Refused(
            _("The parcel says that this is translated from %(said)s, and it was from %(true)s.")
            % {"said": _named(sheet.source_language), "true": name_of(begun["source_language"])}
        )
    return ThenAndNow(row, sheet.language, seen.number, begun, content_in(last))


def _named(code: str) -> str:
    return name_of(code) if code in codes() else f"“{code[:20]}”"


def _row_of(sheet: ArrivedSheet) -> Record:
    """A record of another kind is as unknown as one that was never there."""
    found = {each.kind(): each for each in kinds() if must_be_translated(each)}
    uuid = _uuid(sheet.record)
    rows = found[sheet.kind].objects.select_for_update() if sheet.kind in found and uuid else None
    row = rows.filter(pk=uuid).first() if rows is not None else None
    if row is None or newest(row.pk) is None:
        raise Refused(_("This portal has no such record. Ask whoever made the parcel."))
    return row


def _uuid(said: str) -> UUID | None:
    """In the one form in which we write it."""
    try:
        uuid = UUID(said)
    except ValueError:
        return None
    return uuid if str(uuid) == said else None


def _revision_of(row: Record, sheet: ArrivedSheet) -> Revision:
    said = sheet.revision
    is_number = said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER
    saved = Revision.objects.filter(record=row.pk, number=int(said) if is_number else 0)
    if found := saved.first():
        return found
    raise Refused(
        _("This record has no revision “%(number)s” from which a parcel could be made.")
        % {"number": said[:20]}
    )
