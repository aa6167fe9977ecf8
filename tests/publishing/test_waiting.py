"""The first page of the desk answers one question: what waits for me?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from policies.models import Plan
from portal.publishing import going_public, review
from portal.publishing.drafts import discard
from portal.publishing.models import Release, Stage
from portal.publishing.schedule import publish_due
from portal.publishing.waiting import waiting_for
from tests.factories import published
from tests.publishing.review import (
    approve_all,
    approver,
    drafted,
    person,
    ready,
    said_otherwise,
    submitted,
    writer,
)
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def headings(account) -> dict[str, int]:
    return {heading: len(entries) for heading, entries in waiting_for(account)}


def test_a_draft_waits_for_its_writer_and_once_submitted_for_who_may_approve_it():
    plan, one, dutch = published(Plan), writer(), person("dutch", approves="nl")
    drafted(plan, one, summary={"fr": "Autre."})
    assert (headings(one), headings(dutch)) == ({"My drafts": 1}, {})

    release = submitted(plan, one)
    french = person("french", approves="fr")
    mine = {"In review, submitted by me": 1}
    assert (headings(one), headings(dutch), headings(french)) == (mine, {}, {"To approve": 1})

    review.reject(release, french, "No.")
    assert headings(one) == {"Sent back": 1, "My drafts": 1}
    drafted(plan, one, summary={"fr": "Mieux."})
    submitted(plan, one)
    assert (headings(one), headings(french)) == (mine, {"To approve": 1})
    approve_all(Release.objects.get(stage=Stage.REVIEW), french)
    assert (headings(one), headings(french)) == ({"Ready to publish": 1}, {})


def test_what_was_sent_back_and_then_discarded_waits_no_longer():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    review.reject(submitted(plan, one), other, "No.")
    assert headings(one) == {"Sent back": 1, "My drafts": 1}

    discard(plan.pk, one)

    assert headings(one) == {}


def test_what_is_scheduled_failed_or_unreviewed_waits_for_everybody():
    one, other = writer(), approver()
    plans = [published(Plan) for _ in range(3)]
    for plan in plans[:2]:
        going_public.schedule(ready(plan, one, other), one, timezone.now() + timedelta(hours=1))
    drafted(plans[0], one, title={"fr": "Plus récent"})
    Release.objects.filter(items__record_uuid=plans[0].pk).update(due=timezone.now())
    publish_due()
    said_otherwise(plans[2], one)
    going_public.publish_urgently(submitted(plans[2], one), one, "Now.")

    everybody = {"Published urgently, unreviewed": 1, "Not published when due": 1, "Scheduled": 1}
    assert headings(one) == everybody
    assert headings(other) == {"To approve": 1, **everybody}


def test_what_has_to_be_checked_again_within_a_month_is_told():
    today = timezone.localdate()
    published(Plan, review_by=today + timedelta(days=29))
    published(Plan, review_by=today + timedelta(days=40))

    assert headings(writer()) == {"To be checked within a month": 1}


def test_the_page_shows_it_and_says_in_red_when_nobody_keeps_the_schedule(client):
    plan, one = published(Plan), writer()
    drafted(plan, one, summary={"fr": "Autre."})
    client.force_login(one)

    def told() -> str:
        page = read(client, "/admin/")
        (desk,) = [e for e in page.iter("div") if e.get("class") == "desk-waiting"]
        return words(desk)

    assert "Nobody has looked at the schedule" in told()
    assert f"My drafts {plan} (plan)" in told()
    publish_due()
    assert "schedule" not in told()


def test_health_says_when_a_release_is_overdue(client):
    plan, one, other = published(Plan), writer(), approver()
    going_public.schedule(ready(plan, one, other), one, timezone.now() + timedelta(hours=1))
    assert client.get("/healthz/ready").status_code == 200

    Release.objects.update(due=timezone.now() - timedelta(minutes=3))

    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.content) == (503, b"a scheduled release is overdue\n")


def test_a_withdrawal_that_was_sent_back_waits_for_whoever_asked_for_it():
    plan, one, other = published(Plan), writer(), approver()
    review.reject(review.propose_withdrawal(plan, one, {}), other, "No.")

    assert headings(one) == {"Sent back": 1}
