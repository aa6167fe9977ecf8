"""A text from draft to public in Chromium, by three people, with every page on the way checked."""

import pytest
from django.urls import reverse

from policies.models import Plan
from portal.languages.texts import column, in_language
from portal.publishing.models import Release
from portal.staff.models import Account
from tests.factories import published
from tests.publishing.review import person, writer

pytestmark = [
    pytest.mark.usefixtures("transactional_db"),
    pytest.mark.ignore_template_errors,
]


def form_of(plan: Plan) -> str:
    return reverse("admin:policies_plan_change", args=[plan.pk])


def write(tab, plan: Plan, **texts: str) -> None:
    """Fill boxes of the form and submit it for review."""
    tab.open(form_of(plan))
    tab.page.wait_for_load_state("networkidle")
    for name, words in texts.items():
        tab.page.locator(f"[name={name}]").fill(words)
    assert tab.axe() == []
    tab.page.locator("button[name=_submit]").click()
    tab.page.wait_for_load_state("networkidle")


def press(tab, release: Release, name: str) -> None:
    tab.open(reverse("admin:publishing_release_change", args=[release.pk]))
    assert tab.axe() == []
    tab.page.get_by_role("button", name=name).click()
    tab.page.wait_for_load_state("load")


def said(tab) -> str:
    return " ".join(tab.page.locator("#content, .messagelist").all_inner_texts())


def test_a_text_goes_from_draft_to_public_by_three_people(signed_in_as, client):
    plan = published(Plan)
    author = signed_in_as(writer())
    french = signed_in_as(person("french", approves="fr"))
    dutch = signed_in_as(person("dutch", approves="nl"))
    french_title, dutch_title = column("title", "fr"), column("title", "nl")

    write(author, plan, **{french_title: "Un plan", dutch_title: "Een plan"})
    first = Release.objects.get()
    french.open(reverse("admin:publishing_release_change", args=[first.pk]))
    french.page.locator("#id_remark").fill("Trop vague.")
    french.page.get_by_role("button", name="Send back with this remark").click()
    assert "Trop vague." in said(french)

    write(author, plan, **{french_title: "Un plan précis", dutch_title: "Een precies plan"})
    second = Release.objects.exclude(pk=first.pk).get()
    author.open(reverse("admin:publishing_release_change", args=[second.pk]))
    for code in ("en", "fr", "nl"):
        author.page.locator(f"[name={column('note', code)}]").fill(f"Why {code}")
    author.page.get_by_role("button", name="Save the note").click()
    author.page.wait_for_load_state("load")
    press(author, second, "Publish:")
    assert "Not every part is approved yet." in said(author)
    press(french, second, "Approve French")
    press(dutch, second, "Approve Dutch")
    press(author, second, "Publish:")

    row = Plan.objects.get(pk=plan.pk)
    assert [in_language(row, "title", c) for c in ("fr", "nl")] == [
        "Un plan précis",
        "Een precies plan",
    ]
    assert "Why fr" in client.get("/fr/modifications/").content.decode()
    for tab in (author, french, dutch):
        assert (tab.complaints, tab.foreign) == ([], [])
    assert Account.objects.count() == 3
