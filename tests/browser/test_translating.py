"""A Dutch text that is behind, brought up to date in Chromium by somebody new to the desk."""

import pytest
from django.urls import reverse

from policies.models import Plan
from portal.languages.texts import column
from portal.publishing.models import Release
from tests.factories import published
from tests.publishing.review import person, writer
from tests.translation.drafts import FIRST, due, write
from tests.translation.screen import drafted, screen

pytestmark = [
    pytest.mark.usefixtures("transactional_db"),
    pytest.mark.ignore_template_errors,
]

PHRASE = "a trial password of tests"


def box(tab, name: str):
    return tab.page.locator(f"[name={column(name, 'nl')}]")


def sign_in(tab, name: str) -> None:
    tab.open(reverse("admin:login") + "?next=/admin/")
    tab.page.locator("[name=username]").fill(name)
    tab.page.locator("[name=password]").fill(PHRASE)
    tab.page.locator("[type=submit]").click()
    tab.page.wait_for_load_state("load")


def leave(tab) -> list[str]:
    """What the browser asks before it opens another page; the answer is to stay."""
    asked = []
    tab.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.page.get_by_role("link", name="Help").click()
    return asked


@pytest.fixture
def translator(db):
    account = person("nieuw", translates="nl", language="en")
    account.set_password(PHRASE)
    account.save()
    return account


def test_a_translator_finds_the_due_text_brings_it_up_to_date_and_submits_it(visit, translator):
    plan, tab = published(Plan), visit()
    write(plan, writer(), summary={FIRST: "Said anew."}, body={FIRST: "All of it is new."})

    sign_in(tab, "nieuw")
    tab.page.locator(".desk-waiting a[href*='language=nl']").first.click()
    tab.page.locator(f"a[href='{screen(plan)}']", has_text="due: 2 texts").click()
    tab.page.wait_for_url(f"**{screen(plan)}")
    assert "2 texts to do." in tab.page.locator("#content").inner_text()
    assert tab.axe() == []

    tab.page.keyboard.press("Alt+PageDown")
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("Anders gezegd.")
    tab.page.keyboard.press("Alt+PageDown")
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("Alles is nieuw.")
    assert leave(tab) == ["beforeunload"]
    with tab.context.expect_page() as opened:
        tab.page.get_by_role("button", name="As readers will see it").click()
    assert "Anders gezegd." in opened.value.locator("main").inner_text()
    with tab.page.expect_navigation(url=f"**{screen(plan)}"):
        tab.page.keyboard.press("Control+s")
    assert "Nothing is to be done in Dutch." in tab.page.locator("#content").inner_text()
    assert tab.axe() == []

    tab.page.get_by_role("button", name="Save and submit for review").click()
    tab.page.wait_for_url("**/release/**")
    assert "nl" not in due(plan)
    assert [drafted(plan, name) for name in ("summary", "body")] == [
        "Anders gezegd.",
        "Alles is nieuw.",
    ]
    assert Release.objects.get().submitted_by == translator
    assert (tab.complaints, tab.foreign) == ([], [])
