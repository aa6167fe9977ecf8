"""Which purposes have actors at which level, and where nothing is on record."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from actors.enums import Level
from policies.facts import Fact
from policies.models import Objective


class Cell(NamedTuple):
    level: Level
    count: int  # of facts


class Row(NamedTuple):
    """``purpose`` is None for what is done for no purpose on record."""

    purpose: Objective | None
    cells: list[Cell]


def by_level(facts: Iterable[Fact], purposes: Iterable[Objective]) -> list[Row]:
    """One row a purpose, in their order, and a last one for what names none."""
    counted = Counter(
        (purpose and purpose.pk, fact.actor.level)
        for fact in facts
        for purpose in (fact.purposes or [None])
    )
    return [
        Row(each, [Cell(level, counted[each and each.pk, level.value]) for level in Level])
        for each in [*purposes, None]
    ]
