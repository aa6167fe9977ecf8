"""Eight people do everything at once to the same few records: each is obeyed or told why not."""

import json
import os
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from django.db import connection
from django.db.models import Count

from policies.models import Plan
from portal.publishing.faults import PublicationRefused
from portal.publishing.models import OPEN, Entry, Item, Release, Revision, Stage, Version
from portal.publishing.turns import Refused
from portal.publishing.verify import faults_in_history
from portal.staff.models import Account
from tests import factories
from tests.proofs.acts import ACTS, NOTHING_TO_DO, Told, Worker
from tests.proofs.children import Tell, in_a_child
from tests.publishing.review import approver, writer

WORKERS = 8
RECORDS = 6
BEAT = 0.1  # seconds
FASTER = ("Somebody", "Others are at work", "This page cannot be shown")  # so contention begins
ATTEMPTS = 10  # having loaded the page anew so often, nobody is told of contention any more


class Working:
    """One process: a random act, again and again, and how each ended."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.counts = {act.__name__: Counter() for act in ACTS}
        self.wrong = worker.wrong

    def until(self, end: float) -> None:
        """Everybody begins on the beat, and half of them with the same act."""
        while (now := time.monotonic()) < end:
            time.sleep(BEAT - now % BEAT)
            beat = Random(round(time.monotonic() / BEAT))
            self.insist(self.worker.random.choice([beat, self.worker.random]).choice(ACTS))

    def insist(self, act: Callable) -> None:
        """Whoever was too slow loads the page anew, and does it again."""
        counts = self.counts[act.__name__]
        for _ in range(ATTEMPTS):
            if not self.attempt(act, counts).startswith(FASTER):
                return
            counts["contended"] += 1
        self.wrong.append(f"{act.__name__}: contended {ATTEMPTS} times in a row")

    def attempt(self, act: Callable, counts: Counter) -> str:
        """The sentence of a refusal; empty where there was none."""
        counts["attempted"] += 1
        try:
            done = act(self.worker)
        except (Refused, PublicationRefused, Told) as refused:
            counts["refused"] += 1
            self.wrong += [] if str(refused).strip() else [f"{act.__name__}: an empty sentence"]
            return str(refused)
        except Exception as fault:
            self.wrong.append(f"{act.__name__}: {fault!r}")
        else:
            counts["idle" if done == NOTHING_TO_DO else "accepted"] += 1
        return ""


def working(seed: int, seconds: int, tell: Tell) -> None:
    work = Working(Worker(Random(seed)))
    work.until(time.monotonic() + seconds)
    tell(json.dumps([work.counts, work.wrong, work.worker.published]).encode())


def run(seconds: int, seed: int) -> dict:
    writer(), approver(), approver("second approver")
    Account.objects.create_superuser("administrator")
    for _ in range(RECORDS):
        factories.published(Plan)
    counts = {act.__name__: Counter() for act in ACTS}
    wrong, published = [], 0
    for counted, complaints, some in together(seconds, seed):
        for name, count in counted.items():
            counts[name].update(count)
        wrong += complaints
        published += some
    return {
        "database": connection.vendor,
        "acts": counts,
        "wrong": wrong,
        "published": published,
        "public": Release.objects.filter(stage=Stage.PUBLISHED).count(),
        "twice": twice(),
        "astray": astray(),
        "faults": list(faults_in_history()),
    }


def together(seconds: int, seed: int) -> list:
    """What each of the workers counted."""
    children = [
        in_a_child(lambda tell, n=number: working(seed * WORKERS + n, seconds, tell))
        for number in range(WORKERS)
    ]
    counted = []
    for child, reading in children:
        with os.fdopen(reading) as said:
            counted.append(json.load(said))
        os.waitpid(child, 0)
    return counted


def twice() -> list:
    """Numbers given to two, and records in two open releases."""
    asked = [
        Revision.objects.values("record", "number"),
        Version.objects.values("record", "number"),
        Entry.objects.values("number"),
        Item.objects.filter(release__stage__in=OPEN).values("record_uuid"),
    ]
    return [
        str(found)
        for values in asked
        for found in values.order_by().annotate(times=Count("pk")).filter(times__gt=1)
    ]


def astray() -> list[str]:
    """Items that are open in a closed release, or closed in an open one."""
    open_items = Item.objects.filter(is_open=True)
    closed = open_items.exclude(release__stage__in=OPEN)
    still = Item.objects.filter(is_open=False, release__stage__in=OPEN)
    return [str(item.pk) for item in [*closed, *still]]
