"""Terms in place: where a text first uses a word of the glossary, it leads to the entry.

Written forms only: the term, its abbreviation and the other forms that the entry lists, with a
capital where a sentence begins. Names are left whole in whatever language they stand: “Comité
contre le terrorisme” is no use of “terrorisme”.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from uuid import UUID

from portal.languages.texts import active
from portal.pages.models import Term, in_reading_order
from portal.pages.vocabulary import Vocabulary, vocabulary
from portal.records import reads


class TermsInPlace:
    """The glossary for one page: links each term once, and remembers which were used."""

    def __init__(self) -> None:
        self.used: set[UUID] = set()

    def addresses(self, uuids: set[UUID]) -> dict[UUID, str]:
        """Where a reader of the active language finds those of them that are terms."""
        found = uuids & self._vocabulary.terms.keys()
        _met(found)
        return {uuid: self._vocabulary.terms[uuid].shown_at(active()) for uuid in found}

    def note(self, uuids: Iterable[UUID]) -> None:
        """These are linked by hand: they are used, and not linked again."""
        self.used |= self._vocabulary.terms.keys() & set(uuids)

    def pass_over(self, words: str, lang: str) -> None:
        """These words lead elsewhere: if they are a term, they were its first use."""
        for match, term, is_use in self._uses(words, lang):
            if is_use and match[0] == words:
                self.used.add(term.pk)

    def pieces(self, text: str, lang: str) -> list[tuple[str, str]]:
        """The text cut where a term is used for the first time; see ``prose.Vocabulary``."""
        cut, done = [], 0
        for match, term, is_use in self._uses(text, lang):
            if is_use and term.pk not in self.used:
                self.used.add(term.pk)
                cut += [(text[done : match.start()], ""), (match[0], term.shown_at(active()))]
                done = match.end()
        return [piece for piece in [*cut, (text[done:], "")] if piece[0]]

    def _uses(self, text: str, lang: str) -> Iterator[tuple[re.Match, Term, bool]]:
        for use in self._vocabulary.forms_in(lang).uses(text):
            _met([use[1].pk])
            yield use

    @property
    def entries(self) -> list[Term]:
        """What the page ends with: the terms that it used so far."""
        return in_reading_order(self._vocabulary.terms[uuid] for uuid in self.used)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary()


def _met(terms: Iterable[UUID]) -> None:
    """A page that met a term depends on it also where it is part of a name and not linked."""
    reads.note(*map(reads.key_of, terms))
