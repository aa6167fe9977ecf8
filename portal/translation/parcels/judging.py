"""What becomes of one text of a parcel, and why. Nothing is written here."""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import TextChoices, TextField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages.names import name_of
from portal.languages.texts import column
from portal.publishing.canonical import digest
from portal.publishing.turns import Refused
from portal.records.prose import validate_prose
from portal.records.text import normalise
from portal.translation.freshness import ADDRESS
from portal.translation.parcels.parcel import ArrivedUnit, key_of, tail_of
from portal.translation.parcels.placeholders import (
    has_lost_its_lines,
    has_open_mark,
    is_bulk,
    lost_in,
)
from portal.translation.parcels.then_and_now import ThenAndNow

HERE, IN_PARCEL, SOURCE = (
    gettext_lazy("At the desk"),
    gettext_lazy("In the parcel"),
    gettext_lazy("Source"),
)
OVERTAKEN = gettext_lazy(
    "Somebody changed this text after the parcel was made. Compare both texts."
)
REPEATED = gettext_lazy(
    "The file repeats the source, and does not say that this is the translation."
)
NOTHING = gettext_lazy("The file has no translation of this text, or not of all of it.")
CHANGED = gettext_lazy("The text in the parcel is not the one that stood here. Make a new parcel.")
MARKS = gettext_lazy("A tool put marks of its own into the text. Save the file without them.")
OPEN = gettext_lazy("A mark of emphasis or of a link is not closed, and readers would see it.")
LINES = gettext_lazy("The paragraphs or items of the source have run into one. Part them again.")
BULK = gettext_lazy("This text has far more words or marks than its source. Write it at the desk.")


class Fate(TextChoices):
    TAKEN = "taken", gettext_lazy("taken in")
    BEHIND = "behind", gettext_lazy("taken in, and still due: the source has changed since")
    UNFINISHED = "unfinished", gettext_lazy("taken in as unfinished, and still due")
    MACHINE = "machine", gettext_lazy("taken in as made by a machine: somebody has to confirm it")
    SAME = "same", gettext_lazy("same as before")
    LEFT = "left", gettext_lazy("left alone")
    REFUSED = "refused", gettext_lazy("refused")


WRITTEN = {Fate.TAKEN, Fate.BEHIND, Fate.UNFINISHED, Fate.MACHINE}


class Shown(NamedTuple):
    """A text beside another: where it stands, its language, its words."""

    where: str
    language: str
    words: str


@dataclass(frozen=True)
class Judgement:
    """``name`` and ``words`` are what would be written."""

    fate: Fate
    why: str = ""
    shown: tuple[Shown, ...] = ()
    name: str = ""
    words: str = ""


class Unfit(Refused):
    """This text cannot go in; ``shown`` are the texts to compare."""

    def __init__(self, why: str, *shown: Shown) -> None:
        self.shown = shown
        super().__init__(str(why))


def judged(record: ThenAndNow, unit: ArrivedUnit) -> Judgement:
    name = _field_of(record, unit)
    try:
        return _judged(record, unit, name)
    except Unfit as unfit:
        return Judgement(Fate.REFUSED, str(unfit), unfit.shown, name or tail_of(unit.key))


def _judged(record: ThenAndNow, unit: ArrivedUnit, name: str) -> Judgement:
    _refuse_forged(record, unit, name)
    words = _settled(record, name, unit.target)
    if not words:
        return Judgement(Fate.LEFT, str(NOTHING), name=name)
    if words in (record.standing(name), record.target(name)):
        return Judgement(Fate.SAME, _still_due(record, name), name=name)
    mine = Shown(IN_PARCEL, record.code, words)
    if words == record.source(name) and not unit.is_done:
        return Judgement(Fate.LEFT, str(REPEATED), (mine,), name)
    if record.standing(name) != record.target(name):
        raise Unfit(OVERTAKEN, Shown(HERE, record.code, record.standing(name)), mine)
    _refuse_unfit(record, name, mine)
    return Judgement(_fate(record, unit, name), name=name, words=words)


def _field_of(record: ThenAndNow, unit: ArrivedUnit) -> str:
    """Empty where the key is of no text of this record."""
    keys = {key_of(record.row.pk, name): name for name in record.names}
    return keys.get(unit.key, "")


def _refuse_forged(record: ThenAndNow, unit: ArrivedUnit, name: str) -> None:
    """Only a text that left from here, as it left, can come back."""
    if not name:
        said = _("This record has no text “%(key)s”. Ask whoever made the parcel.")
        raise Unfit(said % {"key": unit.key[:100]})
    if unit.has_marks:
        raise Unfit(MARKS, Shown(IN_PARCEL, record.code, unit.target))
    source = record.source(name)
    is_same = _loosely(unit.source) == _loosely(source)
    if not is_same or unit.digests != (digest(source), digest(record.target(name))):
        both = (HERE, source), (IN_PARCEL, unit.source)
        raise Unfit(CHANGED, *(Shown(w, record.source_language, t) for w, t in both))
    if unit.language not in ("", record.code):
        said = _("The file says that this text is in “%(language)s”, and the parcel is in %(own)s.")
        raise Unfit(said % {"language": unit.language[:20], "own": name_of(record.code)})


def _loosely(words: str) -> list[str]:
    """A tool may lay out anew what nobody translates, and take its letters apart."""
    return _normal(words).split()


def _normal(words: str) -> str:
    try:
        return normalise(words) or ""
    except ValidationError as error:
        raise Unfit(" ".join(error.messages)) from error


def _settled(record: ThenAndNow, name: str, words: str) -> str:
    """In the one form of texts; what has one line in its form, has one line."""
    words = _normal(words)
    is_long = isinstance(record.kind._meta.get_field(name), TextField)
    return words if is_long else " ".join(filter(None, map(str.strip, words.splitlines())))


def _still_due(record: ThenAndNow, name: str) -> str:
    if name == ADDRESS or not record.is_due(name):
        return ""
    return _("It is still due. If it still says the same as the source, confirm it at the desk.")


def _refuse_unfit(record: ThenAndNow, name: str, mine: Shown) -> None:
    """What cannot be stored, and what lost something on the way."""
    if is_bulk(mine.words, record.source(name)):
        raise Unfit(BULK)
    try:
        record.kind._meta.get_field(column(name, record.code)).clean(mine.words, record.row)
        if name in record.kind.prose:
            validate_prose(mine.words)
    except ValidationError as error:
        raise Unfit(" ".join(error.messages), mine) from error
    if name in record.kind.prose:
        _refuse_lost(record, name, mine)


def _refuse_lost(record: ThenAndNow, name: str, mine: Shown) -> None:
    source, before = record.source(name), record.target(name)
    beside = Shown(SOURCE, record.source_language, source)
    if lost := lost_in(mine.words, source, record.followed(name), before):
        said = _("The translation lacks a link: %(addresses)s. Put it back.")
        is_of_source = any(each in source for each in lost)
        other = beside if is_of_source else Shown(HERE, record.code, before)
        raise Unfit(said % {"addresses": ", ".join(lost)}, other, mine)
    if has_open_mark(mine.words, source):
        raise Unfit(OPEN, beside, mine)
    if has_lost_its_lines(mine.words, source):
        raise Unfit(LINES, beside, mine)


def _fate(record: ThenAndNow, unit: ArrivedUnit, name: str) -> Fate:
    """An address follows nothing, so nothing of it can be due."""
    if name == ADDRESS:
        return Fate.TAKEN
    if unit.is_machine:
        return Fate.MACHINE
    if not unit.is_done:
        return Fate.UNFINISHED
    return Fate.BEHIND if record.moved_on(name) else Fate.TAKEN
