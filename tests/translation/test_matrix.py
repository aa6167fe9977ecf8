"""All records by all languages: what is to do, who does it, and what it costs to know."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor
from policies.models import Edition, Plan
from portal.languages.texts import codes
from portal.pages.models import Term
from portal.publishing.drafts import discard, save_draft
from portal.publishing.publish import adopt, withdraw
from portal.publishing.removal import Order, remove
from portal.staff.models import Account
from portal.translation.acts import confirm, translate
from portal.translation.assigning import LEFT, assign, give_back, left_by
from portal.translation.matrix.cells import Cell, Matrix, Standing
from portal.translation.models import Assignment
from tests.factories import draft, published, withdrawn
from tests.growth import multiply
from tests.publishing.review import NOTES, person
from tests.translation.drafts import FIRST, OTHERS, go_public, seen, write

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
ADDRESS = reverse("admin:translation_assignment_changelist")

KEEPS_SIGNED_IN = re.compile(r"django_session|SAVEPOINT")  # every screen of the desk asks that


def cell(record, code: str) -> Cell:
    matrix = Matrix()
    found = next(c for c in matrix.cells if (c.record, c.language) == (record.pk, code))
    matrix.count_changes([found])
    return found


def names(client, **asked) -> list[str]:
    """The records that the screen lists, by name."""
    page = client.get(ADDRESS, asked).context["matrix"].page
    return [str(row.name) for row in page]


@pytest.fixture
def at_the_desk(client, translator):
    client.force_login(translator)
    return client


def test_a_text_that_is_the_same_everywhere_has_nothing_to_do(plan):
    assert cell(plan, FIRST).standing == Standing.SOURCE
    assert {cell(plan, code).standing for code in OTHERS} == {Standing.SAME}


def test_a_changed_source_draft_makes_translations_due(plan, author):
    write(plan, author, summary={FIRST: "Second."}, title={FIRST: "Other"})

    due = cell(plan, "nl")
    assert (due.standing, due.texts, due.is_stale) == (Standing.DUE, 2, False)


def test_what_readers_miss_is_counted_in_changes(plan, author, translator):
    for words in ("Second.", "Third."):
        write(plan, author, summary={FIRST: words})
        go_public(plan, author)
    assert (cell(plan, "nl").is_stale, cell(plan, "nl").changes) == (True, 2)

    translate(plan.pk, "nl", {"summary": "Derde."}, translator, seen=seen(plan))

    again = cell(plan, "nl")  # it waits to become public
    assert (again.standing, again.is_stale, again.changes) == (Standing.SAME, True, 2)


def test_a_language_without_any_text_is_missing(author):
    plan = published(Plan, languages=["fr", "nl"])

    assert cell(plan, "en").standing == Standing.MISSING


def test_what_no_longer_changes_and_what_has_no_texts_is_not_in_it(plan):
    gone = withdrawn(Plan)
    edition = published(Edition)

    there = {c.record for c in Matrix().cells}
    assert plan.pk in there
    assert there & {edition.pk, gone.pk} == set()


def test_a_record_that_was_never_public_is_in_it(author):
    record = draft(Plan, languages=["fr"])
    save_draft(record, author)

    assert cell(record, "nl").standing == Standing.MISSING
    assert not next(r for r in Matrix().rows if r.draft.record == record.pk).is_public


def test_the_screen_begins_with_what_readers_see(at_the_desk, author):
    stale, due, same = (published(Plan, title={c: f"{n} {c}" for c in codes()}) for n in "ABC")
    write(due, author, summary={FIRST: "x"})
    write(stale, author, summary={FIRST: "y"})
    go_public(stale, author)

    assert names(at_the_desk) == ["A en", "B en"]
    assert names(at_the_desk, which="all") == ["A en", "B en", "C en"]
    assert names(at_the_desk, which="stale") == ["A en"]
    assert names(at_the_desk, which="all", words="c EN") == ["C en"]
    assert names(at_the_desk, which="all", kind="term") == []
    assert same.pk != due.pk


@pytest.mark.parametrize(
    "asked",
    [
        {"language": "xx", "which": "no", "kind": "no", "page": "no"},
        {"page": "99999999999999999999", "words": "'\"%"},
        {"language": ["nl", "nl"], "page": "0"},
    ],
)
def test_whatever_makes_no_sense_is_no_error(at_the_desk, plan, asked):
    assert at_the_desk.get(ADDRESS, asked).status_code == 200


@pytest.mark.parametrize("code", codes())
def test_it_speaks_the_language_of_the_account(client, translator, plan, author, code):
    write(plan, author, summary={FIRST: "Second."})
    Account.objects.filter(pk=translator.pk).update(language=code)
    client.force_login(translator)
    said = client.get(ADDRESS).content.decode()

    due = {"en": "due: 1 text", "fr": "à mettre à jour : 1 texte", "nl": "bij te werken: 1 tekst"}
    assert due[code] in said.replace("\u00a0", " ")


def test_a_translation_is_taken_and_given_back(at_the_desk, plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    key = f"{plan.pk}:nl"

    at_the_desk.post(ADDRESS, {"cell": [key], "do": "take", "until": "2099-12-31"})
    taken = Assignment.objects.get()
    assert (taken.record, taken.language, taken.translator) == (plan.pk, "nl", translator)
    assert names(at_the_desk, which="mine") == [str(plan)]
    assert "1 for me to translate" in at_the_desk.get(reverse("admin:index")).content.decode()

    at_the_desk.post(ADDRESS, {"cell": [key], "do": "give_back"})
    assert not Assignment.objects.exists()


def test_it_ends_by_itself_once_the_text_is_the_same(at_the_desk, plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    keys = [f"{plan.pk}:{code}" for code in OTHERS]
    at_the_desk.post(ADDRESS, {"cell": keys, "do": "take"})
    translate(
        plan.pk, "nl", {"summary": "Half."}, translator, seen=seen(plan), unfinished=["summary"]
    )
    assert Assignment.objects.count() == 2

    translate(plan.pk, "nl", {"summary": "Tweede."}, translator, seen=seen(plan))
    assert [each.language for each in Assignment.objects.all()] == ["fr"]

    confirm(plan.pk, "fr", translator, seen=seen(plan))
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    "ends",
    [
        lambda plan, by: discard(plan.pk, by),
        lambda plan, by: go_public(plan, by, major=False),
        lambda plan, by: withdraw([plan], by, NOTES),
        lambda plan, _by: remove(Order(plan.pk), NOTES),
    ],
    ids=["draft-discarded", "minor-change", "withdrawn", "removed-by-law"],
)
def test_it_ends_where_there_is_nothing_left_to_translate(plan, author, translator, ends):
    other = published(Plan)
    for record in (plan, other):
        write(record, author, summary={FIRST: "Second."})
        assign(record.pk, "nl", translator, translator)

    ends(plan, author)

    assert [each.record for each in Assignment.objects.all()] == [other.pk]


def test_what_no_button_asks_for_is_no_act(at_the_desk, plan):
    answer = at_the_desk.post(ADDRESS, {"cell": [f"{plan.pk}:nl"], "do": "something"})

    assert answer.status_code == 400


def test_it_goes_on_where_a_minor_change_or_a_restoration_leaves_something_to_do(
    plan, author, translator
):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    assign(plan.pk, "nl", translator, translator)

    write(plan, author, summary={FIRST: "Second, mended."})
    go_public(plan, author, major=False)
    discard(plan.pk, author)

    assert Assignment.objects.count() == 1


def test_what_a_leaver_had_taken_is_told_until_somebody_takes_over(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    assign(plan.pk, "nl", translator, translator)
    translator.is_active = False

    assert left_by(translator) == [LEFT % {"texts": 1}]
    translator.hands_over_to = person("successor", translates="nl")
    assert left_by(translator) == []
    give_back(plan.pk, "nl", author)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("do", "more", "said"),
    [
        ("take", {"until": "2001-01-01"}, "This day is past."),
        ("take", {"until": "soon"}, "Write the day as 2026-12-31."),
        ("give", {"to": "nobody"}, "Choose who translates."),
        ("give", {"to": "colleague"}, "gives translations to nobody else"),
        ("give_back", {}, "in Dutch: Nobody has taken this translation."),
        ("take", {"cell": ["no:nl"]}, "Tick translations of this list."),
        ("take", {"cell": ["{plan}:xx"]}, "can no longer be translated"),
        ("take", {"cell": []}, "Tick a translation first."),
    ],
)
def test_what_is_not_possible_is_said_and_changes_nothing(
    at_the_desk, plan, author, do, more, said
):
    write(plan, author, summary={FIRST: "Second."})
    person("colleague", translates="nl")
    asked = {"cell": ["{plan}:nl"], "do": do, **more}
    asked["cell"] = [key.format(plan=plan.pk) for key in asked["cell"]]

    answer = at_the_desk.post(ADDRESS, asked, follow=True)

    assert said in " ".join(map(str, answer.context["messages"]))
    assert not Assignment.objects.exists()


def test_a_writer_gives_it_to_who_translates_and_nobody_takes_it_from_her(client, plan, author):
    write(plan, author, summary={FIRST: "Second."})
    colleague, other = person("colleague", translates="nl"), person("other", translates="nl fr")
    client.force_login(author)
    client.post(
        ADDRESS, {"cell": [f"{plan.pk}:nl", f"{plan.pk}:fr"], "do": "give", "to": "colleague"}
    )
    assert [(a.language, a.translator) for a in Assignment.objects.all()] == [("nl", colleague)]

    client.force_login(other)
    for act in ("take", "give_back"):
        answer = client.post(ADDRESS, {"cell": [f"{plan.pk}:nl"], "do": act}, follow=True)
        told = map(str, answer.context["messages"])
        assert any(each.endswith("colleague translates this already.") for each in told)
    assert Assignment.objects.get().translator == colleague


def test_the_first_page_of_the_desk_counts_for_each_of_my_languages(client, plan, author):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    client.force_login(person("dutch", translates="nl"))
    said = client.get(reverse("admin:index")).content.decode()

    assert f'href="{ADDRESS}?language=nl&amp;which=due">1 due</a>' in said
    assert f'href="{ADDRESS}?language=nl&amp;which=stale">1 not up to date for readers</a>' in said
    assert "language=fr&amp;which" not in said


def test_who_neither_writes_nor_approves_does_not_see_it(client, plan):
    client.force_login(person("nobody"))

    assert client.get(ADDRESS).status_code == 403


def test_it_asks_the_same_for_five_hundred_records_as_for_five(at_the_desk, author):
    for kind in (Plan, Actor, Term):
        record = published(kind)
        write(record, author, **{kind.headline: {FIRST: "Other"}})
        go_public(record, author)
    published(Edition)
    few = _queries(at_the_desk)
    multiply(170)
    adopt()

    many = _queries(at_the_desk)

    assert len(list(Matrix().rows)) >= 500
    assert few == many <= 10


def _queries(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(ADDRESS, {"which": "all"}).status_code == 200
    return sum(not KEEPS_SIGNED_IN.search(each["sql"]) for each in asked)
