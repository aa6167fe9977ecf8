"""The order of what was found: how much of the query a record holds, where, and what it is.

Reckoned here, from what both databases give alike, so that both answer in the same order.
"""

import re
from collections.abc import Iterable, Sequence
from math import log2

from portal.search.engines import Need
from portal.search.models import IndexEntry

ZONE_WORTH = {"first": 6.0, "second": 2.0, "third": 1.0}
RARITY = 2
IN_A_COMPOUND = 0.6
ALL_OF_IT = 3.0  # every need is met
WHOLE_NAME = 10.0  # the query is all of the name
SHARE_OF_NAME = 8.0
RANK_COST = 0.7


class Ranking:
    """What entries are worth as answers to one question; ``rare`` weighs each of its needs."""

    def __init__(self, needs: Sequence[Need], rare: Sequence[float] | None = None) -> None:
        self.needs, self.rare = needs, rare or [1.0] * len(needs)
        # what stands in every name that meets a need: a compound holds one of its tokens too
        self._sought = re.compile("|".join(token for need in needs for token in need.tokens))

    def scores(self, entries: Iterable[IndexEntry]) -> dict[IndexEntry, float]:
        return {entry: self._score(entry) for entry in entries}

    def _score(self, entry: IndexEntry) -> float:
        zones = Zones(entry)
        worths = [_worth(zones, need) for need in self.needs]
        worth = sum(each * rarely for each, rarely in zip(worths, self.rare, strict=True))
        worth += ALL_OF_IT if all(worths) else 0
        return worth + self._share_of_name(entry) - RANK_COST * entry.rank

    def _share_of_name(self, entry: IndexEntry) -> float:
        """How nearly the query is one of its names; exactly that counts extra."""
        names = [name for name in entry.names.splitlines() if self._sought.search(name)]
        best = max((_share(name.partition("\t")[2], self.needs) for name in names), default=0.0)
        return SHARE_OF_NAME * best + (WHOLE_NAME if best == 1.0 else 0.0)


def rarity(count: int, of: int) -> float:
    """How much a word tells that ``count`` of so many entries use; 1 for one that all use."""
    return 1 + log2((of + 1) / (count + 1)) / RARITY


class Zones(dict):
    """The bags of an entry, each made when it is first looked into."""

    def __init__(self, entry: IndexEntry) -> None:
        self.entry = entry

    def __missing__(self, name: str) -> set[str]:
        found = self[name] = set(getattr(self.entry, name).split())
        return found


def _worth(zones: Zones, need: Need) -> float:
    """By the first zone that meets it: even a compound there is worth more than all below."""
    if need.is_phrase:
        return _phrase_worth(zones.entry, need)
    for name, worth in ZONE_WORTH.items():
        if need.is_met_by(zones[name]):
            return worth * _nearness(zones[name], need)
    return 0.0


def _phrase_worth(entry: IndexEntry, need: Need) -> float:
    said = (name.partition("\t")[0] for name in entry.names.splitlines())
    named = any(need.is_said_in(tokens) for tokens in said)
    return ZONE_WORTH["first" if named else "second"]


def _nearness(zone: set[str], need: Need) -> float:
    return 1.0 if need.is_beginning or not zone.isdisjoint(need.tokens) else IN_A_COMPOUND


def _share(name: str, needs: Sequence[Need]) -> float:
    """Of a name given as the forms of its words."""
    every = set(name.replace("|", " ").split())
    met = [need for need in needs if need.is_met_by(every)]
    if not met:
        return 0.0
    words = [word.split("|") for word in name.split()]
    asked = [word for word in words if any(need.is_met_by(word) for need in met)]
    return len(asked) / len(words) * len(met) / len(needs)
