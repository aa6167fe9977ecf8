"""What every page shows of the whole site is looked for only where it may have changed."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from policies.models import Plan
from portal.delivery import everywhere
from portal.delivery.models import Change
from portal.publishing.publish import publish, withdraw
from portal.records.reads import EVERYTHING
from tests.factories import published

pytestmark = pytest.mark.django_db


def say(plan: Plan, **dates: str | None) -> None:
    plan = Plan.objects.get(pk=plan.pk)
    for name, value in dates.items():
        setattr(plan, name, value)
    assert publish([plan], None, {}) == [plan]


ACTS: dict[str, tuple[bool, Callable[[Plan], object]]] = {
    "a record of a kind that is there": (False, lambda _plan: published(Plan)),
    "a date within the years": (False, lambda plan: say(plan, replaced="2015-06")),
    "a new record within the years": (
        False,
        lambda _plan: published(Plan, drawn_up="2010", revised="2015"),
    ),
    "a date before them": (True, lambda plan: say(plan, drawn_up="2009-12-31")),
    "a period that ends after them": (
        True,
        lambda _plan: published(Plan, drawn_up="2014/2016"),
    ),
    "a date that goes": (True, lambda plan: say(plan, revised=None)),
    "a record of a kind that was empty": (True, lambda _plan: published(Actor)),
    "a record that goes": (True, lambda plan: withdraw([plan], None, {})),
}


@pytest.mark.parametrize(("may_change", "act"), ACTS.values(), ids=ACTS)
def test_only_an_act_that_may_change_it_looks_at_all(may_change, act):
    plan, _another = published(Plan, drawn_up="2010", revised="2015"), published(Plan)
    before = Change.objects.order_by("-number").first()
    with CaptureQueriesContext(connection) as asked:
        act(plan)
    after = Change.objects.order_by("-number").first()
    looks = [each["sql"] for each in asked.captured_queries if "UNION" in each["sql"]]

    assert before.shared != "null"
    assert after.shared == everywhere.shown()
    assert (len(looks) == 1) == may_change
    assert (after.shared != before.shared) == (EVERYTHING in after.keys.splitlines()) == may_change


def test_what_another_edition_said_of_it_is_looked_for_anew():
    published(Plan)
    for said in ("6f1d", '["plan"]', '{"kinds": ["plan"]}'):
        Change.objects.update(shared=said)
        published(Plan)
        last = Change.objects.order_by("-number").first()

        assert last.shared == everywhere.shown()
        assert EVERYTHING in last.keys.splitlines()
