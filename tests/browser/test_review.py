"""A text from draft to public in Chromium, by three people, with every page on the way checked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from policies.models import Plan
from portal.languages.texts import codes, column, in_language
from portal.publishing.models import Act, Entry, Release, Stage
from portal.publishing.schedule import publish_due
from portal.publishing.verify import faults_in_history
from tests.factories import published
from tests.publishing.review import person, writer

pytestmark = [
    pytest.mark.usefixtures("transactional_db"),
    pytest.mark.ignore_template_errors,
]


def form_of(plan: Plan) -> str:
    return reverse("admin:policies_plan_change", args=[plan.pk])


def settle(tab) -> None:
    """Until the form has drawn its previews: this live server has one connection for all."""
    tab.page.wait_for_load_state("networkidle")


def write(tab, plan: Plan, **texts: str) -> None:
    """Fill boxes of the form and submit it for review."""
    tab.open(form_of(plan))
    settle(tab)
    for name, words in texts.items():
        tab.page.locator(f"[name={name}]").fill(words)
    assert tab.axe() == []
    tab.page.locator("button[name=_submit]").click()
    settle(tab)


def press(tab, release: Release, name: str) -> None:
    tab.open(reverse("admin:publishing_release_change", args=[release.pk]))
    assert tab.axe() == []
    tab.page.get_by_role("button", name=name).click()
    tab.page.wait_for_load_state("load")


def said(tab) -> str:
    return " ".join(tab.page.locator("#content, .messagelist").all_inner_texts())


def address_of(release: Release) -> str:
    return reverse("admin:publishing_release_change", args=[release.pk])


def newest() -> Release:
    return Release.objects.order_by("submitted").last()


def tell_readers(tab, release: Release, words: str) -> None:
    tab.open(address_of(release))
    for code in codes():
        tab.page.locator(f"[name={column('note', code)}]").fill(f"{words} {code}")
    tab.page.get_by_role("button", name="Save the note").click()
    tab.page.wait_for_load_state("load")


def public(visit, plan: Plan, code: str) -> str:
    """What a reader sees who comes by for the first time; the page is clean, too."""
    tab = visit()
    tab.open(plan.address(code))
    assert (tab.axe(), tab.complaints, tab.foreign) == ([], [], [])
    return tab.page.locator("main").inner_text()


def summaries(plan: Plan) -> list[str | None]:
    row = Plan.objects.get(pk=plan.pk)
    return [in_language(row, "summary", code) for code in ("fr", "nl")]


@pytest.fixture
def team(signed_in_as) -> tuple:
    """The tabs of a writer, and of an approver of each of two languages."""
    rights = [("french", "fr"), ("dutch", "nl")]
    approvers = [signed_in_as(person(name, approves=code)) for name, code in rights]
    return signed_in_as(writer()), *approvers


def test_a_text_is_written_sent_back_corrected_scheduled_undone_and_withdrawn(team, visit):
    author, french, dutch = team
    plan = published(Plan)
    before = summaries(plan)
    names = [column("summary", code) for code in ("fr", "nl")]

    write(author, plan, **dict(zip(names, ("Un plan.", "Een plan."), strict=True)))
    first = newest()
    french.open(address_of(first))
    french.page.locator("#id_remark").fill("Trop vague.")
    french.page.get_by_role("button", name="Send back with this remark").click()
    assert "Trop vague." in said(french)

    write(author, plan, **dict(zip(names, ("Précis.", "Precies."), strict=True)))
    tell_readers(author, newest(), "Why")
    press(author, newest(), "Publish:")
    assert "Not every part is approved yet." in said(author)
    press(french, newest(), "Approve French")
    press(dutch, newest(), "Approve Dutch")

    author.open(address_of(newest()))
    noon = timezone.localdate() + timedelta(days=2)  # an hour that no change of the clocks skips
    author.page.locator("#id_due").fill(f"{noon}T12:00")
    author.page.get_by_role("button", name="Schedule").click()
    author.page.wait_for_load_state("load")
    assert "To be published at" in said(author)
    assert summaries(plan) == before
    Release.objects.filter(stage=Stage.SCHEDULED).update(due=timezone.now())
    assert len(publish_due().published) == 1
    assert "Précis." in public(visit, plan, "fr")
    assert "Precies." in public(visit, plan, "nl")

    write(author, plan, **dict(zip(names, ("Faux.", "Fout."), strict=True)))
    author.page.locator("[name=act]").select_option("correction")
    author.page.locator("[name=major]").uncheck()
    author.page.get_by_role("button", name="Save the note").click()
    press(french, newest(), "Approve French")
    press(dutch, newest(), "Approve Dutch")
    press(author, newest(), "Publish:")
    assert summaries(plan) == ["Faux.", "Fout."]

    press(author, newest(), "Undo")
    press(french, newest(), "Approve French")
    press(dutch, newest(), "Approve Dutch")
    press(author, newest(), "Publish:")
    assert summaries(plan) == ["Précis.", "Precies."]

    author.open(form_of(plan))
    settle(author)
    author.page.get_by_role("button", name="Propose to withdraw this page").click()
    author.page.wait_for_load_state("load")
    tell_readers(author, newest(), "Gone")
    press(dutch, newest(), "Approve withdrawal")
    press(author, newest(), "Publish:")
    assert "Gone fr" in public(visit, plan, "fr")
    assert [entry.act for entry in Entry.objects.filter(record=plan.pk).order_by("number")] == [
        Act.PUBLICATION,
        Act.PUBLICATION,
        Act.CORRECTION,
        Act.RESTORATION,
        Act.WITHDRAWAL,
    ]
    assert list(faults_in_history()) == []
    for tab in team:
        assert (tab.complaints, tab.foreign) == ([], [])


def test_a_conflict_a_preview_and_the_history_are_clean_and_lose_nothing(team, signed_in_as):
    author, _french, _dutch = team
    other = signed_in_as(person("anna", writes=True))
    plan = published(Plan)
    french, dutch = (f"[name={column('summary', code)}]" for code in ("fr", "nl"))
    for tab, box, words in ((author, french, "Le mien."), (other, french, "Le sien.")):
        tab.open(form_of(plan))
        settle(tab)
        tab.page.locator(box).fill(words)
    other.page.locator(dutch).fill("Het hare.")
    other.page.locator("[name=_continue]").click()
    settle(other)

    with author.context.expect_page() as opened:
        author.page.locator("button[formaction]", has_text="Français").click()
    assert "Le mien." in opened.value.locator("main").inner_text()
    author.page.locator("[name=_continue]").click()
    settle(author)
    assert "Saved by anna while you wrote" in said(author)
    assert author.page.locator(french).input_value() == "Le mien."
    assert author.page.locator(dutch).input_value() == "Het hare."
    assert author.axe() == []
    author.page.locator("[name=_continue]").click()
    settle(author)

    author.page.get_by_role("link", name="History").click()
    settle(author)
    assert author.axe() == []
    author.page.locator("#content table").get_by_role("link", name="2", exact=True).click()
    settle(author)
    assert author.axe() == []
    author.page.get_by_role("button", name="Take this text up as the draft").click()
    settle(author)
    assert author.page.locator(french).input_value() == "Le sien."
    author.page.get_by_role("link", name="Help").click()
    settle(author)
    assert author.axe() == []
    for tab in (author, other):
        assert (tab.complaints, tab.foreign) == ([], [])
