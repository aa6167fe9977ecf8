"""Where a text does not use the agreed name: the rule, and what it leaves alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.languages.names import name_of
from portal.languages.texts import codes, in_language
from portal.languages.words import plain
from portal.records.models import Record
from portal.records.prose import plain as without_marks
from portal.translation.terms.agreed_names import (
    Names,
    Use,
    forms_of,
    is_worded,
    name_in,
    stands_in,
)

QUOTED = re.compile(r"«[^»]*»|“[^”]*”|‘[^’]*’|\"[^\"]*\"|(?<!\w)'[^'\n]*(?:'\w[^'\n]*)*'(?!\w)")
IN_BRACKETS = re.compile(r"\([^()]*\)")
SENTENCE = re.compile(r"(?:[^.!?…]|[.!?…](?!\s))+")


@dataclass(frozen=True)
class Misuse:
    """A text that calls a thing otherwise than agreed, or does not name what its source names."""

    record: Record  # the body or the concept
    lang: str
    named: str = ""  # what the source calls it, where the text does not name it
    other_form: str = ""  # what stands in the text instead; empty where nothing does

    def __str__(self) -> str:
        said = {"language": name_of(self.lang), "name": name_in(self.record, self.lang)}
        if self.other_form:
            sentence = _("“%(form)s” stands here. In %(language)s this is “%(name)s”.")
            return sentence % {**said, "form": self.other_form}
        sentence = _("The source names “%(words)s”. In %(language)s this is “%(name)s”.")
        return sentence % {**said, "words": self.named}


@dataclass
class Compared:
    """A text and the text that it was made from, each with the names that its language knows."""

    source: str
    source_names: Names
    words: str
    names: Names
    about: UUID | None = None

    def other_forms(self) -> Iterator[Misuse]:
        """Names of another language, and words to avoid, that stand in the text as its own."""
        for use in self._uses:
            if use.form in self.names.own or self._is_marked(use):
                continue
            if use.form in self.names.foreign or self._is_to_avoid(use):
                yield from self._misuses(use, other_form=use.form)

    def missing_names(self) -> Iterator[Misuse]:
        """What the source names and the text does not, in any form or by a link."""
        for use in self._source_uses:
            if plain(use.form) in plain(self.words) or self._stands(use):
                continue
            if _is_demanded(use.form) or self._is_swapped():
                yield from self._misuses(use, named=use.form)

    def _misuses(self, use: Use, **what: str) -> Iterator[Misuse]:
        """Of twins the first speaks for both; where no name is agreed, none is asked for."""
        lang = self.names.lang
        named = [each for each in use.records if in_language(each, each.headline, lang)]
        yield from (Misuse(record, lang, **what) for record in named[:1])

    @cached_property
    def _said(self) -> str:
        return without_marks(self.words)

    @cached_property
    def _uses(self) -> list[Use]:
        return self.names.uses_in(self._said)

    @cached_property
    def _source_uses(self) -> list[Use]:
        """What is quoted is a title or a word that somebody said, and may stay away."""
        said, names = without_marks(self.source), self.source_names
        own = _blanked(said, [quoted.span() for quoted in QUOTED.finditer(said)])
        return [use for use in names.uses_in(own) if use.form in names.own]

    def _stands(self, use: Use) -> bool:
        return any(stands_in(each, self.names.lang, self.words) for each in use.records)

    def _is_to_avoid(self, use: Use) -> bool:
        """A proper name anywhere; a common word only where it stands for what the source names."""
        if self.about in {record.pk for record in use.records}:
            return False
        if use.form != use.form.lower():
            return True
        meant = {record.pk for named in self._source_uses for record in named.records}
        return any(each.pk in meant for each in use.records) and not self._stands(use)

    def _is_swapped(self) -> bool:
        """Whether the text says a single common word that is agreed and not in the source."""
        return any(
            use.form in self.names.own
            and not _is_demanded(use.form)
            and not any(stands_in(e, self.source_names.lang, self.source) for e in use.records)
            for use in self._uses
        )

    def _is_marked(self, use: Use) -> bool:
        """Whether the text itself says that these words are not its own."""
        return (
            _is_bilingual(use, self.names)
            or any(_holds(use, match) for match in QUOTED.finditer(self._said))
            or any(self._explains(use, match) for match in IN_BRACKETS.finditer(self._said))
            or any(self._names_a_language(use, m) for m in SENTENCE.finditer(self._said))
        )

    def _explains(self, use: Use, brackets: re.Match) -> bool:
        """“… (Global Coalition against Daesh)”, “(CUTA, in French OCAM)”; not “… (OCAM)”."""
        if not _holds(use, brackets):
            return False
        own = [each for each in self._uses if each.form in self.names.own]
        beside = [each for each in own if _holds(each, brackets)]
        return is_worded(use.form) or any(each.records == use.records for each in beside)

    def _names_a_language(self, use: Use, sentence: re.Match) -> bool:
        """“OCAM in French”: but a language within a name, as of a Community, tells nothing."""
        if not _holds(use, sentence):
            return False
        spans = [(each.start, each.end) for each in self._uses]
        words = re.findall(r"\w+", _blanked(self._said, spans)[slice(*sentence.span())])
        return bool(_language_names(self.names.lang) & set(words))


def _is_demanded(form: str) -> bool:
    """A single common word may be turned otherwise."""
    return " " in form or form != form.lower()


def _is_bilingual(use: Use, names: Names) -> bool:
    """``CTIF-CFI``: the names of one thing in several languages, this one among them."""
    parts = use.form.split("-")
    every = {form for each in use.records for code in codes() for form in forms_of(each, code)}
    return len(parts) > 1 and every >= set(parts) and any(part in names.own for part in parts)


def _holds(use: Use, place: re.Match) -> bool:
    return place.start() <= use.start and use.end <= place.end()


def _blanked(words: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        words = words[:start] + " " * (end - start) + words[end:]
    return words


@cache
def _language_names(lang: str) -> frozenset[str]:
    with override(lang):
        return frozenset(name_of(code) for code in codes())
