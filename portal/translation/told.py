"""What readers are told of the language they read: the same as the others, or what is missing."""

from functools import cached_property

from portal.languages.texts import Text, active, codes, text
from portal.publishing.changes import note_of
from portal.publishing.models import Revision, Version
from portal.records.models import Record
from portal.translation.behind import Behind, history_of
from portal.translation.freshness import Freshness, freshness_of, known_of, texts_of


class Told:
    """Of one record, in the language in which it is shown to this reader.

    Asks nothing where the row came ``with_bases`` and its text is up to date.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.language = text(record, record.headline).lang
        self._bases = known_of(record)
        every = freshness_of(type(record), texts_of(record), self._bases)
        self._by_language = {each.language: each for each in every}

    @property
    def _own(self) -> Freshness:
        return self._by_language[self.language]

    @property
    def is_shown(self) -> bool:
        """Whether the reader gets the text in her own language at all."""
        return self.language == active()

    @property
    def is_stale(self) -> bool:
        return self.is_shown and self._own.is_behind

    @property
    def is_machine_made(self) -> bool:
        return bool(self._own.machine)

    @property
    def same(self) -> list[str]:
        """The languages that say the same, this one among them; none if it is alone or behind."""
        same = self.up_to_date
        return same if self.language in same and len(same) > 1 else []

    @property
    def up_to_date(self) -> list[str]:
        """The languages to read instead."""
        return [code for code in codes() if self._by_language[code].is_same]

    @cached_property
    def _history(self) -> list[Revision]:
        return history_of(self.record.pk, self.record.version)

    @cached_property
    def missed(self) -> list[tuple[Version, Text]]:
        """The versions that this text does not follow yet, each with its note for readers."""
        if not self._history:
            return []
        behind = Behind(self._history, texts_of(self.record), self.language, self._bases)
        versions = behind.missing_versions(self._own.not_followed)
        return [(each, note_of(each.entry)) for each in versions]

    @cached_property
    def follows(self) -> int | None:
        """The last version that this text matches; None if it is not there to be read.

        There may be none, nobody may know it, or a law may have removed it.
        """
        number = self.missed[0][0].number - 1 if self.missed else None
        kept = [each.version for each in self._history if each.content and hasattr(each, "version")]
        return number if number in {version.number for version in kept} else None

    @property
    def comparison(self) -> str:
        """Where what is missing can be read, in the language in which it was written."""
        source, newest = self.record.source_language, self.record.version
        tail = f"{self.follows}-{newest}/" if self.follows else f"{newest}/"
        return self.record.history_at(source) + tail
