"""Removal by law of older versions: they are nowhere, and the rest still proves itself."""

import pytest

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import (
    codes,
    set_texts,
)
from portal.publishing import going_public, review
from portal.publishing.models import Approval, Entry, Release, Revision, Version
from portal.publishing.publish import publish
from portal.publishing.verify import faults_in_history, head_of_log
from tests.factories import published
from tests.publishing.removals import (
    CANARY,
    CLEAN,
    remove,
    scene,
    tables_with,
    told,
)
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    parts,
    person,
    ready,
    refusal,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_an_older_version_is_nowhere_any_more_and_everything_still_proves_itself(capsys):
    plan = scene()
    others = dict(Revision.objects.filter(version__number__in=[1, 3]).values_list("pk", "content"))
    head = head_of_log()
    assert tables_with("kanarie") == {
        "django_admin_log",
        "publishing_entry",
        "publishing_release",
        "publishing_revision",
    }

    remove(plan, 2, notes=True)

    assert tables_with("kanarie") == set()
    assert list(faults_in_history(head)) == []
    assert len(others) == 2
    assert dict(Revision.objects.filter(pk__in=others).values_list("pk", "content")) == others
    assert [v.revision.content == "" for v in Version.objects.all()] == [False, True, False]
    assert capsys.readouterr().out.startswith(
        "4 revisions and 1 notes emptied, 0 files deleted, 0 releases taken back."
    )


def test_the_row_and_its_open_release_go_on_as_they_were():
    plan = scene()
    release = ready(plan, person("third", writes=True), approver("fourth"), "Newer")
    before = Plan.objects.filter(pk=plan.pk).values().get()
    assert all(parts(release).values())

    remove(plan, 2)

    assert Plan.objects.filter(pk=plan.pk).values().get() == before
    assert all(parts(release).values())
    going_public.publish_release(Release.objects.get(pk=release.pk), person("fifth", writes=True))
    assert list(faults_in_history()) == []


def test_its_note_stays_until_that_is_asked_for_too():
    plan = scene()

    remove(plan, 2)

    assert tables_with("kanarie") == {"publishing_entry", "publishing_release"}
    remove(plan, 2, notes=True)
    assert tables_with("kanarie") == set()
    assert list(faults_in_history()) == []


def test_no_digest_is_left_that_would_confirm_a_guess():
    plan = scene()
    digests = set(Approval.objects.values_list("digest", flat=True))
    removed = Release.objects.filter(items__revision__version__number=2)

    remove(plan, 2, notes=True)

    assert {a.digest for a in Approval.objects.filter(release__in=removed)} == {""}
    kept = set(Approval.objects.values_list("digest", flat=True)) - {""}
    assert kept
    assert kept < digests


def test_a_note_that_several_records_share_goes_from_each():
    plan, actor = published(Plan), published(Actor)
    for record in (plan, actor):
        set_texts(record, "summary", CANARY)
    publish([plan, actor], by=None, notes=CANARY)
    for record in (plan, actor):
        set_texts(record, "summary", CLEAN)
    publish([plan, actor], by=None, notes=NOTES)

    remove(plan, 2, notes=True)

    assert tables_with("kanarie") == {"publishing_revision"}  # of the actor, which nobody named
    assert Entry.objects.filter(notes="").count() == 2
    assert list(faults_in_history()) == []


def test_a_copy_of_the_text_goes_with_it_and_other_drafts_when_asked():
    plan, one = scene(), person("third", writes=True)
    drafted(plan, one, summary=CANARY, title=CANARY)  # what version 2 said, byte for byte
    told("newest draft still says this", plan, 2)
    drafted(plan, one, body=CLEAN)  # that, and something else
    drafted(plan, one, summary=CLEAN, title=CLEAN)

    remove(plan, 2, notes=True)
    left = [each.number for each in Revision.objects.all() if "Kanarie" in each.content]
    remove(plan, 2, notes=True, drafts=True)

    assert left == [8]
    assert tables_with("kanarie") == set()
    assert list(faults_in_history()) == []


def test_what_readers_see_is_not_removed_before_it_is_corrected():
    plan = scene()

    told("Publish a corrected version first", plan, 3)
    told("Publish a corrected version first", plan, 1, 2, 3)


def test_versions_of_a_withdrawn_record_are_removed_as_of_any_other():
    plan = scene()
    release = review.propose_withdrawal(plan, person("third", writes=True), NOTES)
    approve_all(release, approver("fourth"))
    going_public.publish_release(release, approver("fifth"))

    remove(plan, 2, notes=True)

    assert list(faults_in_history()) == []
    assert Plan.objects.get().is_withdrawn


def test_whoever_wrote_what_was_removed_still_approves_nothing_of_it():
    """Who wrote a part is read off the drafts; of an empty one nobody knows any more."""
    plan, anna, bob = scene(), person("anna", writes=True), person("bob", writes=True)
    drafted(plan, anna, summary=CANARY)
    drafted(plan, bob, body={"en": "Newer."})
    release = submitted(plan, bob)
    anna.approves = " ".join(codes())
    anna.save()

    remove(plan, 2, drafts=True)

    assert "You wrote part of this" in refusal(review.approve, release, anna, plan.pk, "en")


def test_a_removed_text_is_not_put_back_by_undoing_what_came_after():
    plan = scene()
    last = Release.objects.get(items__revision__version__number=3)

    remove(plan, 2)

    assert "was removed by law" in refusal(going_public.undo, last, person("third", writes=True))
