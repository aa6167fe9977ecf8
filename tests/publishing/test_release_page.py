"""The page of a release is one form: whichever button is pressed, nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from policies.models import Plan
from portal.languages.texts import column, in_language
from portal.publishing import going_public, review
from portal.publishing.models import Release, Stage
from portal.publishing.sharing import share
from portal.records.models import State
from tests.factories import published
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    parts,
    person,
    said_otherwise,
    submitted,
    writer,
)
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def release(client):
    """In review, opened by its writer, who is signed in."""
    plan, one = published(Plan), writer()
    said_otherwise(plan, one)
    client.force_login(one)
    return submitted(plan, one)


def page_of(release) -> str:
    return reverse("admin:publishing_release_change", args=[release.pk])


def opened(client, release, **typed) -> dict:
    """What a browser sends of the page as it is now, with what was typed since."""
    data = {}
    for box in (e for e in read(client, page_of(release)).iter() if e.get("name")):
        if box.get("type") == "checkbox":
            data |= {box.get("name"): "on"} if box.get("checked") is not None else {}
        elif box.tag == "input":
            data[box.get("name")] = box.get("value") or ""
        if box.tag == "select":
            chosen = [e for e in box if e.get("selected") is not None] or list(box)
            data[box.get("name")] = chosen[0].get("value")
    return data | typed


def note(release, code: str) -> str | None:
    return in_language(Release.objects.get(pk=release.pk), "note", code)


@pytest.mark.parametrize("button", ["share", "publish", "renew", "schedule", "urgent", "take_back"])
def test_a_note_that_was_typed_is_kept_by_every_button(client, release, button):
    typed = {column("note", "fr"): "Tapé."}

    client.post(page_of(release), opened(client, release, do=button, **typed))

    assert note(release, "fr") == "Tapé."
    assert [note(release, code) for code in ("en", "nl")] == [NOTES["en"], NOTES["nl"]]


def test_a_page_on_which_nobody_touched_the_note_changes_nothing_of_it(client, release):
    approve_all(release, approver())
    going_public.schedule(release, release.submitted_by, timezone.now() + timedelta(hours=1))
    client.force_login(third := person("third", approves="fr"))

    client.post(page_of(release), opened(client, release, do="share"))

    assert Release.objects.get().stage == Stage.SCHEDULED
    assert set(parts(release).values()) == {True}
    assert third not in release.note_writers.all()


def test_a_page_that_is_older_than_a_note_does_not_take_it_back(client, release):
    data = opened(client, release, do="share")
    client.force_login(approver())
    by_other = {column("note", "nl"): "Anders."}
    client.post(page_of(release), opened(client, release, do="note", **by_other))

    client.force_login(release.submitted_by)
    client.post(page_of(release), data)

    assert note(release, "nl") == "Anders."


def test_what_stands_there_already_is_no_change_as_after_a_double_click(client, release):
    data = opened(client, release, do="note", **{column("note", "nl"): "Twee keer."})
    client.post(page_of(release), data)
    approve_all(release, approver())
    going_public.schedule(release, release.submitted_by, timezone.now() + timedelta(hours=1))

    client.post(page_of(release), data)

    assert Release.objects.get().stage == Stage.SCHEDULED


def test_a_change_is_made_minor_and_major_again(client, release):
    data = opened(client, release, do="note")
    del data["major"]
    client.post(page_of(release), data)
    assert Release.objects.get().major is False

    client.post(page_of(release), opened(client, release, do="note", major="on"))

    assert Release.objects.get().major is True


def test_a_successor_that_is_public_no_longer_is_not_lost_by_somebody_else(client, release):
    plan, gone = published(Plan), published(Plan)
    withdrawal = review.propose_withdrawal(plan, release.submitted_by, NOTES, successor=gone.pk)
    Plan.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    client.force_login(approver())

    client.post(page_of(withdrawal), opened(client, withdrawal, do=f"approve:{plan.pk}:whole:x"))

    assert Release.objects.get(pk=withdrawal.pk).successor == gone.pk


def test_a_note_that_comes_too_late_is_told(client, release):
    data = opened(client, release, do="note", **{column("note", "nl"): "Te laat."})
    review.take_back(release, release.submitted_by)

    answer = client.post(page_of(release), data)

    assert "This release is closed: taken back." in answer.content.decode()
    assert note(release, "nl") == NOTES["nl"]


@pytest.mark.parametrize(
    "do",
    ["", "x", "approve", "approve:x", "approve:a:b:c:d", "publish:x", "leave_out", "take_back:x"],
)
def test_a_button_that_the_page_does_not_have_does_nothing(client, release, do):
    answer = client.post(page_of(release), {"do": do})

    assert "This page has changed. Open it again." in answer.content.decode()
    assert Release.objects.get().stage == Stage.REVIEW


def test_of_two_notes_for_one_language_the_second_is_told_and_neither_is_lost(client, release):
    data = opened(client, release, do="note", **{column("note", "fr"): "Le mien."})
    theirs = {column("note", "fr"): "Le leur."}
    client.post(page_of(release), opened(client, release, do="note", **theirs))

    told = client.post(page_of(release), data)

    assert note(release, "fr") == "Le leur."
    assert "Somebody else wrote meanwhile: “Le leur.”." in told.content.decode()
    form = told.context["notes"]
    again = {form.add_initial_prefix(n): form.data[form.add_initial_prefix(n)] for n in form.fields}
    client.post(page_of(release), data | again)
    assert note(release, "fr") == "Le mien."


def test_a_note_that_is_too_long_stays_in_its_box(client, release):
    long = "x" * 301

    answer = client.post(
        page_of(release), opened(client, release, do="publish", **{column("note", "nl"): long})
    )

    page = answer.content.decode()
    assert "Nothing was done. Look at the note for readers." in page
    assert long in page
    assert note(release, "nl") == NOTES["nl"]


@pytest.mark.parametrize(
    ("button", "typed", "said"),
    [
        ("schedule", {"due": "2020-01-01T10:00"}, "This time is past."),
        ("schedule", {"due": ""}, "Give a day and an hour."),
        ("schedule", {"due": "2027-03-28T02:30"}, "The clocks in Brussels skip this hour"),
        ("urgent", {"reason": "x" * 301}, "in one sentence"),
    ],
)
def test_what_is_refused_stays_in_its_box(client, release, button, typed, said):
    approve_all(release, approver())

    page = client.post(page_of(release), opened(client, release, do=button, **typed))

    assert said in page.content.decode()
    assert all(f'value="{value}"' in page.content.decode() for value in typed.values())
    assert Release.objects.get().stage == Stage.REVIEW


def test_the_page_says_from_the_start_what_keeps_it_from_being_published(client, release):
    plan, one = published(Plan), release.submitted_by
    drafted(plan, one, summary={"fr": ""})
    faulty = review.submit([plan.pk], one, NOTES)

    (box,) = [
        e for e in read(client, page_of(faulty)).iter("div") if e.get("class") == "desk-standing"
    ]

    assert "Summary (Français)" in words(box)
    assert "desk-standing" not in client.get(page_of(release)).content.decode()


def test_who_approves_nothing_is_not_asked_to_send_back_nor_a_stranger_to_take_back(
    client, release
):
    def offered() -> set[str]:
        page = read(client, page_of(release))
        return {e.get("value") for e in page.iter("button") if e.get("name") == "do"}

    assert "reject" not in offered()
    assert "take_back" in offered()
    client.force_login(person("other", approves="fr"))
    assert "reject" in offered()
    assert "take_back" not in offered()


def test_the_key_enter_saves_the_note(client, release):
    page = read(client, page_of(release))
    form = next(e for e in page.iter("form") if e.get("class") == "desk-acts")

    assert next(form.iter("button")).get("value") == "note"


def test_after_an_approval_the_page_stays_at_its_record(client, release):
    client.force_login(approver())
    page = read(client, page_of(release))
    button = next(e for e in page.iter("button") if (e.get("value") or "").startswith("approve:"))

    answer = client.post(page_of(release), {"do": button.get("value")})

    assert answer["Location"].partition("#")[2] in {e.get("id") for e in page.iter() if e.get("id")}
    assert sum(parts(release).values()) == 1


def test_a_withdrawal_is_called_so_wherever_it_waits_and_in_its_preview(client, release):
    plan, plan_writer = published(Plan), release.submitted_by
    withdrawal = review.propose_withdrawal(plan, plan_writer, NOTES)

    assert f"Withdrawal: {plan}" in words(read(client, page_of(withdrawal)))
    assert f"Withdrawal: {plan}" in words(read(client, "/admin/"))
    shown = read(client, reverse("preview-of-release", args=[share(withdrawal, plan_writer)]))
    assert "This page is to be withdrawn" in words(shown)
