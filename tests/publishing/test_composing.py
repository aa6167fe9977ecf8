"""What goes out together: one more draft comes in, one is left out, approvals of the rest stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from policies.models import Plan
from portal.publishing import going_public, review
from portal.publishing.drafts import draft_of, outside_review
from portal.publishing.models import Stage
from tests.factories import published
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    person,
    refusal,
    said_otherwise,
    submitted,
    writer,
)
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def one(db):
    return writer()


@pytest.fixture
def release(one):
    """A plan in review, and a draft of an actor beside it."""
    plan = published(Plan)
    said_otherwise(plan, one)
    return submitted(plan, one)


@pytest.fixture
def actor(one):
    actor = published(Actor)
    said_otherwise(actor, one)
    return actor


def records(release) -> set:
    return set(release.items.values_list("record_uuid", flat=True))


def test_one_more_draft_goes_out_with_the_others(release, actor, one):
    other = approver()
    approve_all(release, other)

    review.include(release, one, actor.pk)

    assert "Not every part is approved yet." in refusal(going_public.publish_release, release, one)
    approve_all(release, other)
    assert len(going_public.publish_release(release, one)) == 2
    assert draft_of(actor.pk) is None


def test_a_draft_is_left_out_and_stays_a_draft(release, actor, one):
    (plan,) = records(release)
    review.include(release, one, actor.pk)
    approve_all(release, approver())

    review.leave_out(release, one, actor.pk)
    going_public.publish_release(release, one)

    assert records(release) == {plan}
    assert draft_of(actor.pk)
    assert review.submit([actor.pk], one, NOTES)


def test_what_cannot_come_in_or_be_left_out_says_why(release, actor, one):
    (plan,) = records(release)
    public = published(Plan)
    elsewhere = review.submit([actor.pk], one, NOTES)
    withdrawal = review.propose_withdrawal(public, one, NOTES)

    assert "stands in the release already" in refusal(review.include, release, one, plan)
    assert "is public already" in refusal(review.include, release, one, published(Plan).pk)
    assert "is in review already" in refusal(review.include, release, one, actor.pk)
    assert "does not change" in refusal(review.include, withdrawal, one, actor.pk)
    assert "does not change" in refusal(review.leave_out, withdrawal, one, public.pk)
    assert "Take the release back" in refusal(review.leave_out, release, one, plan)
    for act in (review.include, review.leave_out):
        assert "submits nothing" in refusal(act, release, approver(f"a{act.__name__}"), plan)
    review.take_back(elsewhere, one)
    assert "taken back" in refusal(review.leave_out, elsewhere, one, actor.pk)
    assert records(release) == {plan}


def test_the_desk_offers_every_draft_that_is_not_in_review(client, release, actor, one):
    client.force_login(one)
    address = reverse("admin:publishing_release_change", args=[release.pk])

    def offered() -> list[str]:
        boxes = [e for e in read(client, address).iter("select") if e.get("name") == "record"]
        return [e.get("value") for box in boxes for e in box]

    assert offered() == ["", str(actor.pk)]
    client.post(address, {"do": "include", "record": str(actor.pk)})
    assert actor.pk in records(release)
    assert offered() == []
    assert f"Leave out “{actor}”" in words(read(client, address))
    client.post(address, {"do": f"leave_out:{actor.pk}"})
    assert actor.pk not in records(release)


@pytest.mark.parametrize("typed", ["", "x", "\x00", "9" * 40])
def test_what_is_no_record_is_told_and_changes_nothing(client, release, one, typed):
    client.force_login(one)
    address = reverse("admin:publishing_release_change", args=[release.pk])

    answer = client.post(address, {"do": "include", "record": typed})

    assert "Choose a record from the list." in answer.content.decode()
    assert len(records(release)) == 1


def test_an_approver_is_offered_no_draft(client, release, actor):
    client.force_login(approver())

    page = client.get(reverse("admin:publishing_release_change", args=[release.pk]))

    assert (page.context["drafts"], page.context["drafts_may_change"]) == ([], False)


def test_of_one_person_only_the_drafts_that_they_wrote_on(release, actor, one):
    other = person("other", writes=True)
    mine = published(Actor)
    said_otherwise(mine, other)

    assert set(outside_review()) == {actor, mine}
    assert outside_review([other.pk]) == [mine]


def test_what_is_changed_after_approval_waits_for_no_time_any_more(client, release, actor, one):
    approve_all(release, approver())
    going_public.schedule(release, one, timezone.now() + timedelta(hours=1))
    client.force_login(one)

    answer = client.post(
        reverse("admin:publishing_release_change", args=[release.pk]),
        {"do": "include", "record": str(actor.pk)},
        follow=True,
    )

    release.refresh_from_db()
    assert (release.stage, release.due) == (Stage.REVIEW, None)
    assert "it waits for its time no longer" in answer.content.decode()


def test_what_is_not_in_it_is_not_left_out(release, actor, one):
    review.include(release, one, actor.pk)

    said = refusal(review.leave_out, release, one, published(Plan).pk)
    assert said == "This record does not stand in the release."
    assert len(records(release)) == 2
