"""Ways round four eyes, round roles and round a draft that must not be lost: each is closed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from policies.models import Document, Edition, Plan
from portal.languages.texts import codes, column, in_language
from portal.publishing import going_public, review
from portal.publishing.drafts import discard, draft_of, save_draft, with_draft
from portal.publishing.models import Act, Release, Revision, Stage
from portal.publishing.standing import Standing
from portal.publishing.verify import faults_in_history
from portal.records.models import State
from tests.factories import published, withdrawn
from tests.publishing.desk import address, posted
from tests.publishing.review import (
    NOTES,
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


def release_page(release: Release) -> str:
    return reverse("admin:publishing_release_change", args=[release.pk])


def both(name: str = "both"):
    return person(name, writes=True, approves=" ".join(codes()))


def test_a_draft_taken_into_a_withdrawal_does_not_make_one_person_enough():
    plan, one = published(Plan), both()
    drafted(plan, writer(), summary={"fr": "Autre."})
    release = review.propose_withdrawal(plan, one, NOTES)

    assert "changes no text" in refusal(review.renew, release, one)
    assert parts(release) == {"whole": False}
    assert "You wrote" in refusal(review.approve, release, one, plan.pk, "whole")
    approve_all(release, approver())
    going_public.publish_release(release, one)
    assert Plan.objects.get().state == State.WITHDRAWN
    assert draft_of(plan.pk) is not None


def test_whoever_approves_vouches_for_what_the_page_showed(client):
    plan, one, other = published(Plan), writer(), approver()
    drafted(plan, one, summary={"fr": "Anodin."})
    release = submitted(plan, one)
    (shown,) = Standing(release).parts
    drafted(plan, one, summary={"fr": "Insulte."})
    review.renew(release, one)
    client.force_login(other)

    answer = client.post(
        release_page(release),
        {"do": f"approve:{plan.pk}:fr:{shown.digest}"},
    )

    assert "This was changed after you opened the page" in answer.content.decode()
    assert parts(release) == {"fr": False}


def test_an_approval_does_not_come_back_when_its_giver_has_written_in_between():
    plan, one, other = published(Plan), writer(), both()
    drafted(plan, one, summary={"fr": "Premier."})
    release = submitted(plan, one)
    review.approve(release, other, plan.pk, "fr")
    for said in ("Second.", "Premier."):
        drafted(plan, other, summary={"fr": said})
        review.renew(release, one)

    assert parts(release) == {"fr": False}


def test_a_withdrawn_page_comes_back_through_the_desk(client):
    plan, one, other = published(Plan), writer(), approver()
    withdrawal = review.propose_withdrawal(plan, one, NOTES)
    approve_all(withdrawal, other)
    going_public.publish_release(withdrawal, one)
    client.force_login(one)
    client.post(address(Plan, "withdraw", plan.pk))
    release = Release.objects.exclude(pk=withdrawal.pk).get()
    note = {column("note", code): f"Back {code}" for code in codes()}

    client.post(release_page(release), {"do": "note", "major": "on", **note})
    approve_all(Release.objects.get(pk=release.pk), other)
    client.post(release_page(release), {"do": "publish"})

    assert Release.objects.get(pk=release.pk).act == Act.RESTORATION
    assert Plan.objects.get().state == State.PUBLISHED
    assert list(faults_in_history()) == []


def test_an_account_without_a_role_reads_no_draft(client):
    plan, one = published(Plan), writer()
    said_otherwise(plan, one, "Kanarie")
    release = submitted(plan, one)
    client.force_login(person("reader"))

    for page in (release_page(release), address(Plan, "change", plan.pk)):
        assert client.get(page).status_code == 403
    assert "Kanarie" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("act", [review.propose_withdrawal, going_public.undo])
def test_who_translates_undoes_and_withdraws_nothing(act):
    plan, one, other = published(Plan), writer(), approver()
    release = ready(plan, one, other)
    going_public.publish_release(release, one)
    dutch = person("dutch", translates="nl")
    what = (
        (Plan.objects.get(), dutch, NOTES)
        if act is review.propose_withdrawal
        else (
            Release.objects.get(),
            dutch,
        )
    )

    assert "in its own languages alone" in refusal(act, *what)
    said_otherwise(plan, one, "Third")
    urgent = submitted(plan, one)
    assert "publishes nothing" in refusal(going_public.publish_urgently, urgent, dutch, "Now.")


def test_undoing_does_not_bury_somebody_elses_draft():
    plan, one, other = published(Plan), writer(), approver()
    going_public.publish_release(release := ready(plan, one, other), one)
    drafted(plan, one, title={"nl": "Later"})

    assert "Publish or discard it first" in refusal(
        going_public.undo, Release.objects.get(pk=release.pk), one
    )
    assert in_language(with_draft(Plan.objects.get()), "title", "nl") == "Later"


def test_undoing_an_urgent_publication_with_approval_ends_its_mark():
    plan, one, other = published(Plan), writer(), approver()
    drafted(plan, one, summary={"fr": "Faux."})
    going_public.publish_urgently(submitted(plan, one), one, "Now.")
    undone = going_public.undo(Release.objects.get(), one)
    approve_all(undone, other)
    going_public.publish_release(undone, one)

    assert not Plan.objects.get().unreviewed
    assert not Release.objects.filter(is_unreviewed=True).exists()


def test_a_release_that_says_nothing_new_is_not_published():
    plan, one, other = published(Plan), writer(), approver()
    release = ready(plan, one, other)
    again = Release.objects.get(pk=release.pk)
    going_public.publish_release(release, one)
    Release.objects.filter(pk=again.pk).update(stage=Stage.REVIEW)

    assert "public already" in refusal(going_public.publish_urgently, again, one, "Now.")


def test_a_discarded_draft_leaves_the_release_when_the_rest_is_renewed():
    plans, one, other = [published(Plan), published(Plan)], writer(), approver()
    for plan in plans:
        said_otherwise(plan, one)
    release = review.submit([plan.pk for plan in plans], one, NOTES)
    discard(plans[0].pk, one)
    review.renew(release, one)
    approve_all(release, other)
    going_public.publish_release(release, one)

    assert [Plan.objects.get(pk=plan.pk).version for plan in plans] == [1, 2]


def test_an_uploaded_file_is_kept_with_its_draft_and_served_once_it_is_public(client, staff):
    edition = published(Edition, document=published(Document))
    upload = SimpleUploadedFile("Report 1.pdf", b"%PDF-1.7 report", "application/pdf")
    data = posted(staff, edition) | {"file": upload}

    answer = staff.post(address(Edition, "change", edition.pk), data)

    assert answer.status_code == 302, answer.context["errors"]
    draft = with_draft(Edition.objects.get(pk=edition.pk))
    with draft.file.open() as kept:
        assert kept.read() == b"%PDF-1.7 report"
    assert client.get(draft.href).status_code != 200
    one, other = writer(), approver()
    release = review.submit([edition.pk], one, NOTES)
    approve_all(release, other)
    going_public.publish_release(release, one)
    row = Edition.objects.get(pk=edition.pk)
    assert b"".join(client.get(row.href).streaming_content) == b"%PDF-1.7 report"


def test_saving_a_draft_with_an_instance_from_before_its_publication_leaves_the_row():
    one, other = writer(), approver()
    plan = Plan(plan_kind="national", source_language="en")
    save_draft(plan, one)
    old = Plan.objects.get(pk=plan.pk)
    for name in ("title", "slug", "summary"):
        drafted(plan, one, **{name: {code: f"{name}-{code}" for code in codes()}})
    release = submitted(plan, one)
    approve_all(release, other)
    going_public.publish_release(release, one)

    save_draft(old, one)

    assert Plan.objects.get().state == State.PUBLISHED
    assert list(faults_in_history()) == []


@pytest.mark.parametrize("key", ["abc", "00000000-0000-0000-0000-000000000000"])
def test_an_address_of_the_desk_that_names_nothing_is_not_found(staff, key):
    for page in (
        f"/admin/policies/plan/{key}/withdraw/",
        f"/admin/publishing/release/{key}/change/",
    ):
        assert staff.post(page).status_code == 404


@pytest.mark.parametrize("name", ["position", "source_language"])
def test_what_every_row_needs_is_asked_for_at_its_field(staff, name):
    data = {"plan_kind": "national", "position": "0", "source_language": "nl"} | {name: ""}

    answer = staff.post(address(Plan, "add"), data)

    assert set(answer.context["adminform"].form.errors) == {name}


def test_free_words_that_cannot_be_stored_are_refused():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)

    assert "cannot be stored" in refusal(review.reject, release, other, "No\x00")
    assert "cannot be stored" in refusal(going_public.publish_urgently, release, one, "\x00")


def test_a_withdrawn_record_takes_no_withdrawal_and_is_told_so(staff):
    plan = withdrawn(Plan)
    Plan.objects.update(state=State.UNPUBLISHED)

    answer = staff.post(address(Plan, "withdraw", plan.pk), follow=True)

    assert "Only what is public can be withdrawn." in answer.content.decode()


def test_a_draft_is_discarded_at_the_desk_and_stays_among_the_revisions(client):
    plan, one = published(Plan), writer()
    drafted(plan, one, summary={"fr": "Autre."})
    page = address(Plan, "discard", plan.pk)
    client.force_login(person("dutch", translates="nl"))
    assert client.post(page).status_code == 403
    client.force_login(one)
    assert page in client.get(address(Plan, "change", plan.pk)).content.decode()

    client.post(page)

    assert draft_of(plan.pk) is None
    assert Revision.objects.filter(record=plan.pk).count() == 3
    assert page not in client.get(address(Plan, "change", plan.pk)).content.decode()
