"""Which languages must exist, and what is published without them.

French and Dutch: what a central service says directly to the public is said in both (laws on
the use of languages in administrative matters, coordinated on 18 July 1966, article 40).
English is an addition for readers elsewhere, and no law asks for it.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from portal.languages.catalogues import faults_in, sources
from portal.languages.names import name_of
from portal.languages.texts import in_language, languages_with
from portal.publishing.content import lay
from portal.publishing.faults import Objection
from portal.publishing.models import Act, Release, Version
from portal.publishing.standing import ItemStanding, Standing
from portal.records.kinds import kinds
from portal.records.models import Record
from portal.translation.freshness import Bases, Pair, bases_of, freshness_of, must_be_translated
from portal.translation.memory import carried

REQUIRED = ("fr", "nl")
LACKING = gettext_lazy("“%(record)s” lacks %(language)s. Have it translated, or publish urgently.")
BEHIND = gettext_lazy(
    "%(language)s of “%(record)s” does not follow what changed. Have it translated or confirmed, "
    "or publish urgently."
)
UNCHECKED = gettext_lazy(
    "%(language)s of “%(record)s” was made by a machine. Have it checked, or publish urgently."
)


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


def objections(sender, release: Release, standing: Standing, **kwargs) -> list[Objection]:
    """Why a reviewed release may not go out yet; received from ``about_to_publish``."""
    if release.act == Act.WITHDRAWAL:
        return []
    known = _known_once_public(release, standing)
    return [
        sentence
        for each in standing.items
        if not (release.act == Act.RESTORATION and _stood_before(each))
        for sentence in _objections_to(each, known[each.item.record_uuid])
    ]


def _stood_before(each: ItemStanding) -> bool:
    """What was public, byte for byte, was so in these languages; a draft taken in was not."""
    said = {"record": each.item.record_uuid, "revision__digest": each.item.revision.digest}
    return Version.objects.filter(**said).exists()


def _known_once_public(release: Release, standing: Standing) -> dict[UUID, Bases]:
    """What is known of its translations, and what publishing it as a minor change adds."""
    revisions = [each.item.revision for each in standing.items]
    known = bases_of(each.record for each in revisions)
    for added in [] if release.major else carried(revisions):
        known[added.record][Pair.known_by(added)] = added.how
    return known


def _objections_to(each: ItemStanding, known: Bases) -> Iterator[Objection]:
    record = lay(each.after, copy(each.item.record))
    if not must_be_translated(type(record)):
        return
    for gap in gaps_of(record):
        yield _objection(LACKING, record, gap.language, name_of(gap.language))
    for fresh in freshness_of(type(record), each.after, known):
        if fresh.language in REQUIRED and (fresh.behind or fresh.machine):
            said = UNCHECKED if fresh.machine and not fresh.behind else BEHIND
            yield _objection(said, record, fresh.language, capfirst(name_of(fresh.language)))


def _objection(said: str, record: Record, code: str, language: str) -> Objection:
    """It leads to the screen on which the translation is written or confirmed."""
    address = reverse("admin:translation-screen", args=[record.pk, code])
    return Objection(said % {"record": record, "language": language}, address)
