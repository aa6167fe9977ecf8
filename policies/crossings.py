"""Two facing columns in the order in which their lines cross least.

Actors stay within their group, groups keep their order, subjects may stand anywhere. To find
the very best order takes longer with every line (it is NP-hard), so a good one is looked for:
both columns by turns are sorted by the mean place of what they are tied to, then each member is
sifted to its best place, until nothing crosses less. This is done from several first orders,
always the same ones, and the best result stands. Barycentres: Sugiyama, Tagawa and Toda, 1981;
sifting: Matuszewski, Schönfeld and Molitor, 1999.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import inf
from random import Random
from statistics import fmean

STARTS = 48
MOST_ROUNDS = 12

Line = tuple[int, int]  # the number of an actor, the number of a subject
Orders = tuple[tuple[int, ...], tuple[int, ...]]


def crossings(left: Sequence[int], right: Sequence[int], lines: Sequence[Line]) -> int:
    """How many pairs of lines cross. Lines that share an end do not."""
    here, there = places(left), places(right)
    ends = sorted((here[actor], there[subject]) for actor, subject in lines)
    return sum(a < c and d < b for place, (a, b) in enumerate(ends) for c, d in ends[place + 1 :])


@lru_cache(maxsize=256)
def untangled(groups: tuple[tuple[int, ...], ...], lines: tuple[Line, ...]) -> Orders:
    """The actors and the subjects, each in order. The same input gives the same orders.

    Every actor is in one group; a subject is one because a line leads to it.
    """
    subjects = tuple(sorted({subject for _actor, subject in lines}))
    found = [_from(start, groups, subjects, lines) for start in range(STARTS)]
    left, right = min(found, key=lambda orders: (crossings(*orders, lines), _slant(*orders, lines)))
    return tuple(left), tuple(right)


def places(order: Sequence[int]) -> dict[int, int]:
    return {member: place for place, member in enumerate(order)}


def _from(start: int, groups, subjects: Sequence[int], lines: Sequence[Line]) -> tuple:
    """The best that comes of one first order: that in which they are given, or a shuffled one."""
    shuffler = Random(start)  # noqa: S311 - the same everywhere; nothing is secret
    columns = [shuffler.sample(group, len(group)) if start else group for group in groups]
    best, fewest = (), inf
    for _ in range(MOST_ROUNDS):
        (right,) = _sorted([subjects], _joined(columns), _ends(lines, 1))
        columns = _sorted(columns, right, _ends(lines, 0))
        now = crossings(_joined(columns), right, lines)
        if now >= fewest:
            break
        best, fewest = (_joined(columns), right), now
    return best


def _joined(columns: Sequence[Sequence[int]]) -> list[int]:
    return [member for column in columns for member in column]


def _ends(lines: Sequence[Line], side: int) -> dict[int, list[int]]:
    """What each member of a side is tied to."""
    ends: dict[int, list[int]] = {}
    for line in lines:
        ends.setdefault(line[side], []).append(line[1 - side])
    return ends


def _sorted(columns: Sequence[Sequence[int]], other: Sequence[int], ends: dict) -> list[list[int]]:
    """Each of these columns by the mean place of its ends on the other side, then sifted."""
    there = places(other)
    at = {member: sorted(there[end] for end in tied) for member, tied in ends.items()}
    return [
        _sifted(sorted(column, key=lambda member: (fmean(at[member]), member)), _costs(column, at))
        for column in columns
    ]


def _costs(column: Sequence[int], at: dict[int, list[int]]) -> Callable[[int, int], int]:
    """``cost(a, b)``: how many lines of the two cross where ``a`` stands above ``b``."""
    counted = {
        (a, b): sum(x > y for x in at[a] for y in at[b]) for a in column for b in column if a != b
    }
    return lambda a, b: counted[a, b]


def _sifted(column: list[int], cost: Callable[[int, int], int]) -> list[int]:
    """Each member at the place where its own lines cross least; the nearest of several."""
    for member in sorted(column):
        here = column.index(member)
        others = [each for each in column if each != member]
        costs = [sum(cost(member, each) for each in others)]
        for each in others:
            costs.append(costs[-1] + cost(each, member) - cost(member, each))
        best = min(range(len(costs)), key=lambda place: (costs[place], abs(place - here)))
        others.insert(best, member)
        column = others
    return column


def _slant(left: Sequence[int], right: Sequence[int], lines: Sequence[Line]) -> float:
    """How far the lines climb or fall: of orders that cross alike, the flattest is the calmest."""
    here, there = places(left), places(right)
    tall, wide = max(len(left) - 1, 1), max(len(right) - 1, 1)
    return sum(abs(here[actor] / tall - there[subject] / wide) for actor, subject in lines)
