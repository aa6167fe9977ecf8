"""Terms in place: where a text first uses a word of the glossary, it leads to the entry.

Written forms only: the term, its abbreviation and the other forms that the entry lists, with a
capital where a sentence begins. Names are left whole in whatever language they stand: “Comité
contre le terrorisme” is no use of “terrorisme”.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from portal.languages.texts import active, columns, in_language
from portal.languages.words import begins_a_sentence, pattern, plain, small
from portal.pages.models import Term, in_reading_order
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.records.references import from_columns, published_texts

NAMES = ("term", "abbreviation", "forms")


class TermsInPlace:
    """The glossary for one page: links each term once, and remembers which were used."""

    def __init__(self) -> None:
        self.used: set[UUID] = set()
        self._forms: dict[str, dict[str, Term | None]] = {}
        self._patterns: dict[str, re.Pattern] = {}

    def addresses(self, uuids: set[UUID]) -> dict[UUID, str]:
        """Where a reader of the active language finds those of them that are terms."""
        return {uuid: self._terms[uuid].shown_at(active()) for uuid in uuids & self._terms.keys()}

    def note(self, uuids: Iterable[UUID]) -> None:
        """These are linked by hand: they are used, and not linked again."""
        self.used |= self._terms.keys() & set(uuids)

    def pass_over(self, words: str, lang: str) -> None:
        """These words lead elsewhere: if they are a term, they were its first use."""
        if term := self._named(words, lang):
            self.used.add(term.pk)

    def pieces(self, text: str, lang: str) -> list[tuple[str, str]]:
        """The text cut where a term is used for the first time; see ``prose.Vocabulary``."""
        cut, done = [], 0
        for match in self._pattern_in(lang).finditer(text):
            term = self._named(match[0], lang, begins=begins_a_sentence(match))
            if term and term.pk not in self.used:
                self.used.add(term.pk)
                cut += [(text[done : match.start()], ""), (match[0], term.shown_at(active()))]
                done = match.end()
        return [piece for piece in [*cut, (text[done:], "")] if piece[0]]

    @property
    def entries(self) -> list[Term]:
        """What the page ends with: the terms that it used so far."""
        return in_reading_order(self._terms[uuid] for uuid in self.used)

    @cached_property
    def _terms(self) -> dict[UUID, Term]:
        return {term.pk: term for term in self._words.terms}

    @cached_property
    def _words(self) -> "Words":
        """The published terms, and the titles of all published records: one query."""
        found, term_kind, fields = Words([], []), Term.kind(), ["uuid", *_term_columns()]
        rows = published_texts(Term, _term_columns()).union(
            *map(_title_rows, page_kinds()), all=True
        )
        for uuid, kind, *texts in rows:
            if kind == term_kind:
                known = dict(zip(fields, [uuid, *texts], strict=True))
                found.terms.append(from_columns(Term, known))
            else:
                found.names.extend(filter(None, texts))
        found.terms.sort(key=lambda term: term.pk)  # a UNION has no order
        return found

    def _named(self, words: str, lang: str, *, begins: bool = True) -> Term | None:
        """A capital that the entry does not have counts where a sentence begins, nowhere else."""
        forms = self._forms_in(lang)
        return forms.get(plain(words)) or (forms.get(small(plain(words))) if begins else None)

    def _pattern_in(self, lang: str) -> re.Pattern:
        if lang not in self._patterns:
            self._patterns[lang] = pattern(self._forms_in(lang))
        return self._patterns[lang]

    def _forms_in(self, lang: str) -> dict[str, Term | None]:
        """Every name and term of a language; a name leads nowhere, it only keeps terms out."""
        if lang not in self._forms:
            forms = {
                form: term
                for name in reversed(NAMES)  # of two equal ones the last counts
                for term in self._terms.values()
                for form in in_language(term, name, lang).splitlines()
            }
            self._forms[lang] = dict.fromkeys(self._words.names) | forms
        return self._forms[lang]


class Words(NamedTuple):
    """What a text may name: entries, and the titles that keep a term out."""

    terms: list[Term]
    names: list[str]


def _term_columns() -> list[str]:
    return ["source_language", *(c for name in (*NAMES, "meaning") for c in columns(name))]


def _title_rows(kind: type[PageRecord]) -> QuerySet:
    """As many columns as a term has; those after the titles are empty."""
    titles = columns("title")
    return published_texts(kind, [*titles, *[None] * (len(_term_columns()) - len(titles))])
