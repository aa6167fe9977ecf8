"""The order of what was found: how much of the query a record holds, where, and what it is.

Reckoned here, from what both databases give alike, so that both answer in the same order.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import log2

from portal.search.analysis import forms, token, words_in
from portal.search.engines import Need
from portal.search.models import IndexEntry
from portal.search.stop_words import STOP_WORDS

ZONE_WORTH = {"first": 6.0, "second": 2.0, "third": 1.0}
RARITY = 2
IN_A_COMPOUND = 0.6
ALL_OF_IT = 3.0  # every need is met
WHOLE_NAME = 10.0  # the query is all of the name
SHARE_OF_NAME = 8.0
RANK_COST = 0.7


def score(entry: IndexEntry, needs: Sequence[Need], rare: Sequence[float] | None = None) -> float:
    zones = {name: set(getattr(entry, name).split()) for name in ZONE_WORTH}
    zones["names"] = entry.names.splitlines()
    rare = rare or [1.0] * len(needs)
    worth = sum(each * _worth(zones, need) for need, each in zip(needs, rare, strict=True))
    worth += ALL_OF_IT if all(_worth(zones, need) for need in needs) else 0
    return worth + _share_of_name(entry, needs) - RANK_COST * entry.rank


def rarity(count: int, of: int) -> float:
    """How much a word tells that ``count`` of so many entries use; 1 for one that all use."""
    return 1 + log2((of + 1) / (count + 1)) / RARITY


def _worth(zones: dict[str, set[str]], need: Need) -> float:
    if need.is_phrase:
        named = any(need.is_said_in(name) for name in zones["names"])
        return ZONE_WORTH["first" if named else "second"]
    return max(worth * _nearness(zones[name], need) for name, worth in ZONE_WORTH.items())


def _nearness(zone: set[str], need: Need) -> float:
    if not need.is_met_by(zone):
        return 0.0
    return 1.0 if need.is_beginning or not zone.isdisjoint(need.tokens) else IN_A_COMPOUND


def _share_of_name(entry: IndexEntry, needs: Sequence[Need]) -> float:
    """How nearly the query is one of its names; exactly that counts extra."""
    shares = [_share(name, entry.language, needs) for name in entry.names.splitlines()]
    best = max(shares, default=0.0)
    return SHARE_OF_NAME * best + (WHOLE_NAME if best == 1.0 else 0.0)


def _share(name: str, lang: str, needs: Sequence[Need]) -> float:
    words = [forms(word, lang) for word in telling_words(name, lang)]
    if not words:
        return 0.0
    asked = sum(any(need.is_met_by(word) for need in needs) for word in words)
    met = sum(any(need.is_met_by(word) for word in words) for need in needs)
    return asked / len(words) * met / len(needs)


@lru_cache(maxsize=16_384)
def telling_words(name: str, lang: str) -> tuple[str, ...]:
    """All but stop words; all where there is nothing else."""
    words = [found.written for found in words_in(name)]
    telling = [word for word in words if token(word) not in STOP_WORDS.get(lang, ())]
    return tuple(telling or words)
