"""From records to a parcel: what one language lacks, and all that its translator should see."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import override

from portal.languages.texts import Text
from portal.publishing.changes import note_of
from portal.publishing.models import Revision
from portal.publishing.reading import content_in
from portal.records.kinds import kinds
from portal.records.models import Record
from portal.translation.behind import Behind, history_of
from portal.translation.freshness import (
    ADDRESS,
    Bases,
    Content,
    Freshness,
    bases_of,
    freshness_in,
    must_be_translated,
    name_of_draft,
    said_in,
    source_of,
)
from portal.translation.parcels.parcel import Name, Parcel, Sheet, Standing, Unit, label_of
from portal.translation.terms import Vocabulary


@dataclass(frozen=True)
class Original:
    """A record that can be translated into a language, as its newest draft has it."""

    row: Record
    revision: Revision
    content: Content
    bases: Bases
    fresh: Freshness

    @property
    def source_language(self) -> str:
        return self.content["source_language"]

    @property
    def name(self) -> Text:
        return name_of_draft(type(self.row), self.content, self.fresh.language)

    @property
    def kind_label(self) -> str:
        return str(capfirst(self.row._meta.verbose_name))

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Of each text that the source has."""
        names = must_be_translated(type(self.row))
        return {name: self._standing(name) for name in names if self.source(name)}

    @property
    def due(self) -> list[str]:
        return [name for name, standing in self.standings.items() if standing != Standing.SAME]

    def source(self, name: str) -> str:
        return source_of(self.content, name)

    def target(self, name: str) -> str:
        return said_in(self.content, name, self.fresh.language)

    def _standing(self, name: str) -> Standing:
        if not self.target(name):
            return Standing.MISSING
        if name in self.fresh.behind:
            return Standing.BEHIND
        return Standing.MACHINE if name in self.fresh.machine else Standing.SAME


def originals(code: str) -> list[Original]:
    """Every record that is written first in another language, and neither withdrawn nor removed."""
    newest = {each.record: each for each in Revision.objects.newest().exclude(content="")}
    known = bases_of(newest)
    return [
        each
        for row in _open_rows(newest)
        for each in [_original(row, newest[row.pk], known[row.pk], code)]
        if each.source_language != code
    ]


def _open_rows(records: Collection[UUID]) -> Iterator[Record]:
    for kind in kinds():
        if must_be_translated(kind):
            rows = kind.objects.order_by("position", "pk")
            yield from (row for row in rows if row.pk in records and not row.is_closed)


def _original(row: Record, revision: Revision, bases: Bases, code: str) -> Original:
    content = content_in(revision)
    return Original(row, revision, content, bases, freshness_in(type(row), content, bases, code))


def packed(found: Collection[Original], *, whole: bool = False) -> Parcel:
    """What is due of these records, or the ``whole`` of their texts.

    They share both languages. What is said beside the texts, is said in that of the translator.
    """
    first = next(iter(found))
    vocabulary = Vocabulary()
    with override(first.fresh.language):
        sheets = [_sheet(each, vocabulary, whole) for each in found]
    return Parcel(
        site=settings.PORTAL_ORIGIN,
        source_language=first.source_language,
        language=first.fresh.language,
        sheets=tuple(sheet for sheet in sheets if sheet.units),
    )


def _sheet(original: Original, vocabulary: Vocabulary, whole: bool) -> Sheet:
    names = list(original.standings) if whole else original.due
    return Sheet(
        record=original.row.pk,
        kind=original.row.kind(),
        kind_label=original.kind_label,
        name=str(original.name),
        revision=original.revision.number,
        preview=settings.PORTAL_ORIGIN + _preview(original),
        units=tuple(_units(original, names, vocabulary)),
    )


def _preview(original: Original) -> str:
    """The page of a colleague without an account; of what was never public, that of the desk."""
    row = original.row
    if row.is_readable:
        return row.permanent
    return reverse("preview-at-the-desk", args=[original.fresh.language, row.kind(), row.pk])


def _units(original: Original, names: list[str], vocabulary: Vocabulary) -> Iterator[Unit]:
    if not names:
        return
    code, kind = original.fresh.language, type(original.row)
    behind = Behind(history_of(original.row.pk), original.content, code, original.bases)
    for name in names:
        source, standing = original.source(name), original.standings[name]
        followed = behind.followed(name) if standing == Standing.BEHIND else None
        yield Unit(
            field=name,
            label=label_of(kind, name),
            source=source,
            target=original.target(name),
            standing=standing,
            followed=followed.source if followed else None,
            notes=tuple(_notes(behind, name)) if standing == Standing.BEHIND else (),
            names=tuple(_names(vocabulary, name, source, original.source_language, code)),
        )


def _notes(behind: Behind, name: str) -> Iterator[Text]:
    """Of a draft of the source nobody has said yet why it changes."""
    for version in behind.missing_versions([name]):
        if note := note_of(version.entry):
            yield note


def _names(
    vocabulary: Vocabulary, name: str, source: str, lang: str, target: str
) -> Iterator[Name]:
    for agreed in vocabulary.used_in(source, lang, target) if name != ADDRESS else []:
        short = f" ({agreed.abbreviation})" if agreed.abbreviation else ""
        yield Name(agreed.source, f"{agreed.target}{short}", agreed.meaning)
