"""Readers and a publication at once: no page of before is kept after it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, connections, transaction

from policies.models import Plan
from portal.delivery.following import catch_up
from portal.delivery.store import Store
from portal.languages.texts import set_texts
from portal.publishing.publish import publish
from tests.factories import published
from tests.locks import somebody_waits

HIT, MADE, LEFT = "portal; hit", "portal; fwd=miss; stored", "portal; fwd=miss"
ADDRESS = "/en/plans/slug-kept/"


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan, slug={"en": "slug-kept"}, languages=["en"])


def say(plan: Plan, words: str) -> None:
    plan = Plan.objects.get(pk=plan.pk)
    set_texts(plan, "summary", {"en": words})
    assert publish([plan], None, {}) == [plan]


class Meanwhile:
    """Publishes when the page being made is about to ask its question of this number."""

    def __init__(self, plan: Plan, number: int) -> None:
        self.plan, self.left, self.is_done = plan, number, False

    def __call__(self, execute, *asked):
        if self.left == 0 and not self.is_done:
            self.is_done = True
            say(self.plan, "Said meanwhile")
        self.left -= 1
        return execute(*asked)


@pytest.mark.django_db
def test_whenever_a_publication_comes_while_a_page_is_made_the_next_reader_gets_the_new_one(
    front, plan
):
    kept, number, is_done = [], 0, True
    while is_done:
        front.store.empty(front.store.age) if number else None
        meanwhile = Meanwhile(plan, number)
        with connection.execute_wrapper(meanwhile):
            first = front.get(ADDRESS)
        is_done = meanwhile.is_done
        if is_done:
            assert (first.status, first.how) == (200, MADE if number == 0 else LEFT), number
            kept.append(first.how)
        second, now = front.get(ADDRESS), front.alone(ADDRESS)
        assert second.body == now.body, number
        assert front.get(ADDRESS).how == HIT
        say(plan, f"Said before {number}")
        number += 1

    assert len(kept) > 5


@pytest.mark.only_on("postgresql")  # where a reader reads while somebody writes
@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_made_between_the_renewal_and_the_end_of_a_publication_is_not_kept(
    front, plan
):
    is_written, may_end = Event(), Event()
    front.get(ADDRESS)

    def publishing() -> None:
        with transaction.atomic():
            say(plan, "Said slowly")
            is_written.set()
            may_end.wait(20)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(publishing)
        assert is_written.wait(20)
        meanwhile = [front.get(ADDRESS) for _ in range(3)]
        may_end.set()
        done.result()

    assert [answer.how for answer in meanwhile] == [LEFT] * 3
    after = front.get(ADDRESS)
    assert (after.how, after.body) == (MADE, front.alone(ADDRESS).body)
    assert after.body != meanwhile[0].body
    assert front.get(ADDRESS).how == HIT


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_store_that_opens_while_somebody_publishes_waits_for_the_end(front, plan):
    """The publication did not find it; so it is told how old the site is once that has ended."""
    is_written, may_end = Event(), Event()

    def publishing() -> None:
        with transaction.atomic():
            say(plan, "Said slowly")
            is_written.set()
            may_end.wait(20)
        connections.close_all()

    def reading() -> object:
        try:
            return front.get(ADDRESS)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = pool.submit(publishing)
        assert is_written.wait(20)
        meanwhile = pool.submit(reading)
        while not (is_waiting := somebody_waits()) and not meanwhile.done():
            sleep(0.01)
        may_end.set()
        assert is_waiting
        done.result()
        assert meanwhile.result().how == LEFT

    after = front.get(ADDRESS)
    assert (after.how, after.body) == (MADE, front.alone(ADDRESS).body)
    assert catch_up(front.store) == 0


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")  # it asks no database
def test_a_writer_who_is_slower_than_a_new_beginning_leaves_nothing_behind(front, monkeypatch):
    write = Store._write

    def slowly(store: Store, name: str, page) -> None:
        Store(store.root).begin_anew(also_if_sound=True)
        write(store, name, page)

    assert front.get("/en/").how == MADE
    with monkeypatch.context() as slow:
        slow.setattr(Store, "_write", slowly)
        assert front.get("/fr/").how == LEFT
        assert front.names() == []
    catch_up(front.store)
    assert [front.get("/fr/").how for _time in range(2)] == [MADE, HIT]
