"""What readers are told about a change is written, approved and kept like any public text."""

import pytest

from policies.models import Plan
from portal.languages.texts import codes, column
from portal.publishing import going_public, review
from portal.publishing.models import Release, Version
from portal.publishing.note_form import NoteForm
from tests.factories import published
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    parts,
    person,
    refusal,
    said_otherwise,
    submitted,
    writer,
)

pytestmark = pytest.mark.django_db


def test_a_major_change_is_told_to_readers_in_each_of_their_languages_and_a_minor_need_not():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = review.submit([plan.pk], one, {"fr": "Pourquoi."})
    approve_all(release, other)

    assert refusal(going_public.publish_release, release, one) == (
        "Say what changed, in a note for readers: English, Dutch."
    )
    review.take_back(release, one)
    minor = review.submit([plan.pk], one, major=False)
    approve_all(minor, other)
    going_public.publish_release(minor, one)
    assert Version.objects.get(number=2).major is False


def test_a_note_is_a_public_text_too_and_is_approved_with_the_texts_of_its_language():
    plan, one, other = published(Plan), writer(), person("other", writes=True, approves="en fr nl")
    said_otherwise(plan, one)
    release = submitted(plan, one)
    approve_all(release, other)

    def noted(by, **said) -> None:
        data = {"act": "publication", "major": "on"}
        data |= {column("note", code): said.get(code, NOTES[code]) for code in codes()}
        review.annotate(release, by, lambda read: NoteForm(data, instance=read))

    noted(one, fr="Autre raison.")
    assert parts(release) == {"en": True, "fr": False, "nl": True}
    noted(other, nl="Andere reden.")
    assert parts(release) == {"en": False, "fr": False, "nl": False}
    assert "You wrote" in refusal(review.approve, release, other, plan.pk, "nl")
    approve_all(release, approver())
    going_public.publish_release(release, one)


def test_making_a_change_minor_after_approval_asks_for_approval_again():
    plan, one, other = published(Plan), writer(), approver()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    approve_all(release, other)
    Release.objects.update(major=False)

    assert "Not every part" in refusal(going_public.publish_release, release, one)


def test_whoever_wrote_of_a_note_is_its_writer_also_after_somebody_else_wrote_on():
    plan, one = published(Plan), writer()
    first, second = approver("first"), approver("second")
    said_otherwise(plan, one)
    release = review.submit([plan.pk], one)
    notes: dict[str, str] = {}
    for by, code in ((first, "fr"), (second, "en")):
        notes |= {column("note", code): f"Said by {by}"}
        data = {"act": "publication", "major": "on", **notes}
        review.annotate(release, by, lambda read, data=data: NoteForm(data, instance=read))

    for by in (first, second):
        assert "You wrote" in refusal(review.approve, release, by, plan.pk, "fr")
