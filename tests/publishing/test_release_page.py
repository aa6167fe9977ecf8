"""The page of a release is one form: whichever button is pressed, nothing typed is lost."""

import pytest
from django.urls import reverse

from policies.models import Plan
from portal.languages.texts import column, in_language
from portal.publishing import review
from portal.publishing.models import Release, Stage
from portal.publishing.sharing import share
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
    page = read(client, page_of(release))
    boxes = {e.get("name"): e for e in page.iter() if e.get("name") and e.tag != "button"}
    data = {name: box.get("value") or "" for name, box in boxes.items() if box.tag == "input"}
    ticked = {n: "on" for n, box in boxes.items() if box.get("type") == "checkbox" and n == "major"}
    return data | {"act": "publication", **ticked} | typed


def note(release, code: str) -> str | None:
    return in_language(Release.objects.get(pk=release.pk), "note", code)


@pytest.mark.parametrize("button", ["share", "publish", "renew", "schedule", "urgent", "take_back"])
def test_a_note_that_was_typed_is_kept_by_every_button(client, release, button):
    typed = {column("note", "fr"): "Tapé."}

    client.post(page_of(release), opened(client, release, do=button, **typed))

    assert note(release, "fr") == "Tapé."
    assert [note(release, code) for code in ("en", "nl")] == [NOTES["en"], NOTES["nl"]]


def test_what_nobody_touched_changes_no_note_and_no_approval(client, release):
    approve_all(release, other := approver())
    data = opened(client, release, do="share")
    by_other = {column("note", "nl"): "Anders."}
    client.force_login(other)
    client.post(page_of(release), opened(client, release, do="note", **by_other))

    client.post(page_of(release), data)

    assert note(release, "nl") == "Anders."
    assert list(release.note_writers.all()) == [release.submitted_by, other]


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


def test_buttons_that_would_be_refused_are_not_offered(client, release):
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
