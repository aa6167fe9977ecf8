"""What a record is found by, in each language that it has.

A kind says nothing for this: its names, its translated texts and the labels of its choices are
what its page shows. How early it comes among equals is ``Record.search_rank``.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import SlugField
from django.utils.translation import override

from portal.languages.texts import codes, columns, in_language, translated_names
from portal.records.fields import AddressField
from portal.records.kinds import kind_named
from portal.records.models import PageRecord, Record
from portal.records.prose import plain
from portal.records.references import from_columns, link_columns
from portal.search.analysis import as_name, bag, telling, token, tokens
from portal.search.models import IndexEntry
from portal.search.stop_words import STOP_WORDS

MOST_CHARACTERS = 60_000  # of a zone; three times as much has ended PostgreSQL's connection
GAP = "zgapz"  # between two passages, so that no phrase runs from one into the next


@dataclass(frozen=True)
class Wording:
    """All that is said of a record in a language; names with the language that each is in."""

    record: Record
    lang: str

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in _names(self.record, self.lang) if name]

    @cached_property
    def about(self) -> list[tuple[str, str]]:
        return [(code, words) for code, words in _about(self.record, self.lang) if words]

    @cached_property
    def rest(self) -> list[str]:
        every = "\n".join(_rest(self.record, self.lang))[:MOST_CHARACTERS]
        return list(filter(None, every.split("\n")))

    @cached_property
    def labels(self) -> list[str]:
        return list(filter(None, _labels(self.record, self.lang)))

    @property
    def passages(self) -> list[str]:
        return [words for _code, words in [*self.names, *self.about]] + self.rest + self.labels

    @property
    def written(self) -> dict[str, str]:
        """By its token every word for which a slip may stand, as the first passage writes it: none
        that is a stop word in small letters, for so it is typed.
        """
        found = [word for each in reversed(self.passages) for word in telling(each, self.lang)]
        known = {token(written): written for written in found}
        unsaid = {"", *STOP_WORDS.get(self.lang, ())}
        return {key: written for key, written in known.items() if key not in unsaid}

    @property
    def zones(self) -> dict[str, set[str]]:
        """The forms of each zone; none stands in two.

        A reader's word is a name only where it is all that was asked: here it says what the
        record is about.
        """
        own = _lines(self.record, "also", self.lang)
        first = {f for code, words in self.names if words not in own for f in bag(words, code)}
        about = [*self.about, *((self.lang, words) for words in own)]
        second = {form for code, words in about for form in bag(words, code)} - first
        third = {form for words in self.rest + self.labels for form in bag(words, self.lang)}
        return {"first": first, "second": second, "third": third - first - second}

    def entry(self) -> IndexEntry:
        return IndexEntry(
            record=self.record.pk,
            language=self.lang,
            kind=self.record.kind(),
            missing="".join(f" {each} " for each in codes() if each not in self.record.languages),
            rank=self.record.search_rank,
            known=json.dumps(_known(self.record)),
            names="\n".join(as_name(words, self.lang) for _code, words in self.names),
            text="\n".join([w for code, w in self.about if code == self.lang] + self.rest),
            **{zone: " ".join(sorted(forms)) for zone, forms in self.zones.items()},
            words=f" {GAP} ".join(" ".join(tokens(each)) for each in self.passages),
        )


def wordings_of(records: Iterable[Record]) -> list[Wording]:
    return [Wording(record, code) for record in records for code in record.languages]


def record_of(entry: IndexEntry) -> Record:
    """The record as it was published, with the columns that a hit shows."""
    kind = kind_named(entry.kind)
    columns_known = json.loads(entry.known).items()
    known = {name: kind._meta.get_field(name).to_python(each) for name, each in columns_known}
    return from_columns(kind, known)


def _names(record: Record, lang: str) -> Iterator[tuple[str, str]]:
    """What it is called: here, and by its abbreviations in any language; each with its language."""
    yield from ((lang, name) for name in _called(record, lang))
    for code in codes():
        if record.short_form:
            yield code, in_language(record, record.short_form, code)
    yield from ((each.language, each.abbreviation or "") for each in record.names_elsewhere)


def _called(record: Record, lang: str) -> list[str]:
    """Its name, its other forms, and the words of readers."""
    name = in_language(record, record.headline, lang)
    return [name, *_lines(record, "forms", lang), *_lines(record, "also", lang)]


def _lines(record: Record, name: str, lang: str) -> list[str]:
    """Of a text that holds one a line; none where the kind has no such text."""
    known = name in translated_names(record)
    return in_language(record, name, lang).splitlines() if known else []


def _about(record: Record, lang: str) -> list[tuple[str, str]]:
    """Its names in the other languages, and what says in short what it is."""
    others = [(c, name) for c in codes() if c != lang for name in _called(record, c)]
    elsewhere = [(each.language, each.name) for each in record.names_elsewhere]
    short = "summary" if isinstance(record, PageRecord) else record.explained_in
    about = [(lang, _said(record, short, lang))] if short else []
    return [*others, *elsewhere, *about]


def _rest(record: Record, lang: str) -> Iterator[str]:
    used = {record.headline, record.short_form, record.explained_in, "summary", "forms", "also"}
    for name in translated_names(record):
        field = record._meta.get_field(name)
        if name not in used and not isinstance(field, SlugField | AddressField):
            yield from _said(record, name, lang).splitlines()


def _labels(record: Record, lang: str) -> Iterator[str]:
    """What its page says beside its texts: the kind of thing it is, and its dates in words."""
    with override(lang):
        for field in record._meta.concrete_fields:
            if field.choices and field.name not in ("state", "source_language"):
                yield str(getattr(record, f"get_{field.name}_display")() or "")
        for each in getattr(record, "dated", ()):
            if each.value:
                yield f"{each.label} {each.value.in_words}"


def _said(record: Record, name: str, lang: str) -> str:
    words = in_language(record, name, lang)
    return (plain(words) if name in record.prose else words)[:MOST_CHARACTERS]


def _known(record: Record) -> dict[str, Any]:
    names = {"uuid", "state", "source_language", *columns(record.headline)}
    names |= set(columns(record.short_form)) if record.short_form else set()
    if isinstance(record, PageRecord):
        names |= {*link_columns(), *record.dates, "added_reference"}
        names |= {f.attname for f in record._meta.concrete_fields if f.name == "added_dates"}
        names |= {record.link_field} if record.link_field else set()
    return {name: _plainly(getattr(record, name)) for name in sorted(names)}


def _plainly(value: Any) -> str | int | None:
    return value if isinstance(value, str | int | None) else str(value)
