"""What bodies and concepts are called in each language: the forms that texts may use, and not.

A kind says that its names are agreed (``Record.is_agreed``), and in which texts they stand.
"""

import re
from typing import NamedTuple

from portal.languages.texts import codes, columns, in_language
from portal.languages.words import begins_a_sentence, pattern, plain, small
from portal.records.kinds import kind_named, kinds, page_kinds
from portal.records.models import Record
from portal.records.references import from_columns, published_texts

ROLES = ("headline", "short_form", "other_forms", "avoided_forms", "explained_in")


def agreed_records() -> tuple[list[Record], list[str]]:
    """The published bodies and concepts, and the names of whatever else has a page: one query."""
    agreed = [kind for kind in kinds() if kind.is_agreed]
    others = [kind for kind in page_kinds() if not kind.is_agreed]
    first, *rest = [published_texts(kind, _columns(kind)) for kind in (*agreed, *others)]
    records, names = [], []
    for uuid, kind_name, *texts in first.union(*rest, all=True):
        kind = kind_named(kind_name)
        if kind.is_agreed:
            known = {n: words for n, words in zip(_columns(kind), texts, strict=True) if n}
            records.append(from_columns(kind, {"uuid": uuid, **known}))
        else:
            names += filter(None, texts[1:])
    records.sort(key=lambda each: (agreed.index(type(each)), each.pk))  # a UNION has no order
    return records, names


def _columns(kind: type[Record]) -> list[str | None]:
    """As many for each kind: one for every role in every language, or None."""
    names = [getattr(kind, role) for role in ROLES]
    texts = [columns(name) if name else [None] * len(codes()) for name in names]
    return ["source_language", *(each for group in texts for each in group)]


def forms_of(record: Record, lang: str) -> list[str]:
    """As the texts of a language write it; the first letter of a title is small in a sentence."""
    roles = (record.headline, record.short_form, record.other_forms)
    written = [form for name in roles if name for form in _lines(record, name, lang)]
    return list(dict.fromkeys([*written, *(small(form) for form in written if is_worded(form))]))


def avoided_in(record: Record, lang: str) -> list[str]:
    """What readers call it in a language, and texts do not."""
    return _lines(record, record.avoided_forms, lang) if record.avoided_forms else []


def name_in(record: Record, lang: str) -> str:
    """``Coördinatieorgaan voor de dreigingsanalyse (OCAD)``"""
    name = in_language(record, record.headline, lang)
    short = in_language(record, record.short_form, lang) if record.short_form else ""
    return f"{name} ({short})" if short else name


def is_worded(form: str) -> bool:
    """Neither an abbreviation nor something that begins with one."""
    return form[1:2].islower()


def stands_in(record: Record, lang: str, words: str) -> bool:
    """Whether a text names it at all: also within a compound, or by a link to it."""
    said = plain(words)
    return str(record.pk) in said or any(_stands(form, said) for form in forms_of(record, lang))


def _stands(form: str, words: str) -> bool:
    if is_worded(form):
        return form.casefold() in words.casefold()
    return bool(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", words))


def _lines(record: Record, name: str, lang: str) -> list[str]:
    return in_language(record, name, lang).splitlines()


class Use(NamedTuple):
    """Where a text says the name of a thing; twins, as a body and its glossary entry, share one."""

    form: str  # as it is known, with the first letter of a beginning sentence made small
    start: int
    end: int
    records: list[Record]


class Names:
    """Every form that may stand in the texts of one language: agreed, avoided, or of another."""

    def __init__(self, records: list[Record], titles: list[str], lang: str) -> None:
        self.lang = lang
        self.own: dict[str, list[Record]] = {title: [] for title in titles}
        self.foreign: dict[str, list[Record]] = {}
        self.avoided: dict[str, list[Record]] = {}
        for record in records:
            for form in forms_of(record, lang):
                self.own.setdefault(form, []).append(record)
        self._taken = {form.casefold() for form in self.own}
        for record in records:
            for code in codes():
                self._add(self.foreign, forms_of(record, code), record)
            self._add(self.avoided, avoided_in(record, lang), record)
        self._pattern = pattern({**self.own, **self.foreign, **self.avoided})

    def _add(self, table: dict[str, list[Record]], forms: list[str], record: Record) -> None:
        """What is a form of this language is no other one, whatever it means elsewhere."""
        for form in forms:
            if form.casefold() not in self._taken and record not in table.get(form, []):
                table.setdefault(form, []).append(record)

    def uses_in(self, words: str) -> list[Use]:
        """In the order of the text; a title of a record names nothing but that record."""
        found = []
        for match in self._pattern.finditer(words):
            said = plain(match[0])
            begun = [said, small(said)] if begins_a_sentence(match) else [said]
            for form in begun:
                if records := self._called(form, is_title=said in self.own):
                    found.append(Use(form, match.start(), match.end(), records))
                    break
        return found

    def _called(self, form: str, *, is_title: bool) -> list[Record]:
        tables = [self.own] if is_title else [self.own, self.foreign, self.avoided]
        return next((table[form] for table in tables if table.get(form)), [])
