"""The matrix: every record and every language, and who translates what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes
from portal.pages.models import Term
from portal.publishing.drafts import newest
from portal.publishing.publish import publish
from portal.staff.signals import left_undone
from portal.translation.acts import confirm, translate
from portal.translation.assigning import give, give_back, take
from portal.translation.matrix import Cell, Matrix
from portal.translation.models import Assignment
from tests.factories import draft, published, withdrawn
from tests.publishing.desk import address
from tests.publishing.review import person, refusal
from tests.translation.drafts import FIRST, OTHERS, go_public, seen, write

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
PAGE = address(Assignment, "changelist")


def cells(plan: Plan) -> dict[str, Cell]:
    (row,) = [row for row in Matrix().rows if row.record == plan.pk]
    return {cell.language: cell for cell in row.cells}


def test_it_tells_the_same_from_due_stale_and_missing(plan, author):
    dutch = published(Plan, languages=[FIRST, "nl"])
    assert {code: cell.states for code, cell in cells(plan).items()} == {c: [] for c in codes()}
    assert cells(dutch)["fr"].states == ["missing"]

    write(plan, author, summary={FIRST: "New."}, title={FIRST: "New"})
    assert (cells(plan)["nl"].states, cells(plan)["nl"].due) == (["due"], 2)

    go_public(plan, author)
    write(plan, author, summary={FIRST: "Third."})
    go_public(plan, author)
    assert (cells(plan)["nl"].states, cells(plan)["nl"].changes) == (["stale", "due"], 2)


def test_what_a_machine_made_is_told(plan, translator):
    translate(plan.pk, "nl", {"title": "x"}, translator, seen=seen(plan), machine=["title"])

    assert cells(plan)["nl"].states == ["machine"]


def test_withdrawn_records_are_left_out(plan):
    withdrawn(Plan)
    assert [row.record for row in Matrix().rows] == [plan.pk]


def test_five_hundred_records_cost_as_many_queries_as_three(
    client, author, django_assert_num_queries
):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE + "?state=all").status_code == 200
        return len(queries)

    client.force_login(author)
    first = published(Plan)
    publish([draft(kind) for kind in (Actor, Term)], by=None, notes={})
    write(first, author, summary={FIRST: "New."})
    go_public(first, author)
    few = asked()
    many = [draft(kind) for kind in (Actor, Plan, Term) for _ in range(166)]
    publish(many, by=None, notes={})

    with django_assert_num_queries(7):
        assert len(Matrix().rows) >= 500
    assert asked() == few  # the rest is the session and what every page of the desk asks


@pytest.mark.parametrize(
    "typed", ["language=xx", "state=xx", "kind=xx", "page=xx", "page=-1", "q=%25%27", "language=nl"]
)
def test_an_unknown_filter_is_told_and_breaks_nothing(client, plan, author, typed):
    client.force_login(author)

    page = client.get(f"{PAGE}?{typed}")

    assert page.status_code == 200
    assert ("is no filter here" in page.content.decode()) == (
        "=xx" in typed and "page" not in typed
    )


def test_a_filter_shows_what_it_names_and_nothing_else(client, plan, author):
    client.force_login(author)
    write(plan, author, summary={FIRST: "New."})
    published(Plan)

    def found(typed: str) -> list:
        return [row.record for row in client.get(PAGE + typed).context["page"]]

    assert found("") == found("?state=due&language=nl&kind=plan") == [plan.pk]
    assert found("?state=stale") == found("?kind=actor") == found("?q=nowhere") == []
    assert len(found("?state=all")) == 2


def test_a_translator_takes_a_text_and_gives_it_back(client, plan, author, translator):
    write(plan, author, summary={FIRST: "New."})
    client.force_login(translator)
    ticked = [f"{plan.pk}:{code}" for code in OTHERS]

    client.post(PAGE, {"do": "take", "text": ticked, "until": "2199-05-06"})
    assert {code: str(cells(plan)[code].translator) for code in OTHERS} == dict.fromkeys(
        OTHERS, "translator"
    )
    assert "in translation: translator" in client.get(PAGE).content.decode()

    client.post(PAGE, {"do": "give_back", "text": ticked})
    assert not Assignment.objects.exists()


def test_all_that_was_ticked_or_nothing(client, plan, translator):
    client.force_login(translator)
    for wrong in (f"{plan.pk}:{FIRST}", "x:nl", ""):
        client.post(PAGE, {"do": "take", "text": [f"{plan.pk}:nl", wrong]})
    client.post(PAGE, {"do": "take", "text": [f"{plan.pk}:nl"], "until": "x"})

    assert not Assignment.objects.exists()


def test_who_may_not_is_told_why(plan, author, translator):
    french, gone = person("french", translates="fr"), person("gone", translates="nl")
    yesterday = timezone.localdate() - timedelta(days=1)
    gone.is_active = False

    assert "french does not translate into Dutch" in refusal(take, plan.pk, "nl", french)
    assert "written first in English" in refusal(take, plan.pk, FIRST, author)
    assert "This day is past" in refusal(take, plan.pk, "nl", translator, yesterday)
    closed = withdrawn(Plan).pk
    assert "no longer be translated" in refusal(take, closed, "nl", translator)
    assert "gives no translations" in refusal(give, plan.pk, "nl", author, translator)
    assert "closed" in refusal(give, plan.pk, "nl", gone, author)
    give(plan.pk, "nl", translator, author)
    other = person("other", translates="nl")
    assert "has taken this" in refusal(take, plan.pk, "nl", other)
    assert "has taken this" in refusal(give_back, plan.pk, "nl", other)
    assert Assignment.objects.get().translator == translator


@pytest.mark.parametrize("way", ["translated", "confirmed"])
def test_it_ends_when_the_translation_is_the_same_again(plan, author, translator, way):
    write(plan, author, summary={FIRST: "New."})
    for code in OTHERS:
        take(plan.pk, code, translator)

    if way == "translated":
        translate(plan.pk, "nl", {"summary": "Nieuw."}, translator, seen=seen(plan))
    else:
        confirm(plan.pk, "nl", translator, seen=seen(plan))

    assert [each.language for each in Assignment.objects.all()] == ["fr"]
    assert newest(plan.pk)


def test_what_a_leaver_had_taken_is_told_and_goes_to_the_successor(plan, author, translator):
    write(plan, author, summary={FIRST: "New."})
    take(plan.pk, "nl", translator)
    translator.is_active = False
    translator.save()

    def told() -> str:
        answers = left_undone.send(sender=None, account=translator)
        return " ".join(line for _listener, lines in answers for line in lines)

    assert "had taken wait for nobody: 1." in told()
    translator.hands_over_to = heir = person("heir", translates="nl")
    translator.save()
    assert "had taken" not in told()
    assert cells(plan)["nl"].translator == heir


def test_the_first_page_of_the_desk_counts_it_and_leads_there(client, plan, author):
    client.force_login(person("dutch", translates="nl"))
    write(plan, author, summary={FIRST: "New."})

    page = client.get("/admin/").content.decode()

    assert "Due: 1" in page
    assert f'href="{PAGE}?language=nl&amp;state=due"' in page
    assert "language=fr" not in page
