"""What is remembered of two texts, by which act, and what it costs."""

import pytest

from policies.models import Plan
from portal.languages.texts import codes, column
from portal.publishing.canonical import digest
from portal.publishing.content import lay
from portal.publishing.drafts import discard, newest, restore, save_draft, with_draft
from portal.publishing.models import Version
from portal.publishing.publish import publish
from portal.publishing.reading import content_in
from portal.publishing.removal import Order, remove
from portal.publishing.turns import Refused
from portal.translation import memory
from portal.translation.acts import confirm, translate
from portal.translation.behind import Behind, history_of
from portal.translation.freshness import bases_of
from portal.translation.models import Basis, How
from tests.factories import published
from tests.publishing.review import NOTES
from tests.translation.drafts import FIRST, OTHERS, due, go_public, machine_made, seen, stale, write

pytestmark = pytest.mark.django_db
SECOND, *_ = OTHERS


def turn(plan: Plan, by, code: str, **texts) -> None:
    """Make another language the source, and say something else in the same save."""
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    draft.source_language = code
    for name, words in texts.items():
        setattr(draft, column(name, code), words)
    save_draft(draft, by)


def by_machine(plan: Plan, by, code: str, words: str) -> None:
    translate(plan.pk, code, {"summary": words}, by, seen=seen(plan), machine=["summary"])


def test_a_minor_change_carries_what_followed_the_source_when_another_language_was_it(plan, author):
    turn(plan, author, "nl", summary="Zonder tikfout.")
    assert due(plan) == dict.fromkeys((FIRST, "fr"), ("summary",))

    go_public(plan, author, major=False)

    assert (due(plan), stale(plan)) == ({}, {})


def test_a_minor_change_carries_nothing_whose_source_is_what_it_was_in_public(
    plan, author, translator
):
    public = newest(plan.pk)
    write(plan, author, summary={FIRST: "Another sense."})
    translate(plan.pk, "nl", {"summary": "Een andere zin."}, translator, seen=seen(plan))
    write(plan, author, summary={FIRST: content_in(public)[column("summary", FIRST)]})

    go_public(plan, author, major=False)

    assert stale(plan) == {"nl": ("summary",)}


@pytest.mark.parametrize("goes_back", [True, False], ids=["a-draft-went-back", "none-did"])
def test_a_minor_change_leaves_behind_what_follows_a_text_that_was_replaced(
    plan, author, goes_back
):
    first = newest(plan.pk)
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    if goes_back:
        restore(first, author)
        discard(plan.pk, author)
    write(plan, author, summary={FIRST: "Second, mended."})

    go_public(plan, author, major=False)

    assert stale(plan) == dict.fromkeys(OTHERS, ("summary",))


def test_a_first_publication_carries_nothing_along_even_if_it_is_called_minor(author):
    plan = Plan(plan_kind="national", source_language=FIRST)
    save_draft(plan, author)
    for name in ("title", "slug", "summary"):
        write(plan, author, **{name: {code: f"{name}-{code}" for code in codes()}})
    write(plan, author, summary={FIRST: "Quite the contrary."})

    go_public(plan, author, major=False)

    assert stale(plan) == dict.fromkeys(OTHERS, ("summary",))


def test_a_minor_change_carries_what_was_confirmed_against_a_draft_since(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    write(plan, author, summary={FIRST: "Third."})
    confirm(plan.pk, SECOND, translator, seen=seen(plan))
    write(plan, author, summary={FIRST: "Third, mended."})

    go_public(plan, author, major=False)

    assert stale(plan) == dict.fromkeys(set(OTHERS) - {SECOND}, ("summary",))


def test_a_minor_change_carries_as_a_persons_what_a_person_made_for_any_of_the_drafts(
    plan, author, translator
):
    words = content_in(newest(plan.pk))[column("summary", "nl")]
    write(plan, author, summary={FIRST: "Second.", "nl": "Tweede."})
    by_machine(plan, translator, "nl", words)
    assert machine_made(plan) == {"nl": ("summary",)}
    write(plan, author, summary={FIRST: "Third."})

    go_public(plan, author, major=False)

    assert (machine_made(plan), stale(plan)) == ({}, {})


def test_what_follows_through_a_machine_is_a_machines_when_the_source_language_changes(
    plan, author, translator
):
    write(plan, author, summary={FIRST: "Second."})
    for code in OTHERS:
        by_machine(plan, translator, code, f"Second {code}")

    turn(plan, author, "nl")

    assert due(plan) == {}
    assert machine_made(plan) == dict.fromkeys((FIRST, "fr"), ("summary",))


def test_what_a_person_made_stays_so_when_a_machine_makes_the_same(plan, author, translator):
    write(plan, author, summary={"nl": "Van een mens."})
    write(plan, author, summary={"nl": "Van een ander."})

    by_machine(plan, translator, "nl", "Van een mens.")

    assert machine_made(plan) == {}


def test_unfinished_work_of_a_text_opened_under_another_source_follows_what_it_followed(
    plan, author, translator
):
    open_at = seen(plan)
    turn(plan, author, "nl")

    translate(
        plan.pk, "fr", {"summary": "À moitié"}, translator, seen=open_at, unfinished=["summary"]
    )

    assert due(plan) == {"fr": ("summary",)}


def test_unfinished_work_follows_every_source_that_the_text_before_followed(
    plan, author, translator
):
    first = content_in(newest(plan.pk))[column("summary", FIRST)]
    write(plan, author, summary={FIRST: "Second."})
    for code in OTHERS:
        confirm(plan.pk, code, translator, seen=seen(plan))
    write(plan, author, summary={FIRST: "Third."})
    half = {"summary": "Half."}
    translate(plan.pk, "nl", half, translator, seen=seen(plan), unfinished=["summary"])

    assert due(plan) == dict.fromkeys(OTHERS, ("summary",))
    for words in ("Second.", first):
        write(plan, author, summary={FIRST: words})
        assert due(plan) == {}


def test_only_what_somebody_said_is_remembered(plan, translator):
    translate(
        plan.pk, "nl", {"summary": "Half."}, translator, seen=seen(plan), unfinished=["summary"]
    )

    said = {digest(str(words)) for words in content_in(newest(plan.pk)).values()} | {digest("")}
    known = Basis.objects.filter(record=plan.pk, language="nl")
    assert {each.source for each in known} - said == set()


def test_a_translator_who_writes_what_stands_there_already_has_written_it(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    open_at = seen(plan)
    write(plan, author, summary={FIRST: "Third."})
    write(plan, author, summary={"nl": "Tweede."})

    translate(plan.pk, "nl", {"summary": "Tweede."}, translator, seen=open_at)
    write(plan, author, summary={FIRST: "Second."})

    assert due(plan) == {"fr": ("summary",)}


def test_a_translator_who_writes_what_is_public_has_made_it_against_what_was_open(
    plan, author, translator
):
    words = content_in(newest(plan.pk))[column("summary", "nl")]
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    write(plan, author, summary={"nl": "Tweede."})

    translate(plan.pk, "nl", {"summary": words}, translator, seen=seen(plan))

    assert due(plan) == {"fr": ("summary",)}


def test_a_writer_who_types_what_is_public_has_made_it_against_what_stands_beside_it(plan, author):
    words = content_in(newest(plan.pk))[column("summary", "nl")]
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    write(plan, author, summary={"nl": "Tweede."})
    write(plan, author, summary={"nl": words})

    assert due(plan) == {"fr": ("summary",)}


def test_nobody_translates_into_what_was_the_source_when_it_was_opened(plan, author, translator):
    translator.translates += f" {FIRST}"
    open_at = seen(plan)
    turn(plan, author, "nl")

    with pytest.raises(Refused, match="written first in"):
        translate(plan.pk, FIRST, {"summary": "Anew."}, translator, seen=open_at)


def test_what_a_law_removed_in_one_language_is_forgotten_though_another_says_the_same(plan, author):
    words = "Daesh"
    write(plan, author, summary={"fr": words, "nl": words})
    go_public(plan, author)
    write(plan, author, summary={"fr": "Autre"})
    go_public(plan, author)

    remove(Order(plan.pk, frozenset({2})), NOTES)

    known = Basis.objects.filter(record=plan.pk, text=digest(words))
    assert list(known.values_list("language", flat=True)) == ["nl"]


def test_a_change_of_the_source_language_alone_is_no_version_that_readers_miss(plan, author):
    write(plan, author, summary={FIRST: "Second.", "nl": "Tweede."})
    go_public(plan, author)
    turn(plan, author, "nl")
    go_public(plan, author)

    content, known = content_in(newest(plan.pk)), bases_of([plan.pk])[plan.pk]
    behind = Behind(history_of(plan.pk), content, "fr", known)

    assert stale(plan) == {"fr": ("summary",)}
    assert [version.number for version in behind.missing_versions(["summary"])] == [2]


@pytest.mark.parametrize("records", [1, 10])
def test_remembering_costs_the_same_for_one_record_and_for_many(
    records, author, django_assert_num_queries
):
    plans = [published(Plan) for _ in range(records)]
    for plan in plans:
        turn(plan, author, "nl", summary="Anders.")
    drafts = [newest(plan.pk) for plan in plans]
    rows = [lay(content_in(d), p) for d, p in zip(drafts, plans, strict=True)]
    publish(rows, author, NOTES, major=False, drafts=drafts)
    versions = list(Version.objects.filter(revision__in=drafts).select_related("revision"))
    Basis.objects.filter(how=How.CARRIED).delete()

    with django_assert_num_queries(4):  # what went before, what is known, what is new and to tell
        memory.remember_saved(None, drafts)
    with django_assert_num_queries(4):
        memory.remember_published(None, versions)
    for version in versions:
        version.major = True
    with django_assert_num_queries(0):
        memory.remember_published(None, versions)
