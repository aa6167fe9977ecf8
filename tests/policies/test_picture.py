"""The picture of who does what: one line for each fact, whatever order they come in."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.enums import Level
from actors.models import Actor
from policies.enums import Decision, Role
from policies.facts import Fact
from policies.models import Plan, Responsibility
from policies.picture import LINE_HEIGHT, PITCH, WEIGHTS, Picture
from portal.languages.texts import codes, set_texts
from tests.policies.drawn import every_role

LONG = "Coordinating unit for the analysis of threats"


def record(kind, title: str = "An example", **facts):
    made = kind(state="published", **facts)
    set_texts(made, "title", dict.fromkeys(codes(), title))
    return made


def fact(actor: Actor, role: Role | Decision, subject: Plan) -> Fact:
    return Fact(actor, role, subject, Responsibility(), [])


def facts_of(lines: set[tuple[int, int, int]]) -> list[Fact]:
    """Of numbers: an actor, a role, a subject. Every level has actors."""
    levels, roles = list(Level), every_role()
    actors = [record(Actor, level=levels[number % 5], position=number) for number in range(8)]
    plans = [record(Plan, position=number) for number in range(6)]
    return [fact(actors[a], roles[r], plans[s]) for a, r, s in sorted(lines)]


NUMBERS = st.tuples(st.integers(0, 7), st.integers(0, 12), st.integers(0, 5))


def seen(picture: Picture) -> tuple:
    nodes = [(node.record.pk, node.y) for node in (*picture.actors, *picture.subjects)]
    return nodes, [line.path for line in picture.lines], picture.levels, picture.height


@pytest.mark.proof
@given(lines=st.sets(NUMBERS, min_size=1, max_size=20), seed=st.integers(0, 99))
def test_the_same_facts_in_any_order_make_the_same_picture(lines, seed):
    facts = facts_of(lines)

    assert seen(Picture(Random(seed).sample(facts, len(facts)))) == seen(Picture(facts))


@pytest.mark.proof
@given(lines=st.sets(NUMBERS, min_size=1, max_size=20))
def test_every_fact_is_one_line_and_no_two_lines_or_names_fall_together(lines):
    picture = Picture(facts_of(lines))
    left, right = ([node.y for node in side] for side in (picture.actors, picture.subjects))

    assert len({line.path for line in picture.lines}) == len(lines)
    assert sum(len(strand.lines) for strand in picture.strands) == len(lines)
    assert all(b - a >= PITCH for a, b in pairwise(left))
    assert all(b - a >= PITCH for a, b in pairwise(right))
    assert 0 < min(left + right) <= max(left + right) < picture.height


def test_what_is_said_twice_is_drawn_once():
    actor, plan = record(Actor, level="federal"), record(Plan)

    picture = Picture([fact(actor, Role.SETS, plan), fact(actor, Role.SETS, plan)])

    assert len(picture.lines) == 1


def test_every_role_has_one_weight():
    weighed = [role for weight in WEIGHTS for role in weight.roles]

    assert sorted(weighed) == sorted(every_role())


def test_two_roles_with_one_verb_are_one_word_of_the_key():
    actor, plan = record(Actor, level="federal"), record(Plan)
    roles = (Role.COORDINATES, Role.DRAWS_UP, Role.SETS)

    strands = Picture([fact(actor, role, plan) for role in roles]).strands

    assert [strand.verbs for strand in strands] == [["coordinates"], ["draws up", "sets"]]


def test_a_level_stands_above_its_actors():
    actors = [record(Actor, level=level) for level in ("local", "federal")]
    picture = Picture([fact(actor, Role.SETS, record(Plan)) for actor in actors])
    (federal, first), (local, second) = picture.levels

    assert [node.record.level for node in picture.actors] == ["federal", "local"]
    assert (federal, local) == ("Federal", "Local")
    assert first < picture.actors[0].y < second < picture.actors[1].y


def test_a_long_name_gives_way_to_its_short_form_or_takes_more_lines():
    short, long = (record(Actor, LONG, level="federal", position=place) for place in (0, 1))
    set_texts(short, "abbreviation", dict.fromkeys(codes(), "CUAT"))
    plan = record(Plan)

    first, second = Picture([fact(each, Role.SETS, plan) for each in (short, long)]).actors

    assert first.words == ["CUAT"]
    assert second.words == ["Coordinating unit for", "the analysis of threats"]
    assert second.height == PITCH + LINE_HEIGHT
    assert [words for _y, words in second.written] == second.words


def test_a_name_in_another_language_is_marked_and_a_replaced_plan_says_so():
    plan = record(Plan, replaced="2021")
    set_texts(plan, "title", {**dict.fromkeys(codes()), "fr": "Exemple"})

    (node,) = Picture([fact(record(Actor, level="federal"), Role.SETS, plan)]).subjects

    assert (node.lang, node.words) == ("fr", ["Exemple (superseded)"])
