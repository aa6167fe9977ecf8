"""Saving at the desk keeps a draft beside the row, and nothing that was typed is lost."""

import pytest
from django.contrib.admin.models import LogEntry

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes, column, in_language, set_texts
from portal.publishing.content import content_of, members
from portal.publishing.drafts import (
    discard,
    draft_of,
    newest,
    restore,
    save_draft,
    with_draft,
    with_state_of_draft,
)
from portal.publishing.models import Revision
from portal.records.kinds import kinds
from portal.records.models import State
from portal.staff.models import Account
from tests.factories import published, unpublished
from tests.publishing.desk import address, posted
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def drafted(record):
    """The record as its newest draft has it."""
    return with_draft(type(record).objects.get(pk=record.pk))


def test_saving_a_change_keeps_a_draft_and_readers_see_nothing_of_it(staff, client):
    plan, owner = published(Plan, owners=[published(Actor)]), published(Actor)
    changes = {column("title", code): f"New title {code}" for code in codes()}

    answer = staff.post(
        address(Plan, "change", plan.pk),
        posted(staff, plan, **changes, owners=[str(owner.pk)], drawn_up="2015-02"),
    )

    assert answer.status_code == 302, answer.context["errors"]
    row, draft = Plan.objects.get(pk=plan.pk), drafted(plan)
    assert content_of(row) == content_of(plan)
    assert [in_language(draft, "title", code) for code in codes()] == list(changes.values())
    assert (members(draft, "owners"), draft.drawn_up) == ([owner], "2015-02")
    for code in codes():
        assert "New title" not in client.get(plan.address(code)).content.decode()


def test_saving_without_a_change_says_so_and_leaves_date_and_history(staff):
    plan = published(Plan, owners=[published(Actor)])

    answer = staff.post(
        address(Plan, "change", plan.pk), posted(staff, plan, _continue="1"), follow=True
    )

    assert Revision.objects.filter(record=plan.pk).count() == 1
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["Nothing was changed."]
    assert LogEntry.objects.count() == 0


def test_the_history_names_what_changed_and_not_the_line_ends_of_a_browser(staff):
    plan = published(Plan, body=dict.fromkeys(codes(), "one\n\ntwo"))
    changes = {column("purpose", "en"): "Another purpose."}
    typed = {column("body", code): "one\r\n\r\ntwo" for code in codes()}

    staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **changes, **typed))

    assert LogEntry.objects.get().get_change_message() == "Changed Purpose (English)."


@pytest.mark.parametrize("key", ["x", "\x00", "99999999999999999999", "' OR 1=1 --"])
def test_a_key_that_is_none_is_a_fault_of_the_field(staff, key):
    plan = published(Plan)
    wrong = {"owners": [key], "succeeded_by": key}

    shown = staff.get(address(Plan, "add"), {"owners": "x", "succeeded_by": "x"})
    answer = staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **wrong))

    assert shown.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {"owners", "succeeded_by"}


def test_the_form_says_what_saving_does_and_how_a_date_is_written(staff):
    html = staff.get(address(Plan, "add")).content.decode()

    assert "Saving keeps a draft." in html
    assert html.count("2005, 2015-01, 2015-02-12 or 2019/2020") == len(Plan.dates)


def test_a_new_record_is_a_draft_with_its_sets_and_a_row_that_no_door_shows(staff, client):
    actor = published(Actor)
    texts = {column(name, "nl"): f"{name}-nl" for name in ("title", "slug", "summary")}
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
    row = Plan.objects.get()
    assert (row.state, row.version, row.owners.count()) == (State.UNPUBLISHED, None, 0)
    assert (str(row), row.plan_kind, in_language(row, "slug", "nl")) == ("title-nl", "", "")
    assert members(drafted(row), "owners") == [actor]
    assert client.get("/nl/plannen/slug-nl/").status_code == 404


@pytest.mark.parametrize("kind", kinds())
def test_an_empty_draft_of_any_kind_is_kept(administrator, kind):
    record = kind()

    revision = save_draft(record, administrator)

    assert revision.number == 1
    assert kind.objects.get(pk=record.pk).state == State.UNPUBLISHED
    assert save_draft(kind.objects.get(pk=record.pk), administrator) is None


def test_an_incomplete_draft_is_kept_and_says_what_it_lacks_with_a_link_to_each_field(staff):
    plan, taken = published(Plan), published(Plan)
    lacking = {column("summary", "fr"): "", column("slug", "nl"): taken.slug_in("nl")}
    markup = {column("body", code): "[x](http://example.org)" for code in codes()}
    staff.post(
        address(Plan, "change", plan.pk),
        posted(staff, plan, **lacking, **markup, added_reference="on"),
    )

    page = read(staff, address(Plan, "change", plan.pk))
    (standing,) = [e for e in page.iter("div") if e.get("class") == "desk-standing"]
    fields = {a.get("href") for a in standing.iter("a")}
    ids = {e.get("id") for e in page.iter() if e.get("id")}
    wanted = [*lacking, *markup, "sources"]

    assert {f"#id_{name}" for name in wanted} <= fields
    assert {name.removeprefix("#") for name in fields if name.startswith("#")} <= ids
    assert "Summary (Français)" in words(standing)
    assert "cannot be null" not in words(standing)


def test_a_draft_without_an_address_opens_and_leads_to_the_history_of_what_is_public(staff):
    plan = published(Plan)
    emptied = dict.fromkeys((column("slug", code) for code in codes()), "")
    staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **emptied))

    page = read(staff, address(Plan, "change", plan.pk))

    assert draft_of(plan.pk) is not None
    assert plan.history in {a.get("href") for a in page.iter("a")}


def test_what_is_no_value_is_refused_at_its_field_and_nothing_typed_is_lost(staff):
    plan = published(Plan)
    answer = staff.post(
        address(Plan, "change", plan.pk),
        posted(staff, plan, drawn_up="around 2005", sources="a | http://x"),
    )

    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {"drawn_up", "sources"}
    assert "around 2005" in answer.content.decode()
    assert Revision.objects.filter(record=plan.pk).count() == 1


def test_a_draft_may_point_at_a_draft(staff):
    plan, hidden = published(Plan), unpublished(Actor)

    staff.post(address(Plan, "change", plan.pk), posted(staff, plan, owners=[str(hidden.pk)]))

    assert members(drafted(plan), "owners") == [hidden]
    assert plan.owners.count() == 0


def test_who_translates_writes_in_the_languages_of_the_account_alone(client):
    plan = published(Plan, owners=[published(Actor)], drawn_up="2015")
    client.force_login(Account.objects.create_user("translator", is_staff=True, translates="nl"))
    form = client.get(address(Plan, "change", plan.pk)).context["adminform"].form
    texts = {column("title", code): f"New {code}" for code in codes()}

    answer = client.post(
        address(Plan, "change", plan.pk),
        {
            "seen": "1",
            **texts,
            column("summary", "nl"): "S",
            column("slug", "nl"): "s",
            column("purpose", "nl"): "",
            column("body", "nl"): "",
            "drawn_up": "2020",
        },
    )

    assert answer.status_code == 302
    assert {name.rpartition("_")[2] for name in form.fields} == {"nl", "seen"}
    draft = drafted(plan)
    assert [in_language(draft, "title", c) for c in codes()] == [
        in_language(plan, "title", "en"),
        in_language(plan, "title", "fr"),
        "New nl",
    ]
    assert (draft.drawn_up, members(draft, "owners")) == ("2015", list(plan.owners.all()))


def test_a_draft_can_be_discarded_and_an_older_one_taken_up_again(administrator):
    plan = published(Plan)
    first = newest(plan.pk)
    set_texts(plan, "summary", dict.fromkeys(codes(), "Second."))
    save_draft(plan, administrator)
    assert [p.has_draft for p in with_state_of_draft(Plan.objects.all())] == [True]

    discard(plan.pk, administrator)
    assert draft_of(plan.pk) is None
    assert [p.has_draft for p in with_state_of_draft(Plan.objects.all())] == [False]

    restore(Revision.objects.get(record=plan.pk, number=2), administrator)
    assert in_language(drafted(plan), "summary", "fr") == "Second."
    assert [r.digest == first.digest for r in Revision.objects.filter(record=plan.pk)] == [
        True,
        False,
        True,
        False,
    ]


def test_typing_the_public_text_again_leaves_no_draft(administrator):
    plan = published(Plan)
    before = in_language(plan, "summary", "fr")
    for words_typed in ("Other.", before):
        set_texts(plan, "summary", {"fr": words_typed})
        save_draft(plan, administrator)

    assert draft_of(plan.pk) is None
