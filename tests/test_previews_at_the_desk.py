"""A draft as readers will see it, for staff: while it is typed, and once it is saved."""

import pytest
from django.urls import reverse

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes, column, in_language
from portal.publishing.models import Revision
from portal.records.kinds import kinds
from portal.staff.models import Account
from tests.factories import published
from tests.publishing.desk import posted
from tests.publishing.review import person, said_otherwise, writer
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def of_saved(record, code: str) -> str:
    return reverse("preview-at-the-desk", args=[code, record.kind(), record.pk])


def of_new(kind, code: str) -> str:
    return reverse("preview-of-new", args=[code, kind.kind()])


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan, owners=[published(Actor)])


@pytest.mark.parametrize("code", codes())
def test_what_is_typed_is_shown_as_its_page_and_nothing_is_saved(staff, plan, code):
    owner = published(Actor)
    typed = {column("title", each): f"Typed {each}" for each in codes()}

    answer = staff.post(of_saved(plan, code), posted(staff, plan, **typed, owners=[str(owner.pk)]))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{code}"' in page
    assert f"Typed {code}" in page
    assert in_language(owner, "title", code) in page
    assert 'data-notice="preview"' in page
    assert Revision.objects.filter(record=plan.pk).count() == 1
    assert "no-store" in answer["Cache-Control"].split(", ")
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("code", codes())
def test_the_newest_draft_is_shown_once_it_is_saved(staff, plan, code):
    said_otherwise(plan, writer(), "Saved")
    document = read(staff, of_saved(plan, code))

    assert f"Saved {code}" in words(document)
    switch = next(e for e in document.iter("nav") if e.get("data-languages") is not None)
    assert {a.get("href") for a in switch.iter("a")} == {
        of_saved(plan, other) for other in codes() if other != code
    }


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind())
def test_an_empty_form_of_any_kind_can_be_shown(staff, kind):
    typed = {"source_language": "nl", "position": "0"}

    for code in codes():
        assert staff.post(of_new(kind, code), typed).status_code == 200
    assert Revision.objects.count() == 0


def test_what_cannot_be_stored_is_named_and_the_rest_is_shown(staff, plan):
    typed = posted(staff, plan, drawn_up="around 2005", **{column("title", "en"): "Typed en"})

    page = staff.post(of_saved(plan, "en"), typed).content.decode()

    assert "Typed en" in page
    assert "“around 2005” is not a date." in page


def test_the_form_leads_to_each_language(staff, plan):
    form = staff.get(reverse("admin:policies_plan_change", args=[plan.pk])).content.decode()

    for code in codes():
        assert f'formaction="{of_saved(plan, code)}"' in form


def test_who_has_no_role_and_who_is_not_signed_in_sees_no_draft(client, plan):
    said_otherwise(plan, writer(), "Canary")
    assert client.get(of_saved(plan, "en")).status_code == 302
    client.force_login(person("reader"))

    assert client.get(of_saved(plan, "en")).status_code == 403
    assert client.post(of_saved(plan, "en"), {}).status_code == 403
    assert client.post(of_new(Plan, "en"), {}).status_code == 403
    assert Account.objects.count() == 2


@pytest.mark.parametrize("where", ["xx/plan/", "en/secret/", "en/plan/not-a-uuid/"])
def test_what_is_no_preview_is_an_unknown_page(staff, where):
    assert staff.post(f"/admin/preview/{where}", {}).status_code == 404


def test_the_address_of_what_was_typed_shows_nothing_by_itself(staff):
    assert staff.get(of_new(Plan, "fr")).status_code == 404


def test_a_page_that_was_typed_leads_to_no_other_text_of_it(staff, plan):
    typed = posted(staff, plan, **{column("title", "nl"): "Getypt"})

    page = staff.post(of_saved(plan, "fr"), typed).content.decode()

    assert of_saved(plan, "nl") not in page
    assert plan.address("nl") not in page
