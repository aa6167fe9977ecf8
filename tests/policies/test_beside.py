"""The small picture on the page of an actor or a plan: its own responsibilities, and no more."""

import pytest

from actors.models import Actor
from policies.models import Plan, Responsibility
from tests.factories import published
from tests.policies.drawn import drawn, picture_of
from tests.reading import read

pytestmark = pytest.mark.django_db


def beside(client, record):
    return picture_of(read(client, record.address("en")))


def test_a_record_with_three_others_has_a_picture_beside_its_words(client):
    actor = published(Actor)
    plans = [published(Responsibility, actor=actor).plan for _ in range(2)]
    assert beside(client, actor) is None
    owned = published(Plan, owners=[actor])

    found = drawn(beside(client, actor))

    assert set(found.subjects) == {each.address("en") for each in (*plans, owned)}
    assert [tie.weight for tie in found.ties.elements()].count("2.5") == 1


def test_a_plan_with_three_others_has_one_too_and_shows_nobody_who_is_not_public(client):
    owners = [published(Actor) for _ in range(3)]
    plan = published(Plan, owners=owners)
    row = published(Responsibility, plan=plan)
    Actor.objects.filter(pk=owners[0].pk).update(state="unpublished")

    found = drawn(beside(client, plan))

    assert set(found.actors) == {each.address("en") for each in (*owners[1:], row.actor)}
    assert found.subjects == [plan.address("en")]
