"""What a parcel holds: texts that leave the house for translation, and what has to come back.

A parcel is of one pair of languages. Every text carries the digests of its source and of its
translation as they were, so that whatever comes back is compared with what stands by then.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from django.utils.text import capfirst

from portal.languages.texts import Text
from portal.publishing.canonical import digest
from portal.records.models import Record


class Standing(Enum):
    """How a translation stands to its source when the parcel is made."""

    MISSING = "missing"
    BEHIND = "behind"
    MACHINE = "machine"  # nobody has looked at it yet
    SAME = "same"


class Name(NamedTuple):
    """What a thing is called in both languages, and what it means in that of the translator."""

    source: str
    target: str
    meaning: str


@dataclass(frozen=True)
class Unit:
    """One text: its source, what its translation says, and the source which that followed."""

    field: str
    label: str
    source: str
    target: str  # empty where there is none
    standing: Standing
    followed: str | None = None  # None where the translation follows the source, or nothing
    notes: tuple[Text, ...] = ()  # why the source changed since
    names: tuple[Name, ...] = ()  # what is agreed of the names in the source

    @property
    def digests(self) -> tuple[str, str]:
        return digest(self.source), digest(self.target)


@dataclass(frozen=True)
class Sheet:
    """The texts of one record, as its revision of this number has them."""

    record: UUID
    kind: str
    kind_label: str
    name: str
    revision: int
    preview: str  # a full address
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Parcel:
    """``site`` is the address of the portal that made it, and that alone takes it back."""

    site: str
    source_language: str
    language: str
    sheets: tuple[Sheet, ...]


def key_of(record: UUID, field: str) -> str:
    """The identity of a text for ever: an NMTOKEN, as XLIFF 2.0 demands."""
    return f"{record}.{field}"


def tail_of(key: str) -> str:
    """What a key that is not ours may say of a field; of any text, no more than fits a line."""
    return key.rpartition(".")[2][:100]


def label_of(kind: type[Record], name: str) -> str:
    """What the form calls a text, whatever its language."""
    return str(capfirst(kind._meta.get_field(name).verbose_name))


# --- what comes back ------------------------------------------------------------------------------


@dataclass(frozen=True)
class ArrivedUnit:
    """A text as the file has it: nothing of it is believed yet."""

    key: str
    source: str
    target: str
    digests: tuple[str, str]
    is_done: bool  # the file says so; else the words are kept as unfinished
    is_machine: bool = False
    has_marks: bool = False  # a tool put elements among the words
    language: str = ""  # of the translation, where the file says it at the text itself


@dataclass(frozen=True)
class ArrivedSheet:
    """The texts of one record as the file has them, under what the file says of it."""

    site: str
    record: str
    kind: str
    revision: str
    source_language: str
    language: str
    units: tuple[ArrivedUnit, ...]
