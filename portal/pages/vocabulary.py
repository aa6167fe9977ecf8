"""What a text may name: the entries of the glossary, and the titles that keep a term out.

It is the same for every page until something is published, so a process keeps the last one.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from portal.languages.texts import codes, columns, in_language
from portal.languages.words import begins_a_sentence, pattern, plain, small
from portal.pages.models import Term
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.records.questions import Question
from portal.records.reads import once_a_state, unnoted
from portal.records.references import from_columns, published_texts

NAMES = ("term", "abbreviation", "forms")


class Span(NamedTuple):
    """Where a form stands in a name, in characters."""

    before: int
    length: int  # of the name


class Forms:
    """The written forms of one language, and the names that keep them out."""

    def __init__(self, terms: Iterable[Term], names: Collection[str], lang: str) -> None:
        self._terms = {
            form: term
            for name in reversed(NAMES)  # of two equal ones the last counts
            for term in terms
            for form in in_language(term, name, lang).splitlines()
        }
        self._pattern = pattern(self._terms)
        self._all_names = names
        self._names: dict[str, dict[Span, set[str]]] = {}

    def uses(self, text: str) -> Iterator[tuple[re.Match, Term, bool]]:
        """Each place where a term stands, and whether it is one there: not as part of a name, and
        not with a capital of its own within a sentence.
        """
        for match in self._pattern.finditer(text):
            form, begins = plain(match[0]), begins_a_sentence(match)
            if term := self._term(form):
                is_written = form in self._terms or begins
                yield match, term, is_written and not self._is_in_a_name(match)

    def _term(self, form: str) -> Term | None:
        return self._terms.get(form) or self._terms.get(small(form))

    def _is_in_a_name(self, match: re.Match) -> bool:
        text, start = plain(match.string), match.start()
        return any(
            _stands_alone(text, start - before, length)
            and _is_among(names, text[start - before :][:length])
            for (before, length), names in self._names_with(small(plain(match[0]))).items()
            if before <= start
        )

    def _names_with(self, form: str) -> dict[Span, set[str]]:
        """Names in which the form stands, by what stands before it in them and by their length."""
        if form not in self._names:
            found = self._names[form] = {}
            for name in self._all_names:
                for place in _places(form, name):
                    found.setdefault(Span(place, len(name)), set()).add(name)
        return self._names[form]


def _places(form: str, name: str) -> Iterator[int]:
    """Where it stands in the name, with a small letter or a capital; a name that is no more than
    the form keeps nothing out.
    """
    for words in {form, form[:1].upper() + form[1:]}:
        place = name.find(words)
        while place >= 0 and name != words:
            yield place
            place = name.find(words, place + 1)


def _is_among(names: set[str], words: str) -> bool:
    return words in names or small(words) in names


def _stands_alone(text: str, start: int, length: int) -> bool:
    around = text[start - 1 : start] + text[start + length : start + length + 1]
    return not re.search(r"[\w-]", around)


class Vocabulary:
    def __init__(self, terms: list[Term], names: list[str]) -> None:
        self.terms = {term.pk: term for term in terms}
        self._names = names
        self._forms: dict[str, Forms] = {}

    def forms_in(self, lang: str) -> Forms:
        if lang not in self._forms:
            self._forms[lang] = Forms(self.terms.values(), self._names, lang)
        return self._forms[lang]


def terms_within(titles: Iterable[str]) -> set[UUID]:
    """The terms of which a form stands in one of these, in whatever language: at most one query."""
    if not (titles := set(titles)):
        return set()
    terms = list(Term.objects.published().only("uuid", *_term_columns()).order_by("pk"))
    forms = [Forms(terms, [], code) for code in codes()]
    return {
        term.pk for title in titles for each in forms for _at, term, _is_use in each.uses(title)
    }


@once_a_state
def vocabulary() -> Vocabulary:
    """The published terms, and the titles of all published records: one query."""
    terms, names = [], []
    with unnoted():  # a page depends on the terms that it met, and on no others
        for row in _question().answers():
            texts = [row[name] for name in sorted(row.keys() - {"uuid", "_kind"})]
            if row["_kind"] == Term.kind():
                terms.append(_term(row["uuid"], texts))
            else:
                names.extend(filter(None, texts))
    return Vocabulary(sorted(terms, key=lambda term: term.pk), names)  # a UNION has no order


@cache
def _question() -> Question:
    rows = [published_texts(Term, _term_columns()), *map(_title_rows, page_kinds())]
    return Question(rows[0].union(*rows[1:], all=True))


def _term(uuid: Any, texts: list[str]) -> Term:
    known = dict(zip(_term_columns(), texts, strict=True))
    return from_columns(Term, {"uuid": Term._meta.pk.to_python(uuid), **known})


def _term_columns() -> list[str]:
    return ["source_language", *(c for name in (*NAMES, "meaning") for c in columns(name))]


def _title_rows(kind: type[PageRecord]) -> QuerySet:
    """As many columns as a term has; those after the titles are empty."""
    titles = columns("title")
    return published_texts(kind, [*titles, *[None] * (len(_term_columns()) - len(titles))])
