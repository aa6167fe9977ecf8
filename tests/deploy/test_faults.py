"""Parts of the machine end while readers read: what was said stays readable, and nothing old."""

import itertools
import os
import shutil
import stat
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.asking import Answer
from tests.deploy.machine import Machine
from tests.deploy.processes import SOON

pytestmark = pytest.mark.machine

READS = 200


@contextmanager
def read_meanwhile(machine: Machine) -> Iterator[list[Answer]]:
    """Two readers go from page to page until everything was done, and each read its share."""
    answers, done, turn = [], threading.Event(), threading.Lock()
    pages = itertools.cycle([*machine.site["pages"], *machine.site["files"]])

    def read() -> None:
        while not done.is_set() or len(answers) < READS:
            with turn:
                page = next(pages)
            answers.append(machine.front.ask(page, Accept_Encoding="br"))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        yield answers
    finally:
        done.set()
        for reader in readers:
            reader.join()


@contextmanager
def forbidden(file: Path, _log: Path) -> Iterator[None]:
    file.chmod(0)
    yield
    file.chmod(0o644)


@contextmanager
def not_opened(file: Path, log: Path) -> Iterator[None]:
    """It is there and may be read, but the machine fails to open it, as on a broken disk.

    That is one of the few things that nginx says in its log of errors, which is emptied again.
    """
    kept = file.rename(file.with_name("kept"))
    os.mknod(file, stat.S_IFSOCK | 0o644)
    yield
    kept.replace(file)
    assert "No such device" in log.read_text()
    log.write_text("")


def emptied(machine: Machine) -> None:
    """The store holds no page in French, so that the application is really asked for them."""
    shutil.rmtree(machine.var / "pages" / "current" / "pages" / "fr", ignore_errors=True)


def waited_for(asked: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        if asked():
            return True
        time.sleep(0.05)
    return False


def is_back(machine: Machine) -> bool:
    return machine.front.ask(f"{machine.site['searches'][0]}?q=title").status == 200


@pytest.fixture
def whole(machine) -> Iterator[Machine]:
    """As it was before, also afterwards."""
    emptied(machine)
    yield machine
    machine.nginx.reload()
    assert waited_for(lambda: is_back(machine))


def application_ends(machine: Machine) -> None:
    machine.gunicorn.kill()
    assert waited_for(lambda: not is_back(machine))
    machine.gunicorn.start()


def worker_ends(machine: Machine) -> None:
    before = machine.gunicorn.workers()
    machine.gunicorn.kill_worker()
    assert waited_for(lambda: len({*machine.gunicorn.workers()} - {*before}) == 1)


def database_ends(machine: Machine) -> None:
    machine.postgres.stop()
    assert waited_for(lambda: not is_back(machine))
    machine.postgres.start()


@pytest.mark.parametrize("ends", [application_ends, worker_ends, database_ends])
def test_content_pages_stay_readable_whatever_ends(whole, ends):
    with read_meanwhile(whole) as answers:
        ends(whole)

    print(ends.__name__, len(answers))
    assert Counter(answer.status for answer in answers) == {200: len(answers)}
    assert len(answers) >= READS


@pytest.mark.parametrize("spoil", [forbidden, not_opened])
def test_a_kept_page_that_nginx_cannot_read_is_asked_of_the_application(machine, spoil):
    address = machine.site["pages"][1]
    plain = machine.straight(address).body
    file = machine.var / "pages" / "current" / "pages" / "en" / "index.html"
    with spoil(file, machine.errors):
        answer = machine.front.ask(address)

    assert address == "/en/"
    assert (answer.status, answer.body) == (200, plain)
    assert machine.logged(1)[0]["asked"] == f"127.0.0.1:{machine.gunicorn.port}"
