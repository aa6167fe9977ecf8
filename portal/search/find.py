"""Searching: what is found, in which order, and what was understood of the question.

First every word in the reader's language. Where nothing holds them all, an unknown word is
read as a beginning, a compound or a slip; then records that hold some of the words. What exists
only in another language comes after what the reader can read.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.languages.texts import codes
from portal.search.analysis import forms, token
from portal.search.engines import Holds, Need
from portal.search.models import ZONES, IndexEntry
from portal.search.queries import Query, read
from portal.search.ranking import Ranking, Zones, rarity
from portal.search.spelling import Known, begins_a_word, compounds_with, nearest, parts_of, uses

FEW = 10  # answers, to which those are added that hold some of the words
MOST = 200  # candidates that are put in order; beyond, the count says “more than”
EVERY = Q()
LATER = ("known", "text", "words")  # columns that only a page of results needs

Needs = tuple[Need, ...]


@dataclass
class Answer:
    """``entries`` in their order; ``read_as`` where a word was taken for another one, ``unknown``
    where no text has it nor anything near it; ``has_only_some`` where each word is known and no
    entry holds them all.
    """

    query: Query
    needs: dict[str, Needs] = field(default_factory=dict)  # in each language looked into
    entries: list[IndexEntry] = field(default_factory=list)
    read_as: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    has_only_some: bool = False
    hidden: int = 0  # of those that were found, how many lead nowhere any more

    @property
    def is_cut(self) -> bool:
        return len(self.entries) + self.hidden >= MOST

    @property
    def kinds(self) -> Counter[str]:
        return Counter(entry.kind for entry in self.entries)

    def lacking(self, entry: IndexEntry) -> list[str]:
        """The words asked for that an entry does not hold; phrases it always does."""
        zones = Zones(entry)
        words = [need for need in self.needs[entry.language] if not need.is_phrase]
        return [n.typed for n in words if not any(n.is_met_by(zones[each]) for each in ZONES)]


def find(typed: str, lang: str) -> Answer:
    """What the index holds; ``shown.answer_to`` leaves out what leads nowhere any more."""
    query = read(typed, lang)
    return Answer(query) if query.asks_nothing else Search(query, lang).answer()


class Search:
    """One question, asked in ever wider ways until something answers."""

    def __init__(self, query: Query, lang: str) -> None:
        self.query, self.lang = query, lang
        self.phrases = tuple(map(phrase_need, query.phrases))

    def answer(self) -> Answer:
        needs = Needed(self)
        own = self._holding(needs[self.lang], self.lang)
        elsewhere = self._only_elsewhere(needs)
        if own or elsewhere:
            return Answer(self.query, needs, self._with_some(own, needs[self.lang]) + elsewhere)
        guess = self._guess()
        guessed = {**needs, self.lang: guess.needs + self.phrases}
        whole = [] if guess.unknown else self._holding(guessed[self.lang], self.lang)
        if not whole and (in_others := self._in_any_other(needs)):
            return Answer(self.query, needs, in_others)
        found = self._with_some(whole, guessed[self.lang])
        only_some = bool(found) and not whole and not guess.unknown
        return Answer(self.query, guessed, found, guess.read_as, guess.unknown, only_some)

    def needed(self, lang: str) -> Needs:
        return with_compounds(words_needed(self.query.words, lang), lang) + self.phrases

    def _guess(self) -> "Guess":
        alone = [need for word in self.query.words for need in words_needed([word], self.lang)]
        return Guess(with_compounds(tuple(alone), self.lang), self.lang)

    # --- what answers -----------------------------------------------------------------------------

    def _held(self, needs: Needs, lang: str, zones: Sequence[str]) -> QuerySet[IndexEntry]:
        """What comes early by its kind first."""
        words = words_needed(self.query.without, lang)
        without = (*words, *map(phrase_need, self.query.without_phrases))
        rows = IndexEntry.objects.filter(Holds(needs, without, zones), language=lang)
        return rows.defer(*LATER).order_by("rank", "record")

    def _candidates(
        self, needs: Needs, lang: str, only: Q = EVERY, unread: Sequence[str] = ()
    ) -> list[IndexEntry]:
        """Those that name all of it, of which some zones may be left unread; then the others."""
        named = list(self._held(needs, lang, ("first",)).filter(only).defer(*unread)[:MOST])
        others = self._held(needs, lang, ZONES).filter(only).exclude(pk__in=[e.pk for e in named])
        return named + list(others[: MOST - len(named)]) if len(named) < MOST else named

    def _holding_one(self, need: Need) -> list[IndexEntry]:
        """In one query, as long as they are not too many."""
        needs = (need, *self.phrases)
        found = list(self._held(needs, self.lang, ZONES)[:MOST])
        return found if len(found) < MOST else self._candidates(needs, self.lang)

    def _scores(self, needs: Needs, lang: str, only: Q = EVERY) -> dict[IndexEntry, float]:
        """Of what holds all; what is named so is worth no more by the zones below."""
        return Ranking(needs).scores(self._candidates(needs, lang, only, unread=ZONES[1:]))

    def _holding(self, needs: Needs, lang: str) -> list[IndexEntry]:
        return in_order(self._scores(needs, lang))

    def _only_elsewhere(self, needs: dict[str, Needs]) -> list[IndexEntry]:
        """Of records that have no text in the reader's language."""
        lacking = Q(missing__gt="", missing__contains=f" {self.lang} ")  # few do: ask first
        others = IndexEntry.objects.filter(lacking, language__in=self._others).order_by()
        some = others.values_list("language", flat=True).distinct()
        scores: dict[IndexEntry, float] = {}
        for code in some:
            scores |= self._scores(needs[code], code, lacking)
        return _each_once(in_order(scores))

    def _in_any_other(self, needs: dict[str, Needs]) -> list[IndexEntry]:
        """None after a minus: what it leaves out here would come back in another language."""
        if self.query.without or self.query.without_phrases:
            return []
        return _each_once([e for code in self._others for e in self._holding(needs[code], code)])

    @property
    def _others(self) -> list[str]:
        return [code for code in codes() if code != self.lang]

    def _with_some(self, whole: list[IndexEntry], needs: Needs) -> list[IndexEntry]:
        """Where few hold all: also those that hold some, each need worth more the rarer it is."""
        words = [need for need in needs if not need.is_phrase]
        if len(whole) >= FEW or not words:
            return whole
        found = {n: self._holding_one(n) for n in words}
        of = max(map(len, found.values()))
        rare = [rarity(len(found[n]), of) if n in found else 1.0 for n in needs]
        entries = {entry for each in found.values() for entry in each}
        return in_order(Ranking(needs, rare).scores(entries))[:MOST]


class Needed(dict):
    """What a search needs in each language, worked out when that language is first looked into."""

    def __init__(self, search: Search) -> None:
        super().__init__()
        self.search = search

    def __missing__(self, lang: str) -> Needs:
        found = self[lang] = self.search.needed(lang)
        return found


class Guess:
    """What words may have meant that no text of the language uses as they are."""

    def __init__(self, words: Needs, lang: str) -> None:
        self.lang, self.known = lang, Known(lang)
        self.needs: Needs = ()
        self.read_as: dict[str, str] = {}
        self.unknown: list[str] = []
        used = uses(words, lang)
        for exactly in words:
            needs = (exactly,) if exactly.typed in used else self._read(exactly.typed)
            self.needs += needs
            self.unknown += [] if needs else [exactly.typed]

    def _read(self, word: str) -> Needs:
        if begins_a_word(word, self.known):
            return (Need((token(word),), word, is_beginning=True),)
        if near := self._like(word, most=1):
            return near
        if parts := parts_of(word, self.lang):
            return tuple(word_need(part, word, self.lang) for part in parts)
        return self._like(word)

    def _like(self, word: str, most: int | None = None) -> Needs:
        """The known word that was meant, with at most so many slips; or nothing."""
        if not (found := nearest(word, self.known, most)):
            return ()
        meant, is_beginning = found
        self.read_as[word] = meant
        if is_beginning:
            begun = token(meant)[: len(token(word))]
            return (Need((begun,), meant, is_beginning=True),)
        return with_compounds((word_need(meant, meant, self.lang),), self.lang)


def words_needed(words: Sequence[str], lang: str) -> Needs:
    """Each word, or the compound that it makes with the one beside it: “kanaal plan”."""
    needed = [forms(word, lang) for word in words]
    for place, (one, other) in enumerate(pairwise(words)):
        both = forms(one + other, lang)
        needed[place] |= both
        needed[place + 1] |= both
    return tuple(
        Need(tuple(sorted(found)), word) for word, found in zip(words, needed, strict=True)
    )


def with_compounds(needs: Needs, lang: str) -> Needs:
    """One query, however many they are."""
    found = compounds_with([need.tokens for need in needs], lang)
    return tuple(replace(n, compounds=some) for n, some in zip(needs, found, strict=True))


def word_need(word: str, typed: str, lang: str) -> Need:
    return Need(tuple(sorted(forms(word, lang))), typed)


def phrase_need(words: Sequence[str]) -> Need:
    return Need(tuple(map(token, words)), " ".join(words), is_phrase=True)


def in_order(scores: dict[IndexEntry, float]) -> list[IndexEntry]:
    return sorted(scores, key=lambda entry: (-scores[entry], entry.record))


def _each_once(entries: list[IndexEntry]) -> list[IndexEntry]:
    """Of a record that was found in two languages, the first."""
    found: dict[UUID, IndexEntry] = {}
    for entry in entries:
        found.setdefault(entry.record, entry)
    return list(found.values())
