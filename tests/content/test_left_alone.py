"""What people did at the desk is never overtaken by a content file."""

from pathlib import Path

import pytest

from actors.models import Actor
from policies.models import Plan
from portal.content.loading import load
from portal.content.proposing import propose
from portal.publishing import going_public, review
from portal.publishing.drafts import discard
from portal.publishing.models import Act, Item, Release, Revision
from portal.records.models import State
from tests.content.example import PLAN, correct, edit, published, write, write_example, written
from tests.factories import unpublished
from tests.publishing.review import (
    NOTES,
    approver,
    said_otherwise,
    submitted,
    writer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path) -> Path:
    """Files that are public as they are."""
    load(write_example(tmp_path))
    return tmp_path


def reasons(root: Path, by) -> list[str]:
    outcome, release = propose(by, root)
    assert (outcome.to_propose, release) == ([], None)
    return [each.obstacle.reason for each in outcome.left_alone]


def test_a_file_that_changed_while_it_is_in_review_says_which_release_to_take_back(root):
    one = writer()
    correct(root)
    _outcome, release = propose(one, root)
    correct(root, "Deux phrases.", "Trois phrases.")

    outcome, second = propose(one, root)
    assert (second, [each.obstacle.release for each in outcome.left_alone]) == (None, [release])

    review.take_back(release, one)
    outcome, second = propose(one, root)
    assert [item.revision.number for item in second.items.all()] == [3]


def test_what_a_person_edited_since_is_left_alone(root):
    one, other = writer(), approver()
    said_otherwise(Plan.objects.get(), one)
    published(submitted(Plan.objects.get(), one), other)
    correct(root)

    assert reasons(root, one) == ["it was edited since; change it at the desk"]


def test_what_a_person_undid_is_left_alone(root):
    one, other = writer(), approver()
    correct(root)
    _outcome, release = propose(one, root)
    published(release, other)
    undoing = going_public.undo(Release.objects.get(pk=release.pk), one)
    published(undoing, other)

    assert reasons(root, one) == ["it was edited since; change it at the desk"]


def test_a_newer_draft_is_left_alone_until_it_is_discarded(root):
    one = writer()
    said_otherwise(Plan.objects.get(), one)
    correct(root)
    before = written()

    assert reasons(root, one) == ["it has a newer draft; publish or discard that"]
    assert written() == before
    discard(Plan.objects.get().pk, one)
    assert propose(one, root)[1].items.count() == 1


def test_a_persons_draft_on_top_of_a_proposal_is_left_alone(root):
    one = writer()
    correct(root)
    _outcome, release = propose(one, root)
    review.take_back(release, one)
    said_otherwise(Plan.objects.get(), one)

    assert reasons(root, one) == ["it has a newer draft; publish or discard that"]


def test_what_is_in_another_open_release_is_left_alone(root):
    one = writer()
    said_otherwise(Plan.objects.get(), one)
    other = submitted(Plan.objects.get(), one)
    correct(root)

    outcome, release = propose(one, root)

    assert (release, [each.obstacle.release for each in outcome.left_alone]) == (None, [other])
    assert Item.objects.count() == 1


def test_a_proposed_withdrawal_keeps_a_file_out(root):
    one = writer()
    waiting = review.propose_withdrawal(Plan.objects.get(), one, NOTES)
    assert waiting.act == Act.WITHDRAWAL
    correct(root)

    assert reasons(root, one) == ["it is in review; publish that or take it back"]


def test_what_was_withdrawn_is_left_alone(root):
    one, other = writer(), approver()
    waiting = review.propose_withdrawal(Plan.objects.get(), one, NOTES)
    published(waiting, other)
    correct(root)

    assert reasons(root, one) == ["it is withdrawn"]
    assert Plan.objects.get().state == State.WITHDRAWN


def test_what_lost_a_text_by_law_is_left_alone(root):
    Revision.objects.filter(record=Plan.objects.get().pk).update(content="")
    correct(root)

    assert reasons(root, writer()) == ["a text of it was removed by law; change it at the desk"]


def test_what_is_left_alone_holds_up_nothing_else(root):
    one = writer()
    said_otherwise(Plan.objects.get(), one)
    correct(root)
    edit(root, "actor/council", "Een raad.", "De raad.")

    outcome, release = propose(one, root)

    assert [str(each.record) for each in outcome.left_alone] == ["Plan"]
    assert [str(item) for item in release.items.all()] == ["National Security Council"]


def test_a_row_from_before_drafts_were_kept_is_somebodys_draft(root):
    held = unpublished(Plan)
    write(root, "plan/held", PLAN.replace(str(Plan.objects.published().get().pk), str(held.pk)))

    assert reasons(root, writer()) == ["it has a newer draft; publish or discard that"]


def test_a_site_starts_though_what_it_edited_names_in_its_file_what_it_withdrew(root):
    one, other = writer(), approver()
    said_otherwise(Plan.objects.get(), one)
    published(submitted(Plan.objects.get(), one), other)
    published(review.propose_withdrawal(Actor.objects.get(), one, NOTES), other)

    outcome = load(root)

    assert [str(each.record) for each in outcome.left_alone] == ["Plan"]
    assert Actor.objects.get().is_withdrawn
