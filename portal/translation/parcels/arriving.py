"""Taking a parcel in: every text is looked at by itself, and each record gets one draft at most.

A file that cannot be trusted is refused whole. Of one that can, a text that cannot go in is
refused alone, with the reason, and the others go in. All of it is one act: where something
stands in the way of the last record, nothing of the first is written either.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.publishing.turns import Busy, Refused, one_act
from portal.staff.models import Account
from portal.translation.acts import translate
from portal.translation.parcels.judging import WRITTEN, Fate, Judgement, judged
from portal.translation.parcels.parcel import ArrivedSheet, ArrivedUnit, label_of, tail_of
from portal.translation.parcels.reader import read
from portal.translation.parcels.then_and_now import ThenAndNow, then_and_now
from portal.translation.parcels.unwrapping import BadParcel
from portal.translation.screen import screen_address


class Place(NamedTuple):
    """A record: what it is called, and where it is translated, if it can be."""

    record: str
    address: str


@dataclass(frozen=True)
class Outcome:
    """What became of one text; ``label`` says which of its record."""

    place: Place
    label: str
    judgement: Judgement

    @property
    def is_refused(self) -> bool:
        return self.judgement.fate == Fate.REFUSED


@dataclass(frozen=True)
class Arrival:
    """What became of a whole parcel, text by text, in the order of the file."""

    language: str
    outcomes: tuple[Outcome, ...]

    @property
    def written(self) -> int:
        """How many texts went into a draft."""
        return sum(each.judgement.fate in WRITTEN for each in self.outcomes)

    @property
    def refused(self) -> int:
        return sum(each.is_refused for each in self.outcomes)

    @property
    def has_nothing_new(self) -> bool:
        return not (self.written or self.refused)


def take_in(data: bytes, by: Account) -> Arrival:
    """Write what a parcel brings as drafts of ``by``.

    Raises BadParcel for a file that is refused whole, and Busy where others stand in the way.
    """
    sheets = read(data)
    code = _language_of(sheets, by)
    _refuse_twins(sheets)
    return Arrival(code, _all_taken(sheets, by))


@one_act
def _all_taken(sheets: Sequence[ArrivedSheet], by: Account) -> tuple[Outcome, ...]:
    in_turn = sorted(range(len(sheets)), key=lambda n: sheets[n].record)  # as everybody locks them
    found = {number: _taken(sheets[number], by) for number in in_turn}
    return tuple(each for number in sorted(found) for each in found[number])


def _language_of(sheets: Sequence[ArrivedSheet], by: Account) -> str:
    """The language into which all of it was translated, at this site and by this account."""
    for sheet in sheets:
        _refuse_strange(sheet)
    languages = {sheet.language for sheet in sheets}
    if len(languages) > 1:
        raise BadParcel(_("The parts of this file are in different languages. Hand them in apart."))
    (code,) = languages
    if code not in codes():
        raise BadParcel(
            _("This parcel is in “%(language)s”, and the site has no such language.")
            % {"language": code[:20]}
        )
    if code not in by.written_languages:
        raise BadParcel(
            _("Your account does not translate into %(language)s.") % {"language": name_of(code)}
        )
    return code


def _refuse_strange(sheet: ArrivedSheet) -> None:
    here = settings.PORTAL_ORIGIN
    if not (sheet.site and sheet.record):
        raise BadParcel(
            _("The file does not say which text it is of. Hand in a parcel that was made here.")
        )
    if sheet.site != here:
        raise BadParcel(
            _("This parcel was made at %(there)s, and this is %(here)s. Hand it in there.")
            % {"there": sheet.site[:200], "here": here}
        )


def _refuse_twins(sheets: Sequence[ArrivedSheet]) -> None:
    for key, times in Counter(unit.key for sheet in sheets for unit in sheet.units).items():
        if times > 1:
            raise BadParcel(
                _("The same text stands twice in this file: “%(key)s”. Take one of the two out.")
                % {"key": key[:100]}
            )


def _taken(sheet: ArrivedSheet, by: Account) -> list[Outcome]:
    record = None
    try:
        record = then_and_now(sheet)
        judgements = [judged(record, unit) for unit in sheet.units]
        _write(record, judgements, by)
    except Busy:
        raise
    except Refused as refused:
        judgements = [_all_refused(refused, unit) for unit in sheet.units]
    return [_outcome(record, sheet, each) for each in judgements]


def _write(record: ThenAndNow, every: Sequence[Judgement], by: Account) -> None:
    brought = [each for each in every if each.fate in WRITTEN]
    if brought:
        translate(
            record.row.pk,
            record.code,
            {each.name: each.words for each in brought},
            by,
            seen=record.seen,
            unfinished=[each.name for each in brought if each.fate == Fate.UNFINISHED],
            machine=[each.name for each in brought if each.fate == Fate.MACHINE],
        )


def _outcome(record: ThenAndNow | None, sheet: ArrivedSheet, judgement: Judgement) -> Outcome:
    """Of what is not known here, what the file says."""
    if record is None:
        return Outcome(Place(sheet.record[:100], ""), judgement.name, judgement)
    name = judgement.name
    place = Place(str(record.row), screen_address(record.row.pk, record.code))
    label = label_of(record.kind, name) if name in record.names else name
    return Outcome(place, label, judgement)


def _all_refused(refused: Refused, unit: ArrivedUnit) -> Judgement:
    return Judgement(Fate.REFUSED, str(refused), name=tail_of(unit.key))
