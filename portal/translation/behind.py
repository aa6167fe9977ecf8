"""What a translation has not followed yet: from which source text on, and which versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from portal.languages.texts import column
from portal.publishing.models import Revision, Version
from portal.publishing.reading import content_in
from portal.translation.freshness import Bases, Content, how_known, said_in, source_of


@dataclass(frozen=True)
class Followed:
    """A source text that a translation follows, and the revision in which it stood last."""

    source: str
    revision: int


class Behind:
    """One language of a record against what was written of its source: one query.

    ``history`` holds what was ever saved up to the text that is asked about, newest first.
    """

    def __init__(self, history: list[Revision], content: Content, code: str, bases: Bases) -> None:
        self.history, self.content, self.code, self.bases = history, content, code, bases

    def followed(self, name: str) -> Followed | None:
        """The last source text of this field that the translation follows; None if it is lost."""
        text = said_in(self.content, name, self.code)
        for revision, content in self._contents if text else []:
            if how_known(self.bases, name, self.code, text, content):
                return Followed(source_of(content, name), revision.number)
        return None

    def missing_versions(self, names: Iterable[str]) -> list[Version]:
        """The major versions that changed the source of these texts since; oldest first."""
        found = {v.number: v for name in names for v in self._missed(name)}
        return [found[number] for number in sorted(found)]

    def _missed(self, name: str) -> list[Version]:
        followed = self.followed(name)
        since = followed.revision if followed else 0
        return [
            version
            for version in self._changes(name)
            if version.major and version.revision.number > since
        ]

    def _changes(self, name: str) -> list[Version]:
        """The versions in which the text that was their source said something new, oldest first."""
        changes, before = [], {}
        for revision, content in reversed(self._contents):
            if version := getattr(revision, "version", None):
                first = column(name, content["source_language"])
                if content.get(first) != before.get(first):
                    changes.append(version)
                before = content
        return changes

    @cached_property
    def _contents(self) -> list[tuple[Revision, Content]]:
        return [(each, content_in(each)) for each in self.history if each.content]


def history_of(record: UUID, version: int | None = None) -> list[Revision]:
    """Every revision, newest first; up to that of a version, if one is named."""
    saved = Revision.objects.filter(record=record).select_related("version__entry")
    history = list(saved.order_by("-number"))
    last = next((r.number for r in history if version and _number(r) == version), None)
    return [each for each in history if last is None or each.number <= last]


def _number(revision: Revision) -> int | None:
    version = getattr(revision, "version", None)
    return version.number if version else None
