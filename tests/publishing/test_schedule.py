"""A release that waits for its time: once, late rather than never, and alone in its failure."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from policies.models import Plan
from portal.languages.texts import in_language
from portal.publishing import going_public, review
from portal.publishing.models import Release, Run, Stage, Version
from portal.publishing.release_admin import time_in_brussels
from portal.publishing.schedule import is_kept, overdue, publish_due
from portal.publishing.verify import faults_in_history
from tests.factories import published
from tests.publishing.review import (
    approve_all,
    approver,
    drafted,
    ready,
    refusal,
    said_otherwise,
    submitted,
    writer,
)

pytestmark = pytest.mark.django_db


def soon() -> datetime:
    return timezone.now() + timedelta(hours=1)


def test_a_release_waits_for_its_time_and_goes_out_once():
    plan, one, other = published(Plan), writer(), approver()
    release = ready(plan, one, other)
    going_public.schedule(release, one, soon())

    assert publish_due().published == []
    Release.objects.update(due=timezone.now() - timedelta(days=3))
    assert overdue() == [release]
    assert publish_due().published == [release]
    assert publish_due().published == []
    assert in_language(Plan.objects.get(), "summary", "fr") == "Other fr"
    assert Version.objects.filter(record=plan.pk).count() == 2


def test_a_time_in_the_past_and_an_unready_release_are_not_scheduled():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)

    assert "Not every part" in refusal(going_public.schedule, release, one, soon())
    approve_all(release, other)
    past = timezone.now() - timedelta(seconds=1)
    assert "This time is past" in refusal(going_public.schedule, release, one, past)
    assert Release.objects.get().stage == Stage.REVIEW


def test_one_release_that_cannot_go_out_holds_up_no_other_and_says_why():
    bad, good, one, other = published(Plan), published(Plan), writer(), approver()
    releases = [ready(bad, one, other), ready(good, one, other)]
    for release in releases:
        going_public.schedule(release, one, soon())
    drafted(bad, one, summary={"fr": "Plus récent"})
    Release.objects.update(due=timezone.now())

    outcome = publish_due()

    assert (outcome.failed, outcome.published) == ([releases[0]], [releases[1]])
    failed = Release.objects.get(pk=releases[0].pk)
    assert failed.stage == Stage.FAILED
    assert "There is a newer draft" in failed.failure
    assert publish_due().failed == []
    review.renew(failed, one)
    approve_all(failed, other)
    going_public.publish_release(failed, one)
    assert in_language(Plan.objects.get(pk=bad.pk), "summary", "fr") == "Plus récent"


def test_the_reason_speaks_the_language_of_whoever_asked_for_the_time():
    plan, one, other = published(Plan), writer(), approver()
    one.language = "nl"
    one.save()
    going_public.schedule(release := ready(plan, one, other), one, soon())
    drafted(plan, one, summary={"fr": "Plus récent"})
    Release.objects.update(due=timezone.now())

    publish_due()

    release.refresh_from_db()
    assert "Er is een nieuwer ontwerp" in release.failure


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        pytest.param("2026-10-25T01:30", "2026-10-24T23:30", id="before-summer-time-ends"),
        pytest.param("2026-10-25T07:00", "2026-10-25T06:00", id="after-it-ended"),
        pytest.param("2027-03-28T07:00", "2027-03-28T05:00", id="after-it-began"),
        pytest.param("2026-12-01T07:00", "2026-12-01T06:00", id="in-winter"),
    ],
)
def test_the_time_is_that_of_brussels_across_a_clock_change(typed, utc):
    assert time_in_brussels(typed) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["2027-03-28T02:30", "2026-10-25T02:30", "soon", "", "2027-13-01T00:00"]
)
def test_an_hour_that_the_clocks_skip_or_show_twice_and_what_is_no_time_are_refused(typed):
    assert refusal(time_in_brussels, typed)


def test_the_schedule_counts_as_kept_for_two_minutes(capsys):
    assert not is_kept()
    call_command("publish_due")
    assert is_kept()
    assert capsys.readouterr().out == "0 releases published, 0 failed.\n"
    Run.objects.update(time=timezone.now() - timedelta(minutes=3))
    assert not is_kept()


@pytest.mark.only_on("postgresql")  # SQLite lets one write at a time
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_publish_nothing_twice():
    plans, one, other = [published(Plan) for _ in range(6)], writer(), approver()
    for plan in plans:
        going_public.schedule(ready(plan, one, other), one, soon())
    Release.objects.update(due=timezone.now())

    def run(_number: int) -> int:
        try:
            return len(publish_due().published)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(run, range(2))) == 6

    assert set(Plan.objects.values_list("version", flat=True)) == {2}
    assert list(faults_in_history()) == []
