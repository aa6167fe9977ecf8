"""Four eyes, part by part, and the acts of a release with everything that refuses them."""

import pytest

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes, in_language
from portal.publishing import going_public, review
from portal.publishing.drafts import draft_of, save_draft, with_draft
from portal.publishing.faults import PublicationRefused
from portal.publishing.models import Act, Entry, Release, Revision, Stage, Version
from portal.publishing.verify import faults_in_history
from portal.records.models import State
from tests.factories import published
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    parts,
    person,
    refusal,
    said_otherwise,
    submitted,
    writer,
)

pytestmark = pytest.mark.django_db


def test_a_text_goes_from_draft_to_public_through_two_pairs_of_eyes():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    draft = draft_of(plan.pk)

    approve_all(release, other)
    going_public.publish_release(release, one)

    row, version = Plan.objects.get(pk=plan.pk), Version.objects.get(record=plan.pk, number=2)
    assert [in_language(row, "summary", code) for code in codes()] == [
        f"Other {c}" for c in codes()
    ]
    assert version.revision == draft
    assert (version.entry.act, draft_of(plan.pk)) == (Act.PUBLICATION, None)
    assert Release.objects.get().stage == Stage.PUBLISHED
    assert list(faults_in_history()) == []


def test_only_what_changes_has_to_be_approved():
    plan, one = published(Plan, drawn_up="2014"), writer()
    draft = drafted(plan, one, summary={"nl": "Anders."})
    draft.drawn_up = "2015"
    save_draft(draft, one)

    assert parts(submitted(plan, one)) == {"nl": False, "facts": False}


def test_a_new_record_is_approved_in_every_language_that_it_has_and_in_its_facts():
    one, other = writer(), approver()
    plan = Plan(plan_kind="national")
    for name in ("title", "slug", "summary"):
        for code in ("fr", "nl"):
            setattr(plan, f"{name}_{code}", f"{name}-{code}")
    plan.source_language = "fr"
    save_draft(plan, one)
    release = submitted(plan, one)

    assert parts(release) == {"fr": False, "nl": False, "facts": False}
    approve_all(release, other)
    going_public.publish_release(release, one)
    assert Plan.objects.published().get().version == 1


def test_nobody_approves_a_part_that_they_wrote_since_the_last_public_version():
    plan = published(Plan)
    one = person("one", writes=True, approves="en fr nl")
    two = person("two", writes=True, approves="en fr nl")
    drafted(plan, one, summary={"fr": "De un."})
    drafted(plan, two, summary={"fr": "De deux.", "nl": "Van twee."})
    release = submitted(plan, two)

    assert "You wrote part of this" in refusal(review.approve, release, one, plan.pk, "fr")
    assert "You wrote part of this" in refusal(review.approve, release, two, plan.pk, "fr")
    assert "You wrote part of this" in refusal(review.approve, release, two, plan.pk, "nl")
    review.approve(release, one, plan.pk, "nl")
    assert parts(release) == {"fr": False, "nl": True}


def test_what_somebody_wrote_before_the_last_public_version_is_forgotten():
    plan, one, other = published(Plan), person("one", writes=True, approves="fr"), approver()
    drafted(plan, one, summary={"fr": "De un."})
    release = submitted(plan, one)
    approve_all(release, other)
    going_public.publish_release(release, one)
    drafted(plan, writer(), summary={"fr": "D'une autre."})
    again = review.submit([plan.pk], one)

    review.approve(again, one, plan.pk, "fr")

    assert parts(again) == {"fr": True}


def test_each_language_is_approved_by_somebody_competent_in_it():
    plan, one = published(Plan), writer()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    dutch = person("dutch", approves="nl")

    assert "does not approve texts in French" in refusal(
        review.approve, release, dutch, plan.pk, "fr"
    )
    review.approve(release, dutch, plan.pk, "nl")
    assert parts(release) == {"en": False, "fr": False, "nl": True}


def test_facts_are_approved_by_an_approver_of_any_language_who_did_not_set_them():
    plan, one = published(Plan, drawn_up="2014"), person("one", writes=True, approves="fr")
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    draft.drawn_up = "2015"
    save_draft(draft, one)
    release = submitted(plan, one)

    assert "You wrote" in refusal(review.approve, release, one, plan.pk, "facts")
    translator = person("translator", translates="nl")
    assert "approves nothing" in refusal(review.approve, release, translator, plan.pk, "facts")
    review.approve(release, person("dutch", approves="nl"), plan.pk, "facts")
    assert parts(release) == {"facts": True}


def test_nothing_is_published_before_every_part_is_approved():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    review.approve(release, other, plan.pk, "fr")

    assert "Not every part is approved" in refusal(going_public.publish_release, release, one)
    assert Plan.objects.get(pk=plan.pk).version == 1


def test_a_draft_saved_after_approval_is_not_published_with_it():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    approve_all(release, other)
    drafted(plan, one, summary={"fr": "Encore autre chose."})

    assert "There is a newer draft" in refusal(going_public.publish_release, release, one)
    review.renew(release, one)
    assert parts(release) == {"en": True, "fr": False, "nl": True}
    assert "Not every part" in refusal(going_public.publish_release, release, one)
    review.approve(release, other, plan.pk, "fr")
    going_public.publish_release(release, one)
    assert in_language(Plan.objects.get(pk=plan.pk), "summary", "fr") == "Encore autre chose."


def test_several_records_become_public_at_one_time_with_one_note():
    plans, one, other = [published(Plan), published(Plan)], writer(), approver()
    for plan in plans:
        said_otherwise(plan, one)
    release = review.submit([plan.pk for plan in plans], one, NOTES)
    approve_all(release, other)

    going_public.publish_release(release, one)

    entries = Entry.objects.order_by("-number")[:2]
    assert {entry.record for entry in entries} == {plan.pk for plan in plans}
    assert len({entry.time for entry in entries}) == 1
    assert all("Why fr" in entry.notes for entry in entries)


def test_one_fault_in_one_record_keeps_all_of_them_from_being_published():
    whole, lacking, one, other = published(Plan), published(Plan), writer(), approver()
    said_otherwise(whole, one)
    drafted(lacking, one, slug={"nl": whole.slug_in("nl")})
    release = review.submit([whole.pk, lacking.pk], one, NOTES)
    approve_all(release, other)

    with pytest.raises(PublicationRefused) as refused:
        going_public.publish_release(release, one)

    assert {fault.record.pk for fault in refused.value.faults} == {lacking.pk}
    assert set(Plan.objects.values_list("version", flat=True)) == {1}
    assert Release.objects.get().stage == Stage.REVIEW


def test_a_rejected_release_keeps_its_draft_and_says_why():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)

    assert "Say what has to be changed" in refusal(review.reject, release, other, "  ")
    assert "approves nothing" in refusal(review.reject, release, one, "No.")
    review.reject(release, other, "The date is wrong.")

    release = Release.objects.get()
    assert (release.stage, release.remark) == (Stage.REJECTED, "The date is wrong.")
    assert draft_of(plan.pk) is not None
    again = submitted(plan, one)
    assert parts(again) == {"en": False, "fr": False, "nl": False}


def test_a_release_is_taken_back_by_whoever_submitted_it():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)

    assert "Only whoever submitted" in refusal(review.take_back, release, other)
    review.take_back(release, one)
    assert Release.objects.get().stage == Stage.TAKEN_BACK


@pytest.mark.parametrize("act", ["approve", "reject", "take_back", "renew", "publish_release"])
def test_a_closed_release_names_its_stage_and_changes_no_more(act):
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    review.take_back(release, one)
    more = {"approve": (plan.pk, "fr"), "reject": ("No.",)}.get(act, ())

    module = going_public if act == "publish_release" else review
    said = refusal(getattr(module, act), release, other, *more)

    assert said == "This release is closed: taken back."


def test_what_cannot_be_submitted_says_why():
    plan, one = published(Plan), writer()

    assert "public already" in refusal(submitted, plan, one)
    said_otherwise(plan, one)
    assert "stands in a release once" in refusal(review.submit, [plan.pk, plan.pk], one)
    assert "submits nothing" in refusal(submitted, plan, person("reader"))
    submitted(plan, one)
    assert "is in review already" in refusal(submitted, plan, one)
    assert Release.objects.count() == 1


def test_the_draft_of_a_withdrawn_record_is_submitted_once_it_is_back():
    plan, one = published(Plan), writer()
    said_otherwise(plan, one)
    Plan.objects.filter(pk=plan.pk).update(state=State.WITHDRAWN)

    assert "is withdrawn. Bring it back first." in refusal(review.submit, [plan.pk], one, NOTES)
    assert Release.objects.count() == 0


def test_a_part_that_does_not_change_cannot_be_approved():
    plan, one = published(Plan), writer()
    drafted(plan, one, summary={"fr": "Autre."})
    release = submitted(plan, one)

    for record, part in ((plan.pk, "nl"), (plan.pk, "x"), ("nonsense", "fr")):
        assert "nothing to approve" in refusal(
            review.approve, release, approver(part), record, part
        )


def test_a_draft_that_points_at_a_withdrawn_record_or_takes_an_address_is_refused_in_full():
    plan, gone, taken = published(Plan), published(Actor), published(Plan)
    one, other = writer(), approver()
    draft = drafted(plan, one, slug={"nl": taken.slug_in("nl")})
    draft.proposed_sets = {**draft.proposed_sets, "owners": [Actor(pk=gone.pk)]}
    save_draft(draft, one)
    Actor.objects.filter(pk=gone.pk).update(state="withdrawn")
    release = submitted(plan, one)
    approve_all(release, other)

    with pytest.raises(PublicationRefused) as refused:
        going_public.publish_release(release, one)

    said = {fault.label: fault.message for fault in refused.value.faults}
    assert said.keys() == {"Address (Nederlands)", "Drawn up by"}
    assert "was withdrawn. Take it out" in said["Drawn up by"]


def test_of_a_draft_nothing_is_lost_however_it_ends():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one, "Second")
    release = submitted(plan, one)
    said_otherwise(plan, one, "Third")
    review.reject(release, other, "No.")

    assert Revision.objects.filter(record=plan.pk).count() == 3
    assert Plan.objects.get(pk=plan.pk).version == 1
