"""Which languages must exist, and what is published without them.

French and Dutch: what a central service says directly to the public is said in both (laws on
the use of languages in administrative matters, coordinated on 18 July 1966, article 40).
English is an addition for readers elsewhere, and no law asks for it.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.languages.catalogues import faults_in, sources
from portal.languages.names import name_of
from portal.languages.texts import column, in_language, languages_with, translated_names
from portal.publishing.content import lay
from portal.publishing.models import Act, Release
from portal.publishing.standing import ItemStanding, Standing
from portal.records.kinds import kinds
from portal.records.models import Record

REQUIRED = ("fr", "nl")


@dataclass(frozen=True)
class Gap:
    """A public record that lacks ``texts`` in ``language``, though another language has them."""

    record: Record
    language: str
    texts: tuple[str, ...]

    def __str__(self) -> str:
        record, whole = self.record, self.record.headline in self.texts
        lacking = "not" if whole else f"no {', '.join(self.texts)}"
        address = settings.PORTAL_ORIGIN + record.permanent
        return f"{record.kind()} “{record}”: {lacking} in {name_of(self.language)}. {address}"


def must_be_translated(kind: type[Record]) -> list[str]:
    """The texts that parity is about: none where a kind has no texts, as an edition has not."""
    return [name for name in translated_names(kind) if name not in kind.loose_texts]


def public_records() -> Iterator[Record]:
    """Every published record of a kind that has texts: one query a kind."""
    for kind in kinds():
        if must_be_translated(kind):
            yield from kind.objects.published().order_by("position", "pk")


def gaps_of(record: Record) -> list[Gap]:
    """A text that the record has in no language is missing in none."""
    said = [name for name in must_be_translated(type(record)) if languages_with(record, name)]
    lacking = {
        code: tuple(n for n in said if not in_language(record, n, code)) for code in REQUIRED
    }
    return [Gap(record, code, names) for code, names in lacking.items() if names]


def faults_of_catalogues() -> list[str]:
    """Entries without a translation, and required languages without a catalogue."""
    found = {_language_of(source): faults_in(source) for source in sources()}
    absent = [f"locale/{code}: no catalogue" for code in REQUIRED if code not in found]
    return absent + [fault for faults in found.values() for fault in faults]


def _language_of(source: Path) -> str:
    return source.parent.parent.name


def objections(sender, release: Release, standing: Standing, **kwargs) -> list[str]:
    """Why a reviewed release may not go out yet; received from ``about_to_publish``."""
    if release.act in (Act.WITHDRAWAL, Act.RESTORATION):
        return []  # what stood before, stood in these languages
    return [sentence for each in standing.items for sentence in _objections_to(each, release)]


def _objections_to(each: ItemStanding, release: Release) -> Iterator[str]:
    record = lay(each.after, copy(each.item.record))
    for gap in gaps_of(record) if must_be_translated(type(record)) else []:
        yield _("“%(record)s” lacks %(language)s. Have it translated, or publish urgently.") % {
            "record": record,
            "language": name_of(gap.language),
        }
    if release.major:
        for code in _languages_behind(each, record):
            yield _(
                "%(language)s of “%(record)s” does not follow what changed. Have it translated, "
                "or publish urgently."
            ) % {"record": record, "language": capfirst(name_of(code))}


def _languages_behind(each: ItemStanding, record: Record) -> list[str]:
    """Those in which a text stays as it was, though its source says something new."""
    changed = {name for part in each.parts for name in part.columns}
    new = [
        name
        for name in must_be_translated(type(record))
        if name != "slug" and column(name, record.source_language) in changed and each.before
    ]
    return [
        code
        for code in REQUIRED
        if code != record.source_language and any(column(name, code) not in changed for name in new)
    ]
