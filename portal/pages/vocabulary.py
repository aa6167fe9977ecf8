"""What a text may name: the entries of the glossary, and the titles that keep a term out.

It is the same for every page until something is published, so a process keeps the last one.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from portal.languages.texts import columns, in_language
from portal.languages.words import pattern, plain, small
from portal.pages.models import Term
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.records.reads import state_read, unnoted
from portal.records.references import from_columns, published_texts

NAMES = ("term", "abbreviation", "forms")
MOST_PATTERNS = 100  # of a language, at a time


class Forms:
    """The written forms of one language, and the names in which one of them stands."""

    def __init__(self, terms: Iterable[Term], names: Iterable[str], lang: str) -> None:
        self.terms = {
            form: term
            for name in reversed(NAMES)  # of two equal ones the last counts
            for term in terms
            for form in in_language(term, name, lang).splitlines()
        }
        self._own = pattern(self.terms)
        self.names = {name for name in names if name not in self.terms and self.within(name)}
        self._patterns: dict[frozenset[str], re.Pattern] = {}

    def pattern_for(self, text: str) -> re.Pattern:
        """Finds the terms, and those of the names that stand in this text: few of thousands."""
        here = plain(text)
        names = frozenset(name for name in self.names if name[1:] in here)
        if names not in self._patterns:
            if len(self._patterns) >= MOST_PATTERNS:
                self._patterns.clear()
            self._patterns[names] = pattern(names | self.terms.keys())
        return self._patterns[names]

    def term(self, words: str, *, begins: bool) -> Term | None:
        """The term that these words are; None also where they are a name."""
        words = plain(words)
        if words in self.names:
            return None
        return self.terms.get(words) or (self.terms.get(small(words)) if begins else None)

    def within(self, words: str) -> set[UUID]:
        """The terms of which a form stands anywhere in these words, whatever it is there."""
        found = [plain(match[0]) for match in self._own.finditer(words)]
        terms = (self.terms.get(form) or self.terms.get(small(form)) for form in found)
        return {term.pk for term in terms if term}


class Vocabulary:
    def __init__(self, terms: list[Term], names: list[str]) -> None:
        self.terms = {term.pk: term for term in terms}
        self._names = names
        self._forms: dict[str, Forms] = {}

    def forms_in(self, lang: str) -> Forms:
        if lang not in self._forms:
            self._forms[lang] = Forms(self.terms.values(), self._names, lang)
        return self._forms[lang]


_last: tuple[str, Vocabulary] = ("", Vocabulary([], []))


def vocabulary() -> Vocabulary:
    """The one that stands now; kept for as long as the same state of the site is read."""
    global _last
    if not (state := state_read()):
        return read_vocabulary()
    last = _last  # another thread may read another state meanwhile
    if state != last[0]:
        last = _last = state, read_vocabulary()
    return last[1]


def read_vocabulary() -> Vocabulary:
    """The published terms, and the titles of all published records: one query."""
    terms, names, term_kind = [], [], Term.kind()
    rows = published_texts(Term, _term_columns()).union(*map(_title_rows, page_kinds()), all=True)
    with unnoted():  # a page depends on the terms that it met, and on no others
        for uuid, kind, *texts in rows:
            if kind == term_kind:
                terms.append(_term(uuid, texts))
            else:
                names.extend(filter(None, texts))
    return Vocabulary(sorted(terms, key=lambda term: term.pk), names)  # a UNION has no order


def terms_alone() -> Vocabulary:
    """Without the titles: for whoever asks which terms stand in some words, whatever these name.

    It costs the same however many records there are.
    """
    with unnoted():
        rows = published_texts(Term, _term_columns()).order_by("uuid")
        return Vocabulary([_term(uuid, texts) for uuid, _kind, *texts in rows], [])


def _term(uuid: UUID, texts: list) -> Term:
    return from_columns(Term, dict(zip(["uuid", *_term_columns()], [uuid, *texts], strict=True)))


def _term_columns() -> list[str]:
    return ["source_language", *(c for name in (*NAMES, "meaning") for c in columns(name))]


def _title_rows(kind: type[PageRecord]) -> QuerySet:
    """As many columns as a term has; those after the titles are empty."""
    titles = columns("title")
    return published_texts(kind, [*titles, *[None] * (len(_term_columns()) - len(titles))])
