"""What every page shows of the whole site is looked for only where it may have changed."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from policies.models import Objective, Plan
from portal.delivery import everywhere
from portal.delivery.models import Change
from portal.publishing.models import Act
from portal.publishing.publish import publish, withdraw
from portal.records.reads import EVERYTHING
from tests.factories import published, unpublished

pytestmark = pytest.mark.django_db


def say(row, **dates: str | None) -> None:
    row = type(row).objects.get(pk=row.pk)
    for name, value in dates.items():
        setattr(row, name, value)
    assert publish([row], None, {}) == [row]


def at_once(*rows) -> None:
    assert publish([*rows], None, {}) == [*rows]


LEAVE_IT: dict[str, Callable[[Plan, Actor], object]] = {
    "a record of a kind that is there": lambda _plan, _actor: published(Plan),
    "a date within the years": lambda plan, _actor: say(plan, replaced="2015-06"),
    "a new record within the years": lambda _plan, _actor: published(Plan, drawn_up="2012/2014"),
    "an actor without a date": lambda _plan, _actor: published(Actor),
    "several at once": lambda _plan, _actor: at_once(
        unpublished(Plan, drawn_up="2011"), unpublished(Actor)
    ),
}
CHANGE_IT: dict[str, Callable[[Plan, Actor], object]] = {
    "a date before them": lambda plan, _actor: say(plan, drawn_up="2009-12-31"),
    "a period that ends after them": lambda _plan, _actor: published(Plan, drawn_up="2014/2016"),
    "a date that goes": lambda plan, _actor: say(plan, revised=None),
    "the first date of a kind": lambda _plan, actor: say(actor, established="2012"),
    "a record of a kind that was empty": lambda _plan, _actor: published(Objective),
    "a record that goes": lambda plan, _actor: withdraw([plan], None, {}),
    "one of several at once": lambda _plan, _actor: at_once(
        unpublished(Plan, drawn_up="2011"), unpublished(Plan, drawn_up="1999")
    ),
}
ACTS = [(act, False) for act in LEAVE_IT.values()] + [(act, True) for act in CHANGE_IT.values()]


@pytest.mark.parametrize(("act", "may_change"), ACTS, ids=[*LEAVE_IT, *CHANGE_IT])
def test_only_an_act_that_may_change_it_looks_at_all(act, may_change):
    plan, actor = published(Plan, drawn_up="2010", revised="2015"), published(Actor)
    published(Plan)
    before = Change.objects.order_by("-number").first()
    with CaptureQueriesContext(connection) as asked:
        act(plan, actor)
    after = Change.objects.order_by("-number").first()
    looks = [each["sql"] for each in asked.captured_queries if "UNION" in each["sql"]]

    assert after.shared == everywhere.shown()
    assert (len(looks) == 1) == may_change
    assert (after.shared != before.shared) == (EVERYTHING in after.keys.splitlines()) == may_change


def test_what_another_edition_said_of_it_is_looked_for_anew():
    published(Plan)
    ours = json.loads(everywhere.shown())
    others = ["6f1d", '["plan"]', json.dumps(ours | {"asked": {"plan": ["drawn_up"]}})]
    for said in others:
        Change.objects.update(shared=said)
        published(Plan)
        last = Change.objects.order_by("-number").first()

        assert last.shared == everywhere.shown()
        assert EVERYTHING in last.keys.splitlines()


def test_one_that_comes_back_within_the_years_looks_at_nothing():
    plan = published(Plan, drawn_up="2012")
    published(Plan, drawn_up="2010", revised="2015")
    withdraw([plan], None, {})
    with CaptureQueriesContext(connection) as asked:
        publish([Plan.objects.get(pk=plan.pk)], None, {}, act=Act.RESTORATION)

    assert [each for each in asked.captured_queries if "UNION" in each["sql"]] == []
    assert Change.objects.order_by("-number").first().shared == everywhere.shown()
