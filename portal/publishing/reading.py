"""Content in words: what a person reads of a past version, and of a comparison of two."""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.languages.names import own_name
from portal.languages.sorting import by_name
from portal.languages.texts import language_columns
from portal.publishing.content import content_fields, set_fields
from portal.publishing.models import Revision
from portal.records.dates import DateNamesField, PartialDateField
from portal.records.models import Record
from portal.records.references import names_of

WORDS = re.compile(r"[^\S\n]*\S+|\s+")  # a word takes the space before it along
LINES = re.compile(r"\n+|[^\n]+")
ALIKE = 0.5  # below, a text was written anew: word by word it would be confetti
MOST_WORDS = 5_000  # beyond, whole paragraphs are compared: the cost grows with the square


class Piece(NamedTuple):
    """Words that stayed, came or went."""

    words: str
    change: str = ""  # "added", "removed", or nothing


@dataclass(frozen=True)
class Passage:
    """One field: its name, the language of its text, and what became of it."""

    label: str
    language: str | None
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new

    @property
    def pieces(self) -> list[Piece]:
        return differing(self.old, self.new)


def content_in(revision: Revision) -> dict[str, Any]:
    """Raises ValueError for a revision whose content was removed by law."""
    return json.loads(revision.content)["content"]


def compared(
    kind: type[Record],
    old: dict[str, Any],
    new: dict[str, Any],
    names_of: Callable[[Iterable[UUID]], dict[UUID, str]] = names_of,
) -> list[Passage]:
    """Every field of two contents of a kind, in the order of the model, with its changes.

    ``names_of`` says what the records are called that they name; for readers, of what is public.
    """
    names = names_of({uuid for content in (old, new) for uuid in _named(kind, content)})
    texts = language_columns(kind)
    return [
        Passage(
            label=_label(kind, each, texts),
            language=texts[each.name][1] if each.name in texts else None,
            old=_said(each, old, names),
            new=_said(each, new, names),
        )
        for each in [*content_fields(kind), *set_fields(kind)]
        if old.get(each.name) or new.get(each.name)
    ]


def label_of(kind: type[Record], name: str) -> str:
    """What the form calls this column or set: its name, and the language of a text."""
    texts = language_columns(kind)
    label = _label(kind, kind._meta.get_field(name), texts)
    return f"{label} ({own_name(texts[name][1])})" if name in texts else label


def differing(old: str, new: str) -> list[Piece]:
    """Whole words, never letters, so that a change can be read."""
    if old == new:
        return [Piece(new)]
    parts = WORDS if max(old.count(" "), new.count(" ")) < MOST_WORDS else LINES
    before, after = parts.findall(old), parts.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [piece for piece in (Piece(old, "removed"), Piece(new, "added")) if piece.words]
    pieces: list[Piece] = []
    for change, a, b, c, d in matcher.get_opcodes():
        if change == "equal":
            pieces.append(Piece("".join(before[a:b])))
            continue
        pieces += [Piece("".join(before[a:b]), "removed"), Piece("".join(after[c:d]), "added")]
    return [piece for piece in pieces if piece.words]


def _label(kind: type[Record], each: Field, texts: dict) -> str:
    name = texts[each.name][0] if each.name in texts else each.name
    return str(capfirst(kind._meta.get_field(name).verbose_name))


def _said(each: Field, content: dict[str, Any], names: dict[UUID, str]) -> str:
    """A value as a person reads it: names for keys, words for codes and dates."""
    value = content.get(each.name)
    if value in (None, "", []):
        return ""
    if each.is_relation:
        uuids = value if isinstance(value, list) else [value]
        return "\n".join(by_name(names.get(UUID(uuid), uuid) for uuid in uuids))
    if isinstance(each, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(each, DateNamesField):
        fields = [each.model._meta.get_field(name) for name in value.splitlines()]
        return "\n".join(str(field.verbose_name) for field in fields)
    if isinstance(each, PartialDateField):
        return each.to_python(value).in_words
    return str(dict(each.flatchoices).get(value, value))


def _named(kind: type[Record], content: dict[str, Any]) -> Iterator[UUID]:
    for each in [*content_fields(kind), *set_fields(kind)]:
        if each.is_relation and (value := content.get(each.name)):
            yield from map(UUID, value if isinstance(value, list) else [value])
