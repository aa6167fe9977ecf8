"""What counts as a fact of who does what: what a record states, published on every side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.enums import Level
from actors.models import Actor, Membership
from policies.enums import Decision, Role
from policies.facts import facts, objectives
from policies.models import Instrument, MeasurePackage, Objective, Plan, Responsibility
from policies.purposes import by_level
from tests.factories import published, unpublished, withdrawn

pytestmark = pytest.mark.django_db

KEYS = [
    pytest.param(Plan, "owners", Role.DRAWS_UP, id="plan"),
    pytest.param(Membership, "coordinator", Role.COORDINATES, id="membership"),
    pytest.param(Instrument, "adopted_by", Decision.ADOPTED, id="instrument"),
    pytest.param(MeasurePackage, "announced_by", Decision.ANNOUNCED, id="package"),
]
STATES = [withdrawn, unpublished]


def every() -> list[tuple]:
    return [(fact.actor, fact.role, fact.subject, fact.stated_by) for fact in facts(objectives())]


def tie(kind, name: str, actor: Actor, publishing=published):
    """A record of this kind that names the actor under this key."""
    if name != "owners":
        return publishing(kind, **{name: actor})
    record = publishing(kind)
    record.owners.add(actor)
    return record


@pytest.mark.parametrize(("kind", "name", "role"), KEYS)
def test_a_key_of_a_published_record_is_a_fact(kind, name, role):
    actor = published(Actor)
    record = tie(kind, name, actor)

    assert every() == [(actor, role, record, record)]


@pytest.mark.parametrize(("kind", "name", "role"), KEYS)
@pytest.mark.parametrize("publishing", STATES)
def test_a_key_of_a_record_that_is_not_public_is_none(kind, name, role, publishing):
    tie(kind, name, published(Actor), publishing)

    assert every() == []


@pytest.mark.parametrize(("kind", "name", "role"), KEYS)
@pytest.mark.parametrize("state", ["withdrawn", "unpublished"])
def test_a_key_that_names_an_actor_who_is_not_public_is_none(kind, name, role, state):
    actor = published(Actor)
    tie(kind, name, actor)
    Actor.objects.filter(pk=actor.pk).update(state=state)

    assert every() == []


@pytest.mark.parametrize("state", ["withdrawn", "unpublished"])
def test_a_responsibility_is_one_while_it_its_actor_and_its_subject_are_public(state):
    row = published(Responsibility)
    told = [(row.actor, Role.COORDINATES, row.plan, row)]
    assert every() == told

    for side in (row.actor, row.plan, row):
        type(side).objects.filter(pk=side.pk).update(state=state)
        assert every() == []
        type(side).objects.filter(pk=side.pk).update(state="published")
    assert every() == told


def test_what_a_responsibility_says_no_key_says_again():
    actor, other = published(Actor, position=1), published(Actor, position=2)
    plan = published(Plan, owners=[actor, other])
    row = published(Responsibility, actor=actor, plan=plan, role=Role.DRAWS_UP)

    assert every() == [(actor, Role.DRAWS_UP, plan, row), (other, Role.DRAWS_UP, plan, plan)]


def test_belonging_publishing_and_plans_that_go_together_are_no_facts():
    actor = published(Actor, parent=published(Actor))
    published(Membership, organisation=actor)
    published(Plan, coordinated_with=[published(Plan)])

    assert every() == []


def test_facts_stand_by_level_then_as_editors_ordered_their_actors():
    places = [(Level.LOCAL, 1), (Level.FEDERAL, 2), (Level.FEDERAL, 1), (Level.INTERNATIONAL, 0)]
    for level, position in places:
        published(Responsibility, actor=published(Actor, level=level, position=position))

    found = [(actor.level, actor.position) for actor, *_rest in every()]

    assert found == [("federal", 1), ("federal", 2), ("local", 1), ("international", 0)]


def test_a_purpose_serves_itself_a_plan_those_that_it_names_and_nothing_else_any():
    first, second = published(Objective, position=1), published(Objective, position=2)
    hidden = unpublished(Objective)
    plan = published(Plan, objectives=[second, first])
    plan.objectives.add(hidden)
    for subject in ({"objective": second, "plan": None}, {"plan": plan}, {}):
        published(Responsibility, **subject)

    found = {fact.subject: fact.purposes for fact in facts(objectives())}

    assert (found.pop(second), found.pop(plan)) == ([second], [first, second])
    assert list(found.values()) == [[]]


def test_the_counts_of_purposes_and_levels_are_those_of_the_facts():
    purpose, other = published(Objective, position=1), published(Objective, position=2)
    for level in (Level.FEDERAL, Level.FEDERAL, Level.LOCAL):
        actor = published(Actor, level=level)
        published(Responsibility, actor=actor, objective=purpose, plan=None)
    published(Responsibility)

    rows = by_level(facts(objectives()), objectives())
    counted = {row.purpose: {c.level: c.count for c in row.cells if c.count} for row in rows}

    assert counted == {purpose: {"federal": 2, "local": 1}, other: {}, None: {"federal": 1}}
    assert [[cell.level for cell in row.cells] for row in rows] == [list(Level)] * 3


def test_many_facts_take_as_many_queries_as_few():
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            for fact in facts(objectives()):
                str((fact.actor, fact.subject, fact.verb, fact.published, fact.subject.address()))
                assert fact.subject.is_superseded in (True, False)
        return len(queries)

    def fill() -> None:
        actor = published(Actor)
        published(Responsibility, plan=published(Plan, objectives=[published(Objective)]))
        for kind, name in ((each.values[0], each.values[1]) for each in KEYS):
            tie(kind, name, actor)

    fill()
    one = asked()
    fill()
    fill()

    assert (one, asked()) == (7, 7)
