"""Whoever waits in vain for somebody else is told so in a sentence, and may try again."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from django.db import OperationalError, connection, connections, transaction

from policies.models import Plan
from portal.publishing import review
from portal.publishing.drafts import discard, newest
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Revision, Stage
from portal.publishing.turns import one_act
from tests.factories import published
from tests.locks import somebody_waits
from tests.publishing.review import refusal, said_otherwise, submitted, writer

two_at_once = pytest.mark.only_on("postgresql")  # SQLite lets one write at a time


@pytest.fixture
def at_work():
    """Somebody who holds a lock until told to end."""
    ends, holds = Event(), Event()

    def hold(lock) -> None:
        with transaction.atomic():
            lock()
            holds.set()
            ends.wait(10)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        yield lambda lock: (pool.submit(hold, lock), holds.wait(10)), ends
        ends.set()


@two_at_once
@pytest.mark.django_db(transaction=True)
def test_an_act_whose_turn_does_not_come_is_refused_in_a_sentence_and_succeeds_later(at_work):
    begin, ends = at_work
    plan, one = published(Plan), writer()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    begin(one_at_a_time)
    connection.cursor().execute("SET lock_timeout = '50ms'")

    assert "your turn did not come" in refusal(review.take_back, release, one)
    ends.set()
    connection.cursor().execute("SET lock_timeout = '5s'")
    assert review.take_back(release, one).stage == Stage.TAKEN_BACK


@two_at_once
@pytest.mark.django_db(transaction=True)
def test_two_who_put_back_a_text_at_once_number_it_one_after_the_other(at_work):
    begin, ends = at_work
    plan, one = published(Plan), writer()
    said_otherwise(plan, one)
    begin(lambda: discard(plan.pk, one))
    with ThreadPoolExecutor(1) as pool:

        def again() -> None:
            discard(plan.pk, one)
            connections.close_all()

        second = pool.submit(again)
        while not (second.done() or somebody_waits()):
            pass
        ends.set()
        second.result(10)

    assert newest(plan.pk).number == Revision.objects.filter(record=plan.pk).count() == 4


@pytest.mark.django_db
def test_a_file_that_somebody_else_writes_is_busy_and_not_away(tmp_path):
    file = tmp_path / "file.sqlite3"

    @one_act
    def write(path) -> None:
        try:
            with closing(sqlite3.connect(path, timeout=0)) as mine:
                mine.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as fault:
            raise OperationalError(str(fault)) from fault

    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "your turn did not come" in refusal(write, file)
    with pytest.raises(OperationalError):
        write(tmp_path / "nowhere" / "file.sqlite3")
