"""Two people on one record: what the other one saved since a form was opened."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from portal.publishing.content import content_of, differences
from portal.publishing.drafts import newest
from portal.publishing.models import Revision
from portal.publishing.naming import names_at_the_desk
from portal.publishing.reading import Passage, compared, content_in
from portal.records.models import Record


@dataclass(frozen=True)
class Conflict:
    """Three texts of a record: where the form began, what it says, what the other one saved."""

    kind: type[Record]
    theirs: Revision
    before: dict[str, Any]
    typed: dict[str, Any]

    @cached_property
    def saved(self) -> dict[str, Any]:
        return content_in(self.theirs)

    @property
    def taken(self) -> dict[str, Any]:
        """What only the other one changed: it loses nothing by the form saying it too."""
        untouched = set(self.typed) - set(differences(self.before, self.typed))
        return {name: self.saved[name] for name in self._changed_by_them if name in untouched}

    @property
    def changes(self) -> list[Passage]:
        """What the other one changed, against the text from which the form began."""
        return self._passages(self.before, self.saved, self._changed_by_them)

    @property
    def side_by_side(self) -> list[Passage]:
        """What both changed and not to the same: theirs is the old text, the typed one the new."""
        both = set(self._changed_by_them) & set(differences(self.before, self.typed))
        names = [name for name in both if self.saved[name] != self.typed[name]]
        return self._passages(self.saved, self.typed, names)

    @property
    def _changed_by_them(self) -> list[str]:
        return differences(self.before, self.saved)

    def _passages(self, old: dict, new: dict, names: list[str]) -> list[Passage]:
        """The typed key may name nothing that is stored, so only these fields are looked at."""
        of_names = ({name: said.get(name) for name in names} for said in (old, new))
        return compared(self.kind, *of_names, names_at_the_desk)


def number_of(record: Record) -> str:
    """What a form remembers of the revision from which it begins."""
    last = newest(record.pk)
    return str(last.number if last else 0)


def conflict(record: Record, seen: str, wrong: Container[str]) -> Conflict | None:
    """``record`` says what was typed, ``wrong`` which columns of that cannot be stored.

    None if nobody saved since ``seen``.
    """
    theirs = newest(record.pk)
    if theirs is None or not theirs.content or seen == str(theirs.number):
        return None
    number = int(seen) if seen.isascii() and seen.isdigit() else 0
    began = Revision.objects.filter(record=record.pk, number=number).exclude(content="").first()
    before = content_in(began) if began else {}
    typed = {name: value for name, value in content_of(record).items() if name not in wrong}
    if not wrong and not differences(content_in(theirs), typed):
        return None  # both say the same, as after a double click
    return Conflict(type(record), theirs, before, typed)
