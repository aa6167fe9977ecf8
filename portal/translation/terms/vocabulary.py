"""The agreed names of the site as a text meets them: which it uses, and which it should."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from portal.languages.texts import Text, in_language, text
from portal.records.models import Record
from portal.records.prose import plain as without_marks
from portal.translation.terms.agreed_names import Names, agreed_records
from portal.translation.terms.misuse import Compared, Misuse


@dataclass(frozen=True)
class Agreed:
    """What a thing is called: in the language of a text, and in that of its translation."""

    record: Record
    source: str
    target: Text
    abbreviation: str  # in the language of the translation; may be empty
    meaning: str  # in the language of the translation, as plain words; may be empty


class Vocabulary:
    """The names of all published bodies and concepts, asked of the database once."""

    def __init__(self) -> None:
        self._names: dict[str, Names] = {}

    def used_in(self, words: str, lang: str, target: str) -> list[Agreed]:
        """What a text of ``lang`` names, in its order, with the agreed name in ``target``."""
        names, found = self._names_in(lang), {}
        for use in names.uses_in(without_marks(words)):
            for record in use.records if use.form in names.own else []:
                if agreed := _agreed(record, lang, target):
                    found.setdefault(agreed.target.casefold(), agreed)
        return list(found.values())

    def misuses(
        self, source: str, source_lang: str, words: str, lang: str, about: UUID | None = None
    ) -> list[Misuse]:
        """What a text of ``lang``, made from ``source``, should call otherwise.

        Another form stands: one of another language, or one that the entry of the thing tells
        texts to avoid. A name is missing: the source says a name of several words, a proper name
        or an abbreviation, and the text says it in no form. A single common word may be turned
        otherwise (“prevention”: « prévenir »), unless another such word stands in its place.
        Words in quotes are somebody else's, and so is what is told to be in another language. A
        text about a thing (``about``) may say what else it is called. Without a source only
        other forms are looked for.
        """
        names, source_names = self._names_in(lang), self._names_in(source_lang)
        compared = Compared(source, source_names, words, names, about)
        others = {(each.record.pk, each.other_form): each for each in compared.other_forms()}
        told = {record for record, _form in others}
        missing = {e.record.pk: e for e in compared.missing_names() if e.record.pk not in told}
        return [*others.values(), *missing.values()]

    def _names_in(self, lang: str) -> Names:
        if lang not in self._names:
            self._names[lang] = Names(*self._agreed, lang)
        return self._names[lang]

    @cached_property
    def _agreed(self) -> tuple[list[Record], list[str]]:
        return agreed_records()


def _agreed(record: Record, lang: str, target: str) -> Agreed | None:
    """None where no name is agreed in the language of the translation."""
    name = in_language(record, record.headline, target)
    if not name:
        return None
    meaning = text(record, record.explained_in, target) if record.explained_in else ""
    return Agreed(
        record=record,
        source=in_language(record, record.headline, lang),
        target=Text(name, target),
        abbreviation=in_language(record, record.short_form, target) if record.short_form else "",
        meaning=without_marks(meaning),
    )
