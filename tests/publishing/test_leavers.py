"""Somebody leaves: what she left undone finds somebody else, and stays hers by name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from policies.models import Plan
from portal.languages.texts import codes
from portal.publishing import going_public, review
from portal.publishing.models import Release, Revision, Stage
from portal.publishing.schedule import publish_due
from portal.publishing.standing import Standing
from portal.publishing.waiting import waiting_for
from portal.staff.models import Account
from tests.factories import published
from tests.publishing.desk import address
from tests.publishing.review import (
    approve_all,
    approver,
    drafted,
    parts,
    person,
    ready,
    refusal,
    said_otherwise,
    submitted,
    writer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def close(account: Account, successor: Account | None = None) -> None:
    account.is_active, account.hands_over_to = False, successor
    account.save()


def desk_of(account: Account) -> dict[str, int]:
    return {heading: len(entries) for heading, entries in waiting_for(account)}


def left(one: Account, other: Account) -> Release:
    """A draft, a release in review and one that was sent back, all of them by ``one``."""
    plans = [published(Plan) for _ in range(3)]
    for plan in plans:
        said_otherwise(plan, one)
    review.reject(submitted(plans[2], one), other, "No.")
    return submitted(plans[1], one)


def test_what_a_leaver_left_waits_for_the_successor_and_for_nobody_else():
    one, other = writer(), approver()
    left(one, other)
    heir, bystander = person("heir", writes=True), person("bystander", writes=True)
    assert desk_of(heir) == {}

    close(one, heir)

    assert desk_of(heir) == {"Sent back": 1, "In review, handed over to me": 1, "My drafts": 2}
    assert desk_of(bystander) == {}


def test_when_the_successor_leaves_too_the_next_one_has_all_of_it():
    one, other, heir, last = writer(), approver(), person("heir", writes=True), person("last")
    last.translates = codes()[0]
    last.save()
    release = left(one, other)
    drafted(published(Plan), heir, title={"fr": "Autre"})
    close(one, heir)
    close(heir, last)

    assert desk_of(last)["My drafts"] == 3
    assert one.taken_over_by == last
    assert review.take_back(release, last).stage == Stage.TAKEN_BACK


def test_accounts_that_name_each_other_end_the_search():
    one, heir = writer(), person("heir")
    close(one, heir)
    close(heir, one)

    assert one.answers_for == {one.pk, heir.pk}
    assert one.taken_over_by is None


def test_a_successor_takes_back_what_the_leaver_submitted_and_nobody_else_does():
    one, other, heir = writer(), approver(), person("heir", writes=True)
    release = left(one, other)
    assert "Only whoever submitted" in refusal(review.take_back, release, heir)

    close(one, heir)

    assert "Only whoever" in refusal(review.take_back, release, person("else", writes=True))
    assert review.take_back(release, heir).closed_by == heir
    assert desk_of(heir)["My drafts"] == 3


def test_a_text_stays_its_writers_so_a_successor_approves_what_she_did_not_touch():
    one = writer()
    heir = person("heir", writes=True, approves=" ".join(codes()))
    plan = published(Plan)
    said_otherwise(plan, one)
    close(one, heir)
    drafted(plan, heir, summary={"fr": "Par moi."})
    release = review.submit([plan.pk], heir)  # without a note, or she would be its writer
    assert "You wrote" in refusal(review.approve, release, heir, plan.pk, "fr")
    for part in set(parts(release)) - {"fr"}:
        review.approve(release, heir, plan.pk, part)

    assert {name for name, given in parts(release).items() if not given} == {"fr"}
    assert Revision.objects.filter(record=plan.pk, author=one).count() == 1


def test_an_approval_counts_no_longer_when_its_giver_was_closed_or_lost_the_language():
    plan, one, other = published(Plan), writer(), approver()
    release = ready(plan, one, other)
    dutch, *others = sorted(codes(), reverse=True)
    Account.objects.filter(pk=other.pk).update(approves=" ".join(others))

    assert parts(release) == {code: code != dutch for code in codes()}
    assert "Not every part" in refusal(going_public.publish_release, release, one)
    Account.objects.filter(pk=other.pk).update(approves=" ".join(codes()), is_active=False)
    assert not any(parts(release).values())
    approve_all(release, approver("another"))
    assert going_public.publish_release(release, one)


def test_what_is_public_stays_so_when_its_approver_leaves():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    going_public.publish_urgently(submitted(plan, one), one, "Now.")
    approve_all(Release.objects.get(), other)
    close(other)

    assert not Plan.objects.get().unreviewed
    assert desk_of(approver("another")) == {}


def test_a_release_that_waits_for_its_time_does_not_go_out_on_the_word_of_a_closed_account():
    plan, one, other = published(Plan), writer(), approver()
    release = ready(plan, one, other)
    going_public.schedule(release, one, timezone.now() + timedelta(hours=1))
    close(other)
    Release.objects.update(due=timezone.now())

    publish_due()

    assert Release.objects.get().failure == "Not every part is approved yet."
    assert Plan.objects.get().version == 1


def form_of(account: Account, **more) -> dict:
    return {"username": account.username, "is_staff": "on", "writes": "on", **more}


def test_closing_an_account_counts_what_waits_for_nobody_and_says_what_to_do(staff):
    one, other = writer(), approver()
    left(one, other)
    heir = person("heir", writes=True)
    page = address(Account, "change", one.pk)
    sentence = (
        "This account is closed, and what it left waits for nobody: drafts 2, open releases 1. "
        "Choose below to whom it hands over, and save."
    )

    told = staff.post(page, form_of(one), follow=True)
    first, _saved = map(str, told.context["messages"])
    assert first == sentence
    assert sentence in staff.get(page).content.decode()
    staff.post(page, form_of(one, hands_over_to=heir.pk))

    assert sentence not in staff.get(page).content.decode()
    assert desk_of(heir)["My drafts"] == 2
    assert Account.objects.get(pk=one.pk).hands_over_to == heir


def test_closing_an_approver_counts_the_releases_that_need_another_approval(staff):
    plans, one, other = [published(Plan), published(Plan)], writer(), approver()
    going_public.publish_release(ready(plans[0], one, other), one)
    ready(plans[1], one, other)

    staff.post(address(Account, "change", other.pk), form_of(other, approves=codes()))

    page = staff.get(address(Account, "change", other.pk)).content.decode()
    assert "somebody else has to approve again: 1." in page


def test_only_an_active_account_that_writes_takes_over(staff):
    one, closed, reader = writer(), person("closed", writes=True), person("reader")
    heir = person("heir", translates=codes()[0])
    close(closed)
    page = address(Account, "change", one.pk)

    field = staff.get(page).context["adminform"].form.fields["hands_over_to"]

    assert {str(each) for each in field.queryset} == {"administrator", "heir"}
    for nobody in (closed, reader, one):
        answer = staff.post(page, form_of(one, hands_over_to=nobody.pk))
        assert set(answer.context["adminform"].form.errors) == {"hands_over_to"}
    active = staff.post(page, form_of(one, hands_over_to=heir.pk, is_active="on"))
    assert "An active account hands nothing over" in active.content.decode()
    with pytest.raises(IntegrityError):
        Account.objects.filter(pk=one.pk).update(hands_over_to=heir)


@pytest.mark.parametrize("did", ["wrote", "approved"])
def test_an_account_that_did_something_cannot_be_deleted_by_any_way(did):
    one, other = writer(), approver()
    ready(published(Plan), one, other)

    with pytest.raises(ProtectedError):
        {"wrote": one, "approved": other}[did].delete()
    assert Standing(Release.objects.get()).is_approved
