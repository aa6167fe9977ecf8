"""What a publication pays for its pages, and that it does not grow with the site."""

import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from policies.models import Plan
from portal.delivery import store as keeping
from portal.languages.texts import codes, set_texts
from portal.publishing import signals
from portal.publishing.publish import publish, withdraw
from portal.records.addresses import claim
from portal.records.models import State
from tests.factories import draft, published

pytestmark = pytest.mark.django_db
SHOWING = keeping.showing
QUERIES = {"a text": 5, "a title": 6, "a withdrawal": 7}


class Cost:
    """Of an act: queries, files taken out, and questions to the index of the store."""

    def __init__(self, monkeypatch) -> None:
        self.files = self.index = 0
        monkeypatch.setattr(keeping, "delete", self._delete)
        monkeypatch.setattr(keeping, "showing", self._showing)

    def _delete(self, path) -> None:
        if os.path.exists(path):  # noqa: PTH110 - as the store names it
            self.files += 1
            os.unlink(path)  # noqa: PTH108

    def _showing(self, index, key):
        self.index += 1
        return SHOWING(index, key)


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def added(act) -> int:
    """How many queries an act has more of for the sake of the kept pages."""
    with_it = queries_of(act)
    listeners = (signals.published, signals.withdrawn, signals.retold)
    held = [each.receivers for each in listeners]
    for each in listeners:
        each.receivers = [r for r in each.receivers if r[0][0] != "delivery"]
        each.sender_receivers_cache.clear()
    try:
        return with_it - queries_of(act)
    finally:
        for each, receivers in zip(listeners, held, strict=True):
            each.receivers = receivers
            each.sender_receivers_cache.clear()


def test_the_queries_that_the_kept_pages_add_to_a_publication(store):
    store.open()
    plans = [published(Plan) for _ in range(8)]
    words = iter(range(100))

    def say(name: str):
        plan = Plan.objects.get(pk=plans[0].pk)
        set_texts(plan, name, dict.fromkeys(codes(), f"Words {next(words)}"))
        assert publish([plan], None, {})

    found = {
        "a text": added(lambda: say("summary")),
        "a title": added(lambda: say("title")),
        "a withdrawal": added(lambda: withdraw([plans.pop()], None, {})),
    }

    assert found == QUERIES


def test_twenty_records_at_once_add_no_more_queries_than_one(store):
    store.open()
    published(Plan)
    one = added(lambda: publish([draft(Plan)], None, {}))
    many = added(lambda: publish([draft(Plan) for _ in range(20)], None, {}))

    assert (one, many) == (one, one)


def standing(many: int) -> list[Actor]:
    """So many public records that nobody has just published."""
    rows = [draft(Actor, languages=["en"], state=State.PUBLISHED) for _ in range(many)]
    Actor.objects.bulk_create(rows)
    claim(rows)
    return rows


@pytest.mark.only_on("sqlite")  # the pages of a store are files, whatever the database
def test_the_work_of_a_publication_does_not_grow_with_the_site(front, monkeypatch):
    """As many queries, files and questions beside ten times as many records with their pages."""
    plan, actor = published(Plan), published(Actor)
    known = [plan.address("en"), "/en/plans/", "/en/"]
    costs, words = [], iter(range(100))

    def say() -> None:
        row = Plan.objects.get(pk=plan.pk)
        set_texts(row, "title", dict.fromkeys(codes(), f"Words {next(words)}"))
        row.proposed_sets = {"owners": [actor]}
        assert publish([row], None, {})

    say()
    for more in (30, 270):
        others = standing(more)
        for address in [*known, *(each.address("en") for each in others[: more // 10])]:
            front.get(address)
        cost = Cost(monkeypatch)
        costs.append((queries_of(say), cost.files, cost.index))
        monkeypatch.undo()

    print(costs)
    assert all(later <= earlier for earlier, later in zip(*costs, strict=True))
    assert costs[0][1] == len(known) * 4
