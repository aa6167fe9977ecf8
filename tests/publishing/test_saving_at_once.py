"""Two who save at once, and a save that finds somebody in its way: nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, connections
from django.test import Client

from policies.models import Edition, Plan
from portal.languages.texts import column, in_language
from portal.publishing.drafts import save_draft, with_draft
from portal.publishing.models import Revision
from tests.factories import published
from tests.publishing.desk import address, posted

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def drafted(record):
    """The record as its newest draft has it."""
    return with_draft(type(record).objects.get(pk=record.pk))


def test_whoever_saves_second_is_told_and_replaces_knowingly(staff):
    plan = published(Plan)
    first = posted(staff, plan, **{column("title", "fr"): "Le premier"})
    second = posted(staff, plan, **{column("title", "nl"): "De tweede"})
    staff.post(address(Plan, "change", plan.pk), first)

    refused = staff.post(address(Plan, "change", plan.pk), second)

    form = refused.context["adminform"].form
    assert in_language(drafted(plan), "title", "fr") == "Le premier"
    assert "Somebody saved this record after you opened it" in form.non_field_errors()[0]
    again = staff.post(address(Plan, "change", plan.pk), second | {"seen": form["seen"].value()})
    assert again.status_code == 302
    assert in_language(drafted(plan), "title", "nl") == "De tweede"
    assert Revision.objects.filter(record=plan.pk).count() == 3


def test_a_race_that_is_lost_ends_in_the_form_and_not_in_an_error(staff, monkeypatch):
    plan = published(Plan)
    losses = iter([IntegrityError("somebody was faster")])

    def lose_once(*args):
        if loss := next(losses, None):
            raise loss
        return save_draft(*args)

    monkeypatch.setattr("portal.publishing.admin.save_draft", lose_once)
    changes = {column("title", "nl"): "Nieuw"}
    answer = staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **changes))

    assert answer.status_code == 302
    assert in_language(drafted(plan), "title", "nl") == "Nieuw"


@pytest.mark.only_on("postgresql")  # SQLite lets one write at a time
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(administrator):
    plan = published(Plan)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(administrator)
    posts = [
        (browser, posted(browser, plan, **{column("title", code): "Other"}))
        for browser, code in zip(browsers, ("fr", "nl"), strict=True)
    ]

    def save(post) -> int:
        try:
            return post[0].post(address(Plan, "change", plan.pk), post[1]).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(save, posts)) == [200, 302]


def test_a_reminder_that_somebody_else_set_meanwhile_stays(staff):
    plan = published(Plan)
    mine = posted(staff, plan, **{column("title", "nl"): "Mijn titel"})
    staff.post(address(Plan, "change", plan.pk), posted(staff, plan, review_by="2027-01-31"))

    answer = staff.post(address(Plan, "change", plan.pk), mine)

    assert answer.status_code == 302
    assert str(Plan.objects.get(pk=plan.pk).review_by) == "2027-01-31"


def test_an_upload_that_was_in_the_way_is_asked_for_again_and_the_form_stays_behind(
    staff, monkeypatch
):
    edition = published(Edition)

    def busy(*_args):
        raise OperationalError("somebody is at it")

    monkeypatch.setattr("portal.publishing.admin.save_draft", busy)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")
    answer = staff.post(
        address(Edition, "change", edition.pk), posted(staff, edition) | {"file": upload}
    )

    assert answer.status_code == 503
    assert answer["Retry-After"]
