"""Terms in place: where a text first uses a word of the glossary, it leads to the entry.

Written forms only: the term, its abbreviation and the other forms that the entry lists, with a
capital where a sentence begins. Names are left whole in whatever language they stand: “Comité
contre le terrorisme” is no use of “terrorisme”.
"""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from portal.languages.texts import active
from portal.languages.words import begins_a_sentence
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
        forms = self._vocabulary.forms_in(lang)
        _met(forms.within(words))
        if term := forms.term(words, begins=True):
            self.used.add(term.pk)

    def pieces(self, text: str, lang: str) -> list[tuple[str, str]]:
        """The text cut where a term is used for the first time; see ``prose.Vocabulary``."""
        forms = self._vocabulary.forms_in(lang)
        cut, done = [], 0
        for match in forms.pattern_for(text).finditer(text):
            _met(forms.within(match[0]))
            term = forms.term(match[0], begins=begins_a_sentence(match))
            if term and term.pk not in self.used:
                self.used.add(term.pk)
                cut += [(text[done : match.start()], ""), (match[0], term.shown_at(active()))]
                done = match.end()
        return [piece for piece in [*cut, (text[done:], "")] if piece[0]]

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
