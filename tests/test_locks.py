"""A test that lets others wait for each other is not misled by the tests that run beside it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from time import sleep

import pytest
from django.db import connection

from tests.locks import somebody_waits

EVERYWHERE = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s"
LOCK = "SELECT pg_advisory_lock(1)"


def while_one_waits_in(database: str, ask: Callable[[], bool]) -> bool:
    """What is answered while one session waits for another in this database of the server."""
    parameters = connection.get_connection_params() | {"dbname": database}
    connect = connection.Database.connect
    with (
        closing(connect(**parameters)) as waiter,
        closing(connect(**parameters)) as holder,
        ThreadPoolExecutor(1) as pool,
    ):
        holder.cursor().execute(LOCK)
        waiting = pool.submit(waiter.cursor().execute, LOCK)
        while not _waits(waiter.info.backend_pid):
            assert not waiting.done()
            sleep(0.01)
        answer = ask()
        holder.rollback()
        holder.cursor().execute("SELECT pg_advisory_unlock(1)")
        waiting.result(10)
    return answer


def _waits(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(EVERYWHERE, [pid])
        return cursor.fetchone()[0] == 1


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_who_waits_in_another_database_of_the_server_is_not_meant():
    here = connection.settings_dict["NAME"]

    assert while_one_waits_in("postgres", somebody_waits) is False
    assert while_one_waits_in(here, somebody_waits) is True
