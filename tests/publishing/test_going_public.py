"""Urgently, undone, withdrawn and brought back, and French with Dutch: each told and provable."""

import pytest

from actors.models import Actor
from policies.models import Document, Edition, Plan
from portal.languages.texts import codes, in_language
from portal.pages.models import Term
from portal.publishing import going_public, review
from portal.publishing.changes import withdrawal_of
from portal.publishing.drafts import draft_of, save_draft, with_draft
from portal.publishing.models import Act, Entry, Release, Stage, Version
from portal.publishing.note_form import NoteForm
from portal.publishing.verify import faults_in_history
from portal.records.models import State
from tests.factories import published, unpublished
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    ready,
    refusal,
    said_otherwise,
    submitted,
    writer,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db
MOST_QUERIES = 60  # with every listener


def summary(plan: Plan, code: str = "fr") -> str:
    return in_language(Plan.objects.get(pk=plan.pk), "summary", code)


def notices(client, plan: Plan, code: str = "en") -> list[str]:
    return _marks(client, plan.address(code))


def _marks(client, address: str) -> list[str]:
    return [e.get("data-notice") for e in read(client, address).iter() if e.get("data-notice")]


def test_publishing_a_release_of_one_record_takes_sixty_queries_at_most(
    django_assert_max_num_queries,
):
    plan, one, other = published(Plan, owners=[published(Actor)]), writer(), approver()
    release = ready(plan, one, other)

    with django_assert_max_num_queries(MOST_QUERIES):
        going_public.publish_release(release, one)
    assert summary(plan) == "Other fr"


# --- urgently -----------------------------------------------------------------------------------


def test_an_urgent_publication_is_marked_until_a_second_person_closes_it(client):
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)

    assert (
        refusal(going_public.publish_urgently, release, one, " ")
        == "Say why it cannot wait, in one sentence."
    )
    going_public.publish_urgently(release, one, "The date was wrong.")

    assert summary(plan) == "Other fr"
    assert notices(client, plan) == ["unreviewed"]
    release = Release.objects.get()
    assert (release.stage, release.urgent) == (Stage.PUBLISHED, "The date was wrong.")
    review.approve(release, other, plan.pk, "fr")
    assert notices(client, plan) == ["unreviewed"]
    approve_all(release, other)
    assert notices(client, plan) == []
    assert not Release.objects.get().is_unreviewed


def test_an_urgent_entry_of_the_glossary_is_marked_in_the_language_that_nobody_checked(client):
    term, one, other = published(Term), writer(), approver()
    drafted(term, one, meaning={"fr": "Autre chose."})
    release = submitted(term, one)
    going_public.publish_urgently(release, one, "The date was wrong.")
    assert published(Term).pk != term.pk

    glossaries = ("/en/glossary/", "/fr/glossaire/", "/nl/woordenlijst/")
    assert [_marks(client, each) for each in glossaries] == [[], ["unreviewed"], []]
    approve_all(Release.objects.get(), other)
    assert _marks(client, glossaries[1]) == []


def test_nobody_closes_the_urgency_of_what_they_wrote():
    plan, one = published(Plan), writer()
    one.approves = " ".join(codes())
    one.save()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    going_public.publish_urgently(release, one, "Now.")

    assert "You wrote part of this" in refusal(review.approve, release, one, plan.pk, "fr")
    assert Plan.objects.get().unreviewed


def test_a_later_reviewed_change_does_not_hide_that_something_is_unreviewed(client):
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    going_public.publish_urgently(submitted(plan, one), one, "Now.")
    drafted(plan, one, title={"nl": "Beter"})
    release = submitted(plan, one, major=False)
    approve_all(release, other)
    going_public.publish_release(release, one)

    assert notices(client, plan) == ["unreviewed"]


# --- parity -------------------------------------------------------------------------------------


def test_a_release_waits_until_french_and_dutch_both_follow():
    plan, one, other = published(Plan), writer(), approver()
    drafted(plan, one, summary={"en": "New.", "fr": "Nouveau."})
    release = submitted(plan, one)
    approve_all(release, other)

    assert refusal(going_public.publish_release, release, one).startswith(
        f"Dutch of “{plan}” does not follow"
    )
    drafted(plan, one, summary={"nl": "Nieuw."})
    review.renew(release, one)
    approve_all(release, other)
    going_public.publish_release(release, one)
    assert summary(plan, "nl") == "Nieuw."


def test_english_may_follow_later_and_a_minor_change_carries_the_others_along():
    dutch, one, other = published(Plan, source_language="nl"), writer(), approver()
    drafted(dutch, one, summary={"nl": "Nieuw.", "fr": "Nouveau."})
    release = submitted(dutch, one)
    approve_all(release, other)
    going_public.publish_release(release, one)
    drafted(dutch, one, summary={"nl": "Nieuw!"})
    small = submitted(dutch, one, major=False)
    approve_all(small, other)
    going_public.publish_release(small, one)

    assert summary(dutch, "nl") == "Nieuw!"


def test_a_text_without_dutch_goes_out_urgently_or_not_at_all():
    plan, one, other = published(Plan, languages=["fr"]), writer(), approver()
    drafted(plan, one, summary={"fr": "Nouveau."})
    release = submitted(plan, one)
    approve_all(release, other)

    assert "lacks Dutch" in refusal(going_public.publish_release, release, one)
    going_public.publish_urgently(release, one, "It cannot wait.")
    assert summary(plan) == "Nouveau."


def test_editions_of_a_document_are_exempt():
    edition, one, other = published(Edition, document=published(Document)), writer(), approver()
    draft = with_draft(Edition.objects.get(pk=edition.pk))
    draft.pages = 12
    save_draft(draft, one)
    release = review.submit([edition.pk], one, NOTES)
    approve_all(release, other)

    going_public.publish_release(release, one)

    assert Edition.objects.get(pk=edition.pk).pages == 12


# --- undone, withdrawn, brought back ------------------------------------------------------------


def test_undoing_proposes_byte_for_byte_what_was_public_before():
    plan, one, other = published(Plan), writer(), approver()
    before = Version.objects.get(record=plan.pk)
    release = ready(plan, one, other)
    going_public.publish_release(release, one)

    undone = going_public.undo(Release.objects.get(pk=release.pk), one)
    assert summary(plan) == "Other fr"
    approve_all(undone, other)
    going_public.publish_release(undone, one)

    third = Version.objects.get(record=plan.pk, number=3)
    assert third.revision.digest == before.revision.digest
    assert (third.entry.act, draft_of(plan.pk)) == (Act.RESTORATION, None)
    assert Release.objects.get(pk=undone.pk).undoes == release
    assert list(faults_in_history()) == []


def test_a_draft_that_is_taken_into_a_restoration_waits_for_french_and_dutch():
    plan, one, other = published(Plan), writer(), approver()
    release = ready(plan, one, other)
    going_public.publish_release(release, one)
    undone = going_public.undo(Release.objects.get(pk=release.pk), one)
    drafted(plan, one, summary={"en": "New."})
    review.renew(undone, one)
    approve_all(undone, other)

    said = refusal(going_public.publish_release, undone, one)
    assert (f"French of “{plan}”" in said, f"Dutch of “{plan}”" in said) == (True, True)
    assert summary(plan) == "Other fr"


def test_what_changed_again_since_or_is_not_public_yet_is_not_undone():
    plan, one, other = published(Plan), writer(), approver()
    first = ready(plan, one, other)
    going_public.publish_release(first, one)
    second = ready(plan, one, other, "Third")

    assert "published texts" in refusal(going_public.undo, second, one)
    going_public.publish_release(second, one)
    first = Release.objects.get(pk=first.pk)
    assert "was changed again since" in refusal(going_public.undo, first, one)


def test_a_first_publication_is_not_undone_but_withdrawn():
    one, other = writer(), approver()
    plan = Plan(plan_kind="national", source_language="en")
    texts = {
        name: {code: f"{name}-{code}" for code in codes()} for name in ("title", "slug", "summary")
    }
    save_draft(plan, one)
    drafted(plan, one, **texts)
    release = submitted(plan, one)
    approve_all(release, other)
    going_public.publish_release(release, one)

    said = refusal(going_public.undo, Release.objects.get(), one)
    assert "had no public text before. Withdraw it instead." in said


def test_a_page_is_withdrawn_by_two_people_with_its_reason_and_successor(client):
    plan, successor, one, other = published(Plan), published(Plan), writer(), approver()
    release = review.propose_withdrawal(plan, one, NOTES, successor=successor.pk)

    assert "Not every part" in refusal(going_public.publish_release, release, one)
    assert "You wrote" in refusal(review.approve, release, one, plan.pk, "whole")
    review.approve(release, other, plan.pk, "whole")
    going_public.publish_release(release, one)

    row, entry = Plan.objects.get(pk=plan.pk), Entry.objects.get(act=Act.WITHDRAWAL)
    assert (row.state, entry.record, entry.version) == (State.WITHDRAWN, plan.pk, None)
    (notice,) = [
        e for e in read(client, plan.address("fr")).iter() if e.get("data-notice") == "withdrawn"
    ]
    assert "Why fr" in words(notice)
    assert [a.get("href") for a in notice.iter("a")] == [successor.address("fr")]
    assert plan.address("fr") not in client.get("/fr/plans/").content.decode()
    assert list(faults_in_history()) == []


def test_what_stands_in_its_place_is_another_public_page():
    plan, other, _hidden = published(Plan), published(Plan), unpublished(Plan)
    release = review.propose_withdrawal(plan, writer(), NOTES)

    offered = [value for value, _label in NoteForm(instance=release).fields["successor"].choices]

    assert offered == ["", str(other.pk)]


def test_a_withdrawn_page_comes_back_as_it_was():
    plan, one, other = published(Plan), writer(), approver()
    for propose in (review.propose_withdrawal, review.propose_restoration):
        release = propose(Plan.objects.get(pk=plan.pk), one, NOTES)
        approve_all(release, other)
        going_public.publish_release(release, one)

    row = Plan.objects.get(pk=plan.pk)
    versions = Version.objects.filter(record=plan.pk).select_related("revision")
    assert (row.state, row.version) == (State.PUBLISHED, 2)
    assert len({version.revision.digest for version in versions}) == 1
    assert list(faults_in_history()) == []
    assert withdrawal_of(row) is not None


def test_only_what_is_public_is_withdrawn_and_only_what_was_withdrawn_comes_back():
    plan, one = published(Plan), writer()

    assert "Only what was withdrawn" in refusal(review.propose_restoration, plan, one, NOTES)
    plan.state = State.WITHDRAWN
    assert "Only what is public" in refusal(review.propose_withdrawal, plan, one, NOTES)


def test_a_withdrawal_says_why_in_each_language_of_its_readers():
    actor, one, other = published(Actor), writer(), approver()
    release = review.propose_withdrawal(actor, one, {"nl": "Omdat."})
    approve_all(release, other)

    assert "English, French" in refusal(going_public.publish_release, release, one)
