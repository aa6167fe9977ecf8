"""The history of a record at the desk: every revision, what it changed, and the way back."""

import pytest

from policies.models import Plan
from portal.languages.texts import codes, in_language
from portal.publishing.canonical import canonical
from portal.publishing.drafts import newest, with_draft
from portal.publishing.models import Revision
from portal.publishing.past import Step
from portal.publishing.reading import content_in
from tests.factories import published
from tests.publishing.desk import address
from tests.publishing.review import drafted, person, said_otherwise, writer
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def plan(db) -> Plan:
    """Three revisions: public, then two drafts."""
    plan, one = published(Plan), writer()
    said_otherwise(plan, one, "Second")
    drafted(plan, one, title={"fr": "Troisième"})
    return plan


def rows(page) -> list[list[str]]:
    (content,) = [each for each in page.iter("div") if each.get("id") == "content"]
    body = next(content.iter("tbody"))
    return [[" ".join(words(cell).split()) for cell in row] for row in body.iter("tr")]


def test_the_history_says_who_saved_what_and_what_became_public(staff, plan):
    said = rows(read(staff, address(Plan, "history", plan.pk)))

    assert [row[0] for row in said] == ["3", "2", "1"]
    assert [row[2] for row in said] == [
        "Title (Français)",
        "Summary (English), Summary (Français), Summary (Nederlands)",
        "everything",
    ]
    assert [row[3] for row in said] == ["", "", "version 1"]
    assert said[0][1].endswith(", writer")
    assert said[2][1].endswith(", founding content")


def test_a_revision_is_shown_word_by_word(staff, plan):
    page = read(staff, address(Plan, "step", plan.pk, 3))

    (changes,) = [each for each in page.iter("dl") if each.get("class") == "desk-diff"]
    assert [each.text for each in changes.iter("dt")] == ["Title (Français)"]
    assert "Troisième" in words(changes)
    assert staff.get(address(Plan, "step", plan.pk, 4)).status_code == 404


def test_an_older_text_is_taken_up_as_a_new_draft_and_readers_see_nothing_of_it(staff, plan):
    public = [in_language(plan, "summary", code) for code in codes()]

    answer = staff.post(address(Plan, "restore", plan.pk, 2), follow=True)

    draft = with_draft(Plan.objects.get(pk=plan.pk))
    assert "The older text is the draft." in answer.content.decode()
    assert newest(plan.pk).number == 4
    assert in_language(draft, "summary", "fr") == "Second fr"
    assert in_language(draft, "title", "fr") == in_language(plan, "title", "fr")
    row = Plan.objects.get(pk=plan.pk)
    assert [in_language(row, "summary", code) for code in codes()] == public


def test_who_may_not_set_facts_goes_back_to_nothing(client, plan):
    client.force_login(person("translator", translates="fr"))

    page = read(client, address(Plan, "step", plan.pk, 2))

    assert "Take this text up" not in words(page)
    assert client.post(address(Plan, "restore", plan.pk, 2)).status_code == 403
    assert client.get(address(Plan, "restore", plan.pk, 2)).status_code == 405
    assert Revision.objects.filter(record=plan.pk).count() == 3


def test_of_another_record_nothing_is_taken_up(staff, plan):
    other = published(Plan)

    assert staff.post(address(Plan, "restore", other.pk, 2)).status_code == 404
    assert Revision.objects.filter(record=other.pk).count() == 1


def test_a_column_that_the_kind_had_once_breaks_no_history(plan):
    older = Step(newest(plan.pk), {})
    said = content_in(older.revision) | {"a_column_of_old": "x"}
    with_column = Revision(kind="plan", content=canonical({"content": said}))

    assert Step(with_column, content_in(older.revision)).changed == []
