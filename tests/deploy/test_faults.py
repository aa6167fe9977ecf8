"""Parts of the machine end while readers read: what was said stays readable, and nothing old."""

import itertools
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.deploy.asking import Answer
from tests.deploy.machine import Machine
from tests.deploy.processes import SOON
from tests.deploy.test_front import told

pytestmark = pytest.mark.own_process

READS = 200


@contextmanager
def read_meanwhile(machine: Machine) -> Iterator[list[Answer]]:
    """Two readers go from page to page until everything was done, and each read its share."""
    answers, done = [], threading.Event()
    pages = itertools.cycle([*machine.site["pages"], *machine.site["files"]])

    def read() -> None:
        while not done.is_set() or len(answers) < READS:
            answers.append(machine.front.ask(next(pages), Accept_Encoding="br"))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        yield answers
    finally:
        done.set()
        for reader in readers:
            reader.join()


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


def test_while_the_application_is_away_what_needs_it_says_when_to_come_back(whole):
    whole.gunicorn.kill()
    dynamic = [f"{address}?q=plan" for address in whole.site["searches"]]
    try:
        found = {address: whole.front.ask(address) for address in [*dynamic, "/nl/no-such/"]}
        permanent = whole.front.ask(whole.site["permanent"])
        pages = {address: whole.front.ask(address) for address in whole.site["pages"]}
        document = whole.front.ask(whole.site["document"], Range="bytes=5-14")
    finally:
        whole.gunicorn.start()

    said = {address: (answer.status, answer.body.decode()) for address, answer in found.items()}
    assert said == {address: (503, f"503 {address[1:3]}") for address in found}
    assert (permanent.status, permanent.body) == (503, b"503 all")
    for answer in [*found.values(), permanent]:
        assert answer.headers["retry-after"] == "10"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-")
    assert {answer.status for answer in pages.values()} == {200}
    assert (document.status, len(document.body)) == (206, 10)


def test_the_mirror_answers_as_the_application_does(whole):
    addresses = [each for kind in ("pages", "files", "chosen") for each in whole.site[kind]]
    addresses += [whole.site["document"], "/robots.txt"]
    theirs = {address: whole.straight(address, Accept_Encoding="br") for address in addresses}
    whole.gunicorn.kill()
    shutil.rmtree(whole.var / "pages" / "current" / "pages")
    try:
        ours = {address: whole.front.ask(address, Accept_Encoding="br") for address in addresses}
    finally:
        whole.gunicorn.start()

    wrong = [each for each in addresses if as_kept(ours[each]) != as_kept(theirs[each])]
    assert wrong == []
    assert len(addresses) > 130


def as_kept(answer: Answer) -> tuple:
    """Without what says whether it was made just now."""
    status, named = told(answer)
    also = ("cache-status", "accept-ranges")
    return status, {name: named[name] for name in named if name not in also}, answer.content
