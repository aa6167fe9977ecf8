"""Nobody reads through nginx what was said before, once a publication is reported."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.deploy.machine import Machine

pytestmark = pytest.mark.machine

PUBLICATIONS = 6
FIRST = 1000


def read(machine: Machine, address: str) -> str:
    return machine.front.ask(address, Accept_Encoding="br").content.decode()


@contextmanager
def read_on(machine: Machine, said: list[int], reads: list[str]) -> Iterator[list[str]]:
    """Readers of whatever shows the plan; collects what is older than was reported before."""
    stale, done = [], threading.Event()

    def read_all(addresses: list[str]) -> None:
        for address in itertools.cycle(addresses):
            if done.is_set():
                return
            reported = said[-1]
            text = read(machine, address)
            if not any(f"Said {number}" in text for number in range(reported, said[-1] + 2)):
                stale.append(f"{address} {reported}")
            reads.append(address)

    shows = machine.site["shows_plan"]
    readers = [threading.Thread(target=read_all, args=[part]) for part in (shows, shows[::-1])]
    for reader in readers:
        reader.start()
    try:
        yield stale
    finally:
        done.set()
        for reader in readers:
            reader.join()


def published_meanwhile(machine: Machine, times: int) -> tuple[list[str], list[str]]:
    """What was stale, and all that was read, while that many publications were reported."""
    said, reads = [FIRST], []
    machine.act(f"say Said {FIRST}")
    with read_on(machine, said, reads) as stale:
        for number in range(FIRST + 1, FIRST + 1 + times):
            machine.act(f"say Said {number}")
            said.append(number)
            for address in machine.site["shows_plan"]:
                assert f"Said {number}" in read(machine, address)
    return stale, reads


def test_after_a_publication_no_page_list_or_related_page_is_from_before(machine):
    stale, reads = published_meanwhile(machine, PUBLICATIONS)

    assert stale == []
    assert len(reads) > 5 * PUBLICATIONS


def test_two_texts_of_one_length_have_two_tags_within_a_second(machine):
    page = machine.site["shows_plan"][0]
    tags = []
    for number in (2001, 2002, 2003):
        machine.act(f"say Said {number}")
        machine.straight(page)
        answer = machine.front.ask(page)
        tags.append(answer.headers["etag"])
        lengths = {len(answer.body)}
        assert machine.front.ask(page, If_None_Match=", ".join(tags)).status == 304

    assert len(lengths) == 1
    assert len(set(tags)) == 3
    assert machine.front.ask(page, If_None_Match=", ".join(tags[:-1])).status == 200


def test_what_is_withdrawn_says_so_and_is_on_no_list(machine):
    machine.act("say Said canary")
    plan, lists = machine.site["shows_plan"][:3], machine.site["shows_plan"][3:6]
    before = [read(machine, address) for address in (*plan, *lists)]
    machine.act("unsay")
    after = [read(machine, address) for address in (*plan, *lists)]
    machine.act("say_again Said 3000")

    assert ["Said canary" in text for text in before] == [True] * 6
    assert ['data-notice="withdrawn"' in text for text in after] == [True] * 3 + [False] * 3
    assert ["Said canary" in text for text in after[3:]] == [False] * 3


def test_what_is_withdrawn_is_not_given_by_the_mirror_either_while_the_application_is_away(machine):
    machine.act("say Said canary")
    machine.mirror()
    shows = [
        address for address in machine.site["shows_plan"] if "Said canary" in read(machine, address)
    ]
    with machine.mirror_kept():
        machine.act("unsay")
    machine.gunicorn.kill()
    try:
        found = {address: machine.front.ask(address) for address in shows}
    finally:
        machine.gunicorn.start()
        machine.nginx.reload()
        machine.act("say_again Said 3000")
        machine.mirror()

    assert len(shows) >= 6
    assert {answer.status for answer in found.values()} == {503}
    assert [address for address in found if "canary" in found[address].content.decode()] == []
