"""A test that lets others wait for each other is not misled by the tests that run beside it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from time import sleep

import pytest
from django.db import connection

from tests.locks import somebody_waits

EVERYWHERE = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s"
LOCK = "SELECT pg_advisory_lock(1)"


@contextmanager
def one_waits_in(database: str) -> Iterator[None]:
    """One session waits for another in this database of the server."""
    parameters = connection.get_connection_params() | {"dbname": database}
    connect = connection.Database.connect
    with (
        closing(connect(**parameters)) as waiter,
        ThreadPoolExecutor(1) as pool,
        closing(connect(**parameters)) as holder,  # goes first, and the other waits no longer
    ):
        holder.cursor().execute(LOCK)
        waiting = pool.submit(waiter.cursor().execute, LOCK)
        while not _waits(waiter.info.backend_pid):
            assert not waiting.done()
            sleep(0.01)
        yield


def _waits(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(EVERYWHERE, [pid])
        return cursor.fetchone()[0] == 1


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_who_waits_in_another_database_of_the_server_is_not_meant():
    with one_waits_in("postgres"):
        assert not somebody_waits()
    with one_waits_in(connection.settings_dict["NAME"]):
        assert somebody_waits()
