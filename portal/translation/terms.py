"""The agreed names of bodies and concepts: what a text names, and where it names it otherwise."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from portal.languages.texts import Text, codes, columns, in_language, text
from portal.languages.words import pattern, plain, small
from portal.records.kinds import kind_named, kinds, page_kinds
from portal.records.models import Record
from portal.records.prose import plain as without_marks
from portal.records.references import from_columns, published_texts

ROLES = ("headline", "short_form", "other_forms", "avoided_forms", "explained_in")


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

    def used_in(self, words: str, lang: str, target: str) -> list[Agreed]:
        """What a text of ``lang`` names, in its order, with the agreed name in ``target``."""
        found: dict[str, Agreed] = {}
        for record in self._named_in(words, lang):
            if agreed := _agreed(record, lang, target):
                found.setdefault(agreed.target.casefold(), agreed)
        return list(found.values())

    def _named_in(self, words: str, lang: str) -> list[Record]:
        known, found = self._forms_in(lang), []
        for match in self._pattern_in(lang).finditer(without_marks(words)):
            said = plain(match[0])
            found += known.get(said) or known.get(small(said)) or []
        return found

    @cached_property
    def _patterns(self) -> dict:
        return {}

    @cached_property
    def _forms(self) -> dict[str, dict[str, list[Record]]]:
        return {}

    def _pattern_in(self, lang: str):
        if lang not in self._patterns:
            self._patterns[lang] = pattern(self._forms_in(lang))
        return self._patterns[lang]

    def _forms_in(self, lang: str) -> dict[str, list[Record]]:
        """Every form of a language, and every name in any, which keeps shorter forms whole."""
        if lang not in self._forms:
            known: dict[str, list[Record]] = {name: [] for name in self._words[1]}
            for record in self._words[0].values():
                for form in forms_of(record, lang):
                    known.setdefault(form, []).append(record)
            self._forms[lang] = known
        return self._forms[lang]

    @cached_property
    def _words(self) -> tuple[dict[UUID, Record], list[str]]:
        """The agreed records, and the names of everything that has a page: one query."""
        agreed = [kind for kind in kinds() if kind.is_agreed]
        others = [kind for kind in page_kinds() if not kind.is_agreed]
        first, *rest = [published_texts(kind, _columns(kind)) for kind in (*agreed, *others)]
        records, names = [], []
        for uuid, kind_name, *texts in first.union(*rest, all=True):
            kind = kind_named(kind_name)
            if kind.is_agreed:
                known = {n: t for n, t in zip(_columns(kind), texts, strict=True) if n}
                records.append(from_columns(kind, {"uuid": uuid, **known}))
            else:
                names += filter(None, texts[1 : 1 + 2 * len(codes())])
        order = [kind.kind() for kind in agreed]
        records.sort(key=lambda each: (order.index(each.kind()), each.pk))
        return {record.pk: record for record in records}, names


def _columns(kind: type[Record]) -> list[str | None]:
    """The same number for each kind: a column for every role in every language, or None."""
    names = [getattr(kind, role) for role in ROLES]
    texts = [columns(name) if name else [None] * len(codes()) for name in names]
    return ["source_language", *(each for group in texts for each in group)]


def forms_of(record: Record, lang: str) -> list[str]:
    """As texts of a language write it: name, abbreviation, inflections; a title is also a noun."""
    names = [n for n in (record.headline, record.short_form, record.other_forms) if n]
    written = [form for name in names for form in in_language(record, name, lang).splitlines()]
    return list(dict.fromkeys([*written, *(small(form) for form in written if _is_word(form))]))


def _is_word(form: str) -> bool:
    """Not an abbreviation, nor what begins with one."""
    return form[1:2].islower()


def _agreed(record: Record, lang: str, target: str) -> Agreed | None:
    """None where no name is agreed in the language of the translation."""
    name = in_language(record, record.headline, target)
    if not name:
        return None
    return Agreed(
        record=record,
        source=in_language(record, record.headline, lang),
        target=Text(name, target),
        abbreviation=in_language(record, record.short_form, target) if record.short_form else "",
        meaning=without_marks(text(record, record.explained_in, target)),
    )
