"""Each screen of the desk leads to its help, in the language of the desk."""

import re
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from policies.models import Plan
from portal.languages.texts import codes
from portal.publishing import review
from portal.publishing.help import (
    ACCOUNTS,
    APPROVE,
    ELSEWHERE,
    FOLDER,
    NAMES,
    TRANSLATE,
    WRITE,
    help_named,
)
from portal.staff.models import Account
from tests.factories import published
from tests.publishing.review import NOTES, person, said_otherwise, writer
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def help_of(browser, address: str) -> list[str]:
    (tools,) = [e for e in read(browser, address).iter("div") if e.get("id") == "user-tools"]
    links = [a.get("href") for a in tools.iter("a")]
    return [link.split("/")[-2] for link in links if link.startswith("/admin/help/")]


def catalogue(code: str) -> list[str]:
    """The words of the desk in this language, Django's own among them; the source is English."""
    of_django = Path(django.__file__).parent / "contrib"
    folders = [settings.BASE_DIR, of_django / "auth", of_django / "admin"]
    file = Path("locale") / (code if code != "en" else "fr") / "LC_MESSAGES" / "django.po"
    entries = [entry for folder in folders for entry in polib.pofile(str(folder / file))]
    return [entry.msgid if code == "en" else entry.msgstr for entry in entries]


def test_every_screen_leads_to_the_help_for_what_the_person_does_there(client):
    plan, author = published(Plan), writer()
    said_otherwise(plan, author)
    release = review.submit([plan.pk], author, NOTES)
    form = reverse("admin:policies_plan_change", args=[plan.pk])
    history = reverse("admin:policies_plan_history", args=[plan.pk])
    releases = reverse("admin:publishing_release_change", args=[release.pk])
    parcel = reverse("admin:translation-parcel")
    own = reverse("admin:password_change")
    boss = Account.objects.create_superuser("boss")
    expected = {
        author: {form: WRITE, history: WRITE, releases: WRITE, "/admin/": WRITE},
        person("t", translates="fr"): {form: TRANSLATE, releases: TRANSLATE, parcel: ELSEWHERE},
        person("a", approves="fr"): {form: APPROVE, releases: APPROVE, "/admin/": APPROVE},
        person("both", writes=True, approves="fr"): {form: WRITE, releases: APPROVE},
        person("nobody"): {own: WRITE},
        boss: {reverse("admin:staff_account_changelist"): ACCOUNTS, form: WRITE},
    }

    for account, screens in expected.items():
        client.force_login(account)
        assert {address: help_of(client, address) for address in screens} == {
            address: [name] for address, name in screens.items()
        }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", codes())
def test_each_page_is_there_in_each_language(client, code, name):
    client.force_login(person("p", writes=True, language=code))

    page = read(client, reverse("help", args=[name]))

    (article,) = page.iter("article")
    (title,) = article.iter("h1")
    assert article.get("lang") == code
    assert title.text
    assert len(list(article.iter("li"))) >= 2


@pytest.mark.parametrize("code", codes())
def test_what_it_says_to_press_is_what_the_desk_says(code):
    said = {words.casefold() for words in catalogue(code)}
    with translation.override(code):
        labels = [
            label
            for name in NAMES
            for label in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", help_named(name).text)
            if label[0].isupper()
        ]

    assert len(labels) > 10
    unknown = [each for each in labels if not any(w.startswith(each.casefold()) for w in said)]
    assert unknown == []


def test_the_same_pages_are_written_in_every_language():
    found = {
        path.name: {each.stem for each in path.iterdir()}
        for path in FOLDER.iterdir()
        if path.is_dir()
    }

    assert found == {code: set(NAMES) for code in codes()}


def test_help_that_is_not_there_is_an_unknown_page(staff, client):
    assert staff.get("/admin/help/secret/").status_code == 404
    assert staff.get("/admin/help/..%2Fadd-a-kind/").status_code == 404
    client.logout()
    assert client.get("/admin/help/write-a-text/").status_code == 302
