"""Saving at the desk goes through the one door, and what stands in its way is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, connections
from django.test import Client

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes, column, in_language
from portal.publishing import signals
from portal.records.models import State
from tests.factories import published, unpublished
from tests.publishing.desk import address, posted

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_saving_a_change_publishes_it_in_three_languages(staff):
    plan = published(Plan, owners=[published(Actor)])
    changes = {column("title", code): f"New title {code}" for code in codes()}

    answer = staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **changes))

    assert answer.status_code == 302, answer.context["errors"]
    plan = Plan.objects.get(pk=plan.pk)
    assert [in_language(plan, "title", code) for code in codes()] == list(changes.values())
    assert (plan.state, plan.owners.count()) == (State.PUBLISHED, 1)


def test_saving_without_a_change_says_so_and_leaves_date_and_history(staff):
    plan = published(Plan, owners=[published(Actor)])

    answer = staff.post(
        address(Plan, "change", plan.pk), posted(staff, plan, _continue="1"), follow=True
    )

    assert Plan.objects.get(pk=plan.pk).changed == plan.changed
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["Nothing was changed: the page stays as it is."]
    assert LogEntry.objects.count() == 0


def test_the_history_names_what_changed_and_not_the_line_ends_of_a_browser(staff):
    plan = published(Plan, body=dict.fromkeys(codes(), "one\n\ntwo"))
    changes = {column("purpose", "en"): "Another purpose."}
    typed = {column("body", code): "one\r\n\r\ntwo" for code in codes()}

    staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **changes, **typed))

    assert LogEntry.objects.get().get_change_message() == "Changed Purpose (English)."


def test_whoever_saves_second_is_told_and_replaces_knowingly(staff):
    plan = published(Plan)
    first = posted(staff, plan, **{column("title", "fr"): "Le premier"})
    second = posted(staff, plan, **{column("title", "nl"): "De tweede"})
    staff.post(address(Plan, "change", plan.pk), first)

    refused = staff.post(address(Plan, "change", plan.pk), second)

    form = refused.context["adminform"].form
    assert in_language(Plan.objects.get(pk=plan.pk), "title", "fr") == "Le premier"
    assert "This record was changed after you opened it" in form.non_field_errors()[0]
    again = staff.post(address(Plan, "change", plan.pk), second | {"seen": form["seen"].value()})
    assert again.status_code == 302
    assert in_language(Plan.objects.get(pk=plan.pk), "title", "nl") == "De tweede"


def test_a_race_that_is_lost_ends_in_the_form_and_not_in_an_error(staff):
    plan = published(Plan)
    losses = iter([IntegrityError("somebody was faster")])

    def lose_once(sender, **told):
        if loss := next(losses, None):
            raise loss

    signals.published.connect(lose_once)
    try:
        changes = {column("title", "nl"): "Nieuw"}
        answer = staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **changes))
    finally:
        signals.published.disconnect(lose_once)

    assert answer.status_code == 302
    assert in_language(Plan.objects.get(pk=plan.pk), "title", "nl") == "Nieuw"


def test_a_refused_form_does_not_call_a_draft_published(staff):
    plan = unpublished(Plan)

    answer = staff.post(
        address(Plan, "change", plan.pk), posted(staff, plan, drawn_up="around 2005")
    )

    assert answer.context["adminform"].form.instance.state == State.UNPUBLISHED
    assert f"/id/{plan.pk}/" not in answer.content.decode()


@pytest.mark.parametrize("key", ["x", "\x00", "99999999999999999999", "' OR 1=1 --"])
def test_a_key_that_is_none_is_a_fault_of_the_field(staff, key):
    plan = published(Plan)
    wrong = {"owners": [key], "succeeded_by": key}

    shown = staff.get(address(Plan, "add"), {"owners": "x", "succeeded_by": "x"})
    answer = staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **wrong))

    assert shown.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {"owners", "succeeded_by"}


def test_the_form_says_that_saving_publishes(staff):
    html = staff.get(address(Plan, "add")).content.decode()

    assert "Saving publishes at once" in html


def test_a_new_record_is_published_with_its_sets(staff):
    actor = published(Actor)
    texts = {
        column(name, code): f"{name}-{code}"
        for name in ("title", "slug", "summary")
        for code in codes()
    }
    answer = staff.post(
        address(Plan, "add"),
        {
            "plan_kind": "national",
            "source_language": "nl",
            "position": "0",
            "owners": [str(actor.pk)],
            **texts,
        },
    )

    assert answer.status_code == 302, answer.context["errors"]
    assert list(Plan.objects.published().get().owners.all()) == [actor]


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(staff):
    plan = published(Plan)
    taken = published(Plan)
    answer = staff.post(
        address(Plan, "change", plan.pk),
        posted(
            staff,
            plan,
            **{
                column("slug", "nl"): taken.slug_in("nl"),
                column("body", "fr"): "[x](http://example.org)",
                "drawn_up": "around 2005",
                "added_reference": "on",
            },
        ),
    )

    errors = answer.context["adminform"].form.errors
    assert answer.status_code == 200
    assert {"drawn_up", column("body", "fr"), column("slug", "nl"), "sources"} <= set(errors)
    assert "around 2005" in answer.content.decode()
    assert Plan.objects.get(pk=plan.pk).drawn_up is None


def test_an_unpublished_record_cannot_be_pointed_at_by_a_public_one(staff):
    plan, hidden = published(Plan), unpublished(Actor)

    answer = staff.post(
        address(Plan, "change", plan.pk), posted(staff, plan, owners=[str(hidden.pk)])
    )

    assert "owners" in answer.context["adminform"].form.errors
    assert plan.owners.count() == 0


def test_each_fault_is_said_once_and_at_its_field(staff):
    taken = published(Plan, slug={"en": "one", "fr": "un", "nl": "een"})
    texts = {
        column(name, code): taken.slug_in(code) if name == "slug" else "x"
        for name in ("title", "slug", "summary")
        for code in codes()
    }
    answer = staff.post(
        address(Plan, "add"),
        {
            "plan_kind": "national",
            "source_language": "en",
            "position": "0",
            **texts,
            column("title", "en"): "",
            "drawn_up": "early",
            "replaced": "2021",
        },
    )

    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"drawn_up", column("title", "en"), *(column("slug", c) for c in codes())}
    assert {len(said) for said in errors.values()} == {1}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_on_postgresql_one_is_told(administrator):
    if connection.vendor != "postgresql":
        return  # SQLite lets one write at a time
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
