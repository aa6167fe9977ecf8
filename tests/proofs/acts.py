"""What people do at the desk and to releases, one act a function, each at random."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from random import Random

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from policies.models import Plan
from portal.languages.texts import codes, column
from portal.publishing import going_public, review
from portal.publishing.drafts import newest
from portal.publishing.models import OPEN, Act, Release, Stage
from portal.publishing.note_form import NoteForm
from portal.publishing.schedule import publish_due
from portal.publishing.standing import Standing
from portal.staff.models import Account
from portal.views.errors import SENTENCES
from tests.publishing.desk import address, posted
from tests.publishing.review import NOTES

REFUSING = (403, 503)  # what was withdrawn is shown and not changed; what is busy comes back


class Told(Exception):
    """What a page of the desk said instead of doing it."""


class Worker:
    """Somebody, a record and a release for each act, by chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.people = list(Account.objects.order_by("pk"))
        self.desk = Client(raise_request_exception=False)
        self.desk.force_login(Account.objects.get(username="administrator"))
        self.forms = {plan.pk: posted(self.desk, plan) for plan in Plan.objects.all()}
        self.published = 0
        self.wrong: list[str] = []

    def person(self) -> Account:
        return self.random.choice(self.people)

    def editor(self) -> Account:
        return self.random.choice([each for each in self.people if each.is_editor])

    def approver(self) -> Account:
        return self.random.choice([each for each in self.people if each.is_approver])

    def plan(self) -> Plan:
        return self.random.choice(list(Plan.objects.all()))

    def release(self, *stages: str) -> Release | None:
        found = list(Release.objects.filter(stage__in=stages)[:8])
        return self.random.choice(found) if found else None


NOTHING_TO_DO = "nothing to do"


def on_release(*stages: str) -> Callable:
    """The act is done to a release that stands so, if there is one."""

    def decorated(act: Callable) -> Callable:
        @wraps(act)
        def acted(worker: Worker):
            release = worker.release(*stages)
            return NOTHING_TO_DO if release is None else act(worker, release)

        return acted

    return decorated


def save(worker: Worker) -> None:
    """The form as somebody opened it, in one case of four before somebody else saved."""
    plan = worker.plan()
    words = {column("summary", c): f"Said {worker.random.random()}" for c in codes()}
    opened = newest(plan.pk).number - (worker.random.random() < 0.25)
    typed = worker.forms[plan.pk] | words | {"seen": str(opened)}
    answer = told(worker.desk.post(address(Plan, "change", plan.pk), typed))
    if answer.status_code == 200:
        found = answer.context["adminform"].form.errors.values()
        raise Told(" ".join(sentence for each in found for sentence in each))


def discard(worker: Worker) -> None:
    told(worker.desk.post(address(Plan, "discard", worker.plan().pk)))


def told(answer: HttpResponse) -> HttpResponse:
    """Raises Told for a page that says why not; any fault of the portal is one of the proof."""
    if answer.status_code in REFUSING:
        raise Told(str(SENTENCES[answer.status_code]))
    assert answer.status_code in (200, 302), answer.status_code
    return answer


def submit(worker: Worker) -> None:
    review.submit([worker.plan().pk], worker.editor(), NOTES)


def submit_two(worker: Worker) -> None:
    two = worker.random.sample(list(Plan.objects.all()), 2)
    review.submit([each.pk for each in two], worker.editor(), NOTES)


def withdraw(worker: Worker) -> None:
    review.propose_withdrawal(worker.plan(), worker.editor(), NOTES)


def bring_back(worker: Worker) -> None:
    withdrawn = list(Plan.objects.filter(state="withdrawn")) or [worker.plan()]
    review.propose_restoration(worker.random.choice(withdrawn), worker.editor(), NOTES)


@on_release(*OPEN, Stage.PUBLISHED)
def approve(worker: Worker, release: Release) -> object:
    parts = Standing(release).parts
    if not parts:
        return NOTHING_TO_DO
    part = worker.random.choice(parts)
    return review.approve(release, worker.person(), part.item.record_uuid, part.name, part.digest)


@on_release(*OPEN)
def approve_all(worker: Worker, release: Release) -> None:
    by = worker.approver()
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
    notes = {column("note", code): f"Because {worker.random.random()}" for code in codes()}
    typed = {"act": Act.CORRECTION, "major": "on", **notes}
    review.annotate(release, worker.person(), lambda read: NoteForm(typed, instance=read))


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
    *(submit, approve_all, publish) * 6,
    *(save, save, undo) * 3,
    *(discard, submit_two, withdraw, bring_back, approve, reject, take_back, renew, annotate),
    *(publish_urgently, schedule, keep_the_schedule),
]
