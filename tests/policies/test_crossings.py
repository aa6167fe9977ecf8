"""The lines of two facing columns cross as seldom as a patient eye could make them."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.crossings import crossings, untangled

TRIES = 60  # orders at random, of graphs this small


@st.composite
def graphs(draw) -> tuple:
    """Up to three groups of actors, and lines in which every actor has a part."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    groups = tuple(tuple(range(s, s + n)) for s, n in zip(starts, sizes, strict=True))
    lines = {(actor, draw(st.integers(0, 5))) for group in groups for actor in group}
    more = st.tuples(st.integers(0, sum(sizes) - 1), st.integers(0, 5))
    return groups, tuple(sorted(lines | draw(st.sets(more, max_size=12))))


def best_at_random(groups, lines, tries: int, seed: int = 0) -> int:
    """The fewest crossings among so many shuffled orders that keep the groups."""
    order = Random(seed)
    subjects = sorted({subject for _actor, subject in lines})
    found = []
    for _ in range(tries):
        left = [order.sample(group, len(group)) for group in groups]
        right = order.sample(subjects, len(subjects))
        found.append(crossings([actor for group in left for actor in group], right, lines))
    return min(found)


def test_lines_cross_where_their_ends_stand_the_other_way_round():
    assert crossings([0, 1], [0, 1], [(0, 0), (1, 1)]) == 0
    assert crossings([0, 1], [1, 0], [(0, 0), (1, 1)]) == 1
    assert crossings([0, 1], [0, 1], [(0, 0), (0, 1), (1, 0), (1, 1)]) == 1


def test_lines_that_share_an_end_do_not_cross():
    assert crossings([0, 1, 2], [0], [(0, 0), (1, 0), (2, 0)]) == 0
    assert crossings([0], [0, 1, 2], [(0, 2), (0, 0), (0, 1)]) == 0


def test_the_fewest_are_found_where_few_first_orders_lead_to_them():
    groups = ((0, 1), (2, 3), (4, 5))
    lines = ((0, 1), (1, 0), (1, 3), (2, 3), (3, 0), (4, 0), (4, 1), (4, 2), (5, 3))

    assert crossings(*untangled(groups, lines), lines) == 7


@pytest.mark.proof
@given(graph=graphs())
def test_no_order_at_random_crosses_less(graph):
    groups, lines = graph
    left, right = untangled(groups, lines)

    assert crossings(left, right, lines) <= best_at_random(groups, lines, TRIES)


@pytest.mark.proof
@given(graph=graphs())
def test_everybody_stays_in_the_group_and_nobody_is_lost(graph):
    groups, lines = graph
    left, right = untangled(groups, lines)
    ends = [sum(len(group) for group in groups[:place]) for place in range(len(groups) + 1)]

    assert [sorted(left[a:b]) for a, b in pairwise(ends)] == [*map(list, groups)]
    assert sorted(right) == sorted({subject for _actor, subject in lines})


def test_the_same_graph_gives_the_same_orders_however_often_it_is_asked():
    groups, lines = ((0, 1, 2), (3, 4)), ((0, 2), (1, 0), (2, 1), (3, 1), (4, 0), (4, 2))
    first = untangled(groups, lines)
    untangled.cache_clear()

    assert untangled(groups, lines) == first
