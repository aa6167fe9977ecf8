"""Eight people do everything at once to the same few records: each is obeyed or told why not."""

import json
import os
import time
from collections import Counter
from datetime import timedelta
from random import Random

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from policies.models import Plan
from portal.languages.texts import codes, column
from portal.publishing import going_public, review
from portal.publishing.faults import PublicationRefused
from portal.publishing.models import OPEN, Entry, Item, Release, Revision, Stage, Version
from portal.publishing.release_admin import NoteForm
from portal.publishing.schedule import publish_due
from portal.publishing.standing import Standing
from portal.publishing.verify import faults_in_history
from portal.staff.models import Account
from tests import factories
from tests.proofs.children import Tell, in_a_child
from tests.publishing.desk import address, posted
from tests.publishing.review import NOTES, approver, writer

WORKERS = 8
RECORDS = 4
CONTENTION = ("Somebody",)  # how a sentence begins that says somebody else was faster
ATTEMPTS = 10  # after reloading so often, contention has to be over


class Told(Exception):
    """What a page of the desk said instead of doing it."""


class Worker:
    """One process: a random person at a random act, again and again."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.people = list(Account.objects.order_by("pk"))
        self.desk = Client(raise_request_exception=False)
        self.desk.force_login(Account.objects.get(username="administrator"))
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.published = 0

    def work(self, seconds: int) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            act = self.random.choice(ACTS)
            self._insist(act)

    def _insist(self, act) -> None:
        for _ in range(ATTEMPTS):
            if not self._attempt(act).startswith(CONTENTION):
                return
        self.wrong.append(f"{act.__name__}: still contended after {ATTEMPTS} times")

    def _attempt(self, act) -> str:
        """The sentence of a refusal; empty where there was none."""
        name = act.__name__
        try:
            done = act(self)
        except (review.Refused, PublicationRefused, Told) as refused:
            self.counts[f"{name} refused"] += 1
            self.wrong += [] if str(refused).strip() else [f"{name}: an empty sentence"]
            return str(refused)
        except Exception as fault:
            self.wrong.append(f"{name}: {fault!r}")
            return ""
        self.counts[f"{name} accepted"] += done is not NOTHING_TO_DO
        return ""

    def person(self) -> Account:
        return self.random.choice(self.people)

    def plan(self) -> Plan:
        return self.random.choice(list(Plan.objects.all()))

    def release(self, *stages: str) -> Release | None:
        found = list(Release.objects.filter(stage__in=stages)[:8])
        return self.random.choice(found) if found else None


NOTHING_TO_DO = object()


def on_release(*stages: str):
    def decorated(act):
        def acted(worker: Worker):
            release = worker.release(*stages)
            return NOTHING_TO_DO if release is None else act(worker, release)

        acted.__name__ = act.__name__
        return acted

    return decorated


def save(worker: Worker) -> None:
    plan = worker.plan()
    words = {column("summary", c): f"Said {worker.random.random()}" for c in codes()}
    answer = worker.desk.post(address(Plan, "change", plan.pk), posted(worker.desk, plan, **words))
    if answer.status_code == 302:
        return
    assert answer.status_code == 200, answer.status_code
    errors = answer.context["adminform"].form.errors
    raise Told(" ".join(sentence for each in errors.values() for sentence in each))


def discard(worker: Worker) -> None:
    answer = worker.desk.post(address(Plan, "discard", worker.plan().pk))
    assert answer.status_code == 302, answer.status_code


def submit(worker: Worker) -> None:
    review.submit([worker.plan().pk], worker.person(), NOTES)


def submit_two(worker: Worker) -> None:
    two = worker.random.sample(list(Plan.objects.all()), 2)
    review.submit([each.pk for each in two], worker.person(), NOTES)


def withdraw(worker: Worker) -> None:
    review.propose_withdrawal(worker.plan(), worker.person(), NOTES)


def bring_back(worker: Worker) -> None:
    withdrawn = list(Plan.objects.filter(state="withdrawn")) or [worker.plan()]
    review.propose_restoration(worker.random.choice(withdrawn), worker.person(), NOTES)


@on_release(*OPEN, Stage.PUBLISHED)
def approve(worker: Worker, release: Release) -> object:
    parts = Standing(release).parts
    if not parts:
        return NOTHING_TO_DO
    part = worker.random.choice(parts)
    return review.approve(release, worker.person(), part.item.record_uuid, part.name, part.digest)


@on_release(*OPEN)
def approve_all(worker: Worker, release: Release) -> None:
    by = worker.person()
    for part in Standing(release).parts:
        review.approve(release, by, part.item.record_uuid, part.name)


@on_release(*OPEN)
def reject(worker: Worker, release: Release) -> None:
    review.reject(release, worker.person(), "Say it better.")


@on_release(*OPEN)
def take_back(worker: Worker, release: Release) -> None:
    review.take_back(release, worker.person())


@on_release(*OPEN)
def renew(worker: Worker, release: Release) -> None:
    review.renew(release, worker.person())


@on_release(*OPEN)
def annotate(worker: Worker, release: Release) -> None:
    told = {"act": "correction", column("note", "fr"): f"Parce que {worker.random.random()}"}
    review.annotate(release, worker.person(), lambda read: NoteForm(told, instance=read))


@on_release(*OPEN)
def publish(worker: Worker, release: Release) -> None:
    going_public.publish_release(release, worker.person())
    worker.published += 1


@on_release(*OPEN)
def publish_urgently(worker: Worker, release: Release) -> None:
    going_public.publish_urgently(release, worker.person(), "It cannot wait.")
    worker.published += 1


@on_release(*OPEN)
def schedule(worker: Worker, release: Release) -> None:
    going_public.schedule(release, worker.person(), timezone.now() + timedelta(seconds=1))


def keep_the_schedule(worker: Worker) -> None:
    outcome = publish_due()
    worker.published += len(outcome.published)
    reasons = [Release.objects.get(pk=each.pk).failure for each in outcome.failed]
    worker.wrong += [f"failed: {reason}" for reason in reasons if "A fault of the" in reason]


@on_release(Stage.PUBLISHED)
def undo(worker: Worker, release: Release) -> None:
    going_public.undo(release, worker.person())


ACTS = [
    *(save, submit, approve_all, publish) * 3,
    *(discard, submit_two, withdraw, bring_back, approve, reject, take_back, renew, annotate),
    *(publish_urgently, schedule, keep_the_schedule, undo),
]


def working(seed: int, seconds: int, tell: Tell) -> None:
    worker = Worker(Random(seed))
    worker.work(seconds)
    tell(json.dumps([worker.counts, worker.wrong, worker.published]).encode())


def run(seconds: int, seed: int) -> dict:
    writer(), approver(), approver("second approver")
    Account.objects.create_superuser("administrator")
    for _ in range(RECORDS):
        factories.published(Plan)
    children = [
        in_a_child(lambda tell, n=number: working(seed * WORKERS + n, seconds, tell))
        for number in range(WORKERS)
    ]
    counts, wrong, published = Counter(), [], 0
    for child, reading in children:
        with os.fdopen(reading) as told:
            counted, complaints, some = json.load(told)
        os.waitpid(child, 0)
        counts.update(counted)
        wrong += complaints
        published += some
    return {
        "database": connection.vendor,
        **dict(sorted(counts.items())),
        "wrong": wrong,
        "published": published,
        "public": Release.objects.filter(stage=Stage.PUBLISHED).count(),
        "twice": twice(),
        "faults": list(faults_in_history()),
    }


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
