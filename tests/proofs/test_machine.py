"""The machine with the founding content: every page through nginx, every part of it at fault."""

import json
import os
import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from portal.delivery.links import SECURITY
from tests.deploy.machine import Machine, ready_machine
from tests.deploy.test_faults import emptied, is_back, read_meanwhile, waited_for
from tests.deploy.test_fresh import published_meanwhile
from tests.deploy.test_front import differing
from tests.proofs import test_mirror_alone

pytestmark = [pytest.mark.proof, pytest.mark.machine]

AWAY = 6.0  # seconds
PUBLICATIONS = 50


@pytest.fixture(scope="module")
def founded() -> Iterator[Machine]:
    """As impatient as in production."""
    with TemporaryDirectory() as folder, ready_machine(Path(folder), "founding") as made:
        made.configure(patience="2s")
        made.nginx.reload()
        yield made


@pytest.fixture
def patient(founded) -> Iterator[Machine]:
    """So that its mirror, which no publication renews here, is not asked."""
    founded.configure()
    founded.nginx.reload()
    yield founded
    founded.configure(patience="2s")
    founded.nginx.reload()


def application(machine: Machine) -> None:
    machine.gunicorn.kill()
    time.sleep(AWAY)
    machine.gunicorn.start()


def workers(machine: Machine) -> None:
    for _ in range(6):
        with suppress(ProcessLookupError, IndexError):
            machine.gunicorn.kill_worker()
        time.sleep(AWAY / 6)


def reloaded(machine: Machine) -> None:
    for _ in range(3):
        machine.gunicorn.process.send_signal(signal.SIGHUP)
        time.sleep(AWAY / 3)


def database(machine: Machine) -> None:
    machine.postgres.stop()
    time.sleep(AWAY)
    machine.postgres.start()


def database_frozen(machine: Machine) -> None:
    frozen = machine.postgres.processes()
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(AWAY)
    for pid in frozen:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


FAULTS = [application, workers, reloaded, database, database_frozen]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_every_page_stays_readable_through_every_fault(founded, fault: Callable, capsys):
    emptied(founded)
    with read_meanwhile(founded) as answers:
        fault(founded)
    assert waited_for(lambda: is_back(founded))

    seconds = [answer.seconds for answer in answers]
    with capsys.disabled():
        centiles = statistics.quantiles(seconds, n=100)
        print(f"\n{fault.__name__}: {len(answers)} pages, p50 {centiles[49]:.3f} s,", end=" ")
        print(f"p95 {centiles[94]:.3f} s, slowest {max(seconds):.3f} s")
    assert Counter(answer.status for answer in answers) == {200: len(answers)}


def test_every_page_of_the_sitemap_is_as_the_application_sends_it(founded):
    pages = founded.site["pages"]

    assert differing(founded, pages) == []
    assert len(pages) > 500


def test_the_mirror_alone_answers_every_address_as_in_front_of_the_application(patient, capsys):
    mirror, began = patient.folder / "whole", time.monotonic()
    patient.manage("export_site", mirror)
    made = time.monotonic()
    lines = map(json.loads, (mirror / "current" / "manifest.jsonl").read_text().splitlines())
    listed = [line["address"] for line in lines if "address" in line]
    asked = [each for each in listed if not each.startswith("/errors/") and each != SECURITY]
    with patient.mirror_alone(mirror) as alone:
        parted = test_mirror_alone.differing(alone, patient.front, asked, ["identity"])
        parted += test_mirror_alone.differing(alone, patient.front, asked[::10], ["gzip", "br"])
        texts = [each.ask(SECURITY).body for each in (alone, patient.front)]

    with capsys.disabled():
        print(f"\n{len(asked)} addresses compared in {time.monotonic() - made:.0f} s,", end=" ")
        print(f"mirrored in {made - began:.0f} s")
    assert parted == []
    assert texts[0] == texts[1]
    assert {*patient.site["pages"], *patient.site["former"], "/"} - {*asked} == set()
    assert len(asked) > 2000


def test_of_fifty_publications_none_is_seen_late(patient, capsys):
    stale, reads = published_meanwhile(patient, PUBLICATIONS)

    with capsys.disabled():
        print(f"\n{PUBLICATIONS} publications, {len(reads)} pages read, {len(stale)} stale")
    assert stale == []
