"""A page that many ask for at once is made once, by whichever worker it is asked of."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections

from policies.models import Plan
from portal.delivery import turns
from portal.delivery.turns import one_rendering
from tests.delivery.front import Front
from tests.factories import published
from tests.proofs.children import in_a_child

pytestmark = [pytest.mark.django_db(transaction=True)]
AT_ONCE = 50


def ask_at_once(front: Front, address: str, times: int) -> list:
    def ask(_number):
        try:
            return front.get(address)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(ask, range(times)))


def test_fifty_first_readers_in_one_process_cost_one_rendering(front):
    address = published(Plan, languages=["en"]).address("en")

    answers = ask_at_once(front, address, AT_ONCE)

    assert front.django.asked == 1
    assert len({answer.body for answer in answers}) == 1
    assert sorted(answer.how for answer in answers) == [
        "portal; fwd=miss; stored",
        *["portal; hit"] * (AT_ONCE - 1),
    ]


def test_fifty_first_readers_in_two_processes_cost_one_rendering(store):
    address = published(Plan, languages=["en"]).address("en")

    def reading(tell) -> None:
        front = Front(store)
        answers = ask_at_once(front, address, AT_ONCE // 2)
        bodies = sorted({answer.body.decode() for answer in answers})
        tell(json.dumps([front.django.asked, bodies]).encode())

    children = [in_a_child(reading) for _ in range(2)]
    told = []
    for child, reading_end in children:
        with os.fdopen(reading_end) as said:
            told.append(json.load(said))
        os.waitpid(child, 0)

    assert sum(asked for asked, _bodies in told) == 1
    assert told[0][1] == told[1][1]
    assert len(told[0][1]) == 1


@pytest.mark.only_on("sqlite")
def test_whoever_waited_too_long_makes_a_page_of_their_own(front, monkeypatch):
    """Nobody waits for ever for a worker that hangs."""
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    address = published(Plan, languages=["en"]).address("en")
    hangs, ends = Event(), Event()

    def hang() -> None:
        with one_rendering(front.store.root, address[1:] + "index.html"):
            hangs.set()
            ends.wait(10)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hang)
        assert hangs.wait(10)
        answer = front.get(address)
        ends.set()

    assert (answer.status, answer.how) == (200, "portal; fwd=miss; stored")


@pytest.mark.only_on("sqlite")
def test_a_turn_ends_with_a_worker_that_is_killed(store):
    import signal

    def hang(tell) -> None:
        with one_rendering(store.root, "a.html"):
            tell(b"!")
            Event().wait(30)

    child, reading_end = in_a_child(hang)
    assert os.read(reading_end, 1) == b"!"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading_end)

    took = []
    with one_rendering(store.root, "a.html"):
        took.append(True)
    assert took == [True]
