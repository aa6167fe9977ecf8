"""Whether a translation still says what its source says: for readers, and for translators."""

import pytest

from policies.models import Plan
from portal.languages.texts import codes
from portal.publishing.drafts import discard, draft_of, newest, restore, save_draft, with_draft
from portal.publishing.models import Act
from portal.translation.acts import translate
from portal.translation.freshness import bases_of, freshness_of, known_of, texts_of, with_bases
from portal.translation.models import Basis, How
from tests.factories import published
from tests.publishing.review import writer
from tests.translation.drafts import FIRST, OTHERS, due, go_public, seen, stale, write

pytestmark = pytest.mark.django_db


def test_what_is_published_in_all_languages_at_once_is_the_same_in_all(plan):
    assert (due(plan), stale(plan)) == ({}, {})


def test_a_translation_is_due_as_soon_as_the_source_draft_changes_and_readers_see_nothing(
    plan, author
):
    write(plan, author, summary={FIRST: "Said anew."})

    assert due(plan) == dict.fromkeys(OTHERS, ("summary",))
    assert stale(plan) == {}


def test_it_is_stale_for_readers_once_the_change_is_published(plan, author):
    write(plan, author, summary={FIRST: "Said anew."})
    go_public(plan, author)

    assert stale(plan) == dict.fromkeys(OTHERS, ("summary",))


def test_a_minor_change_carries_translations_along(plan, author):
    write(plan, author, summary={FIRST: "Said anew."})
    go_public(plan, author, major=False)

    assert (due(plan), stale(plan)) == ({}, {})
    assert set(Basis.objects.filter(how=How.CARRIED).values_list("language", flat=True)) == {
        *OTHERS
    }


def test_a_minor_change_does_not_carry_what_was_behind_before(plan, author):
    write(plan, author, summary={FIRST: "Said anew."})
    go_public(plan, author)
    write(plan, author, summary={FIRST: "Said anew, without a slip."})
    go_public(plan, author, major=False)

    assert stale(plan) == dict.fromkeys(OTHERS, ("summary",))


def test_what_was_translated_after_a_draft_goes_along_with_a_minor_change_of_it(
    plan, author, translator
):
    write(plan, author, summary={FIRST: "Said anew."})
    for code in OTHERS:
        translate(plan.pk, code, {"summary": f"Anew {code}"}, translator, seen=seen(plan))
    write(plan, author, summary={FIRST: "Said anew, without a slip."})
    assert due(plan) == dict.fromkeys(OTHERS, ("summary",))

    go_public(plan, author, major=False)

    assert stale(plan) == {}


def test_a_text_that_comes_back_is_what_it_was(plan, author, translator):
    old = newest(plan.pk)
    write(plan, author, summary={code: f"Other {code}" for code in codes()})
    go_public(plan, author)
    write(plan, author, summary={FIRST: "Third."})
    assert set(due(plan)) == {*OTHERS}

    discard(plan.pk, author)
    assert (due(plan), draft_of(plan.pk)) == ({}, None)
    restore(old, author)
    assert due(plan) == {}
    go_public(plan, author, act=Act.RESTORATION)
    assert stale(plan) == {}


def test_the_source_language_is_that_of_the_record():
    plan = published(Plan, source_language="nl")
    write(plan, writer(), summary={"nl": "Eerst in het Nederlands."})

    assert due(plan) == {code: ("summary",) for code in codes() if code != "nl"}


def test_another_source_language_changes_nothing_of_what_is_the_same(plan, author):
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    draft.source_language = "nl"
    save_draft(draft, author)
    assert due(plan) == {}

    write(plan, author, summary={"nl": "Anders."})
    assert due(plan) == {code: ("summary",) for code in codes() if code != "nl"}


def test_another_source_language_does_not_hide_what_was_behind(plan, author):
    write(plan, author, summary={FIRST: "Said anew.", "nl": "Anders gezegd."})
    assert due(plan) == {"fr": ("summary",)}

    draft = with_draft(Plan.objects.get(pk=plan.pk))
    draft.source_language = "nl"
    save_draft(draft, author)

    assert due(plan) == {"fr": ("summary",)}


def test_an_address_and_a_loose_text_follow_nothing(plan, author):
    write(plan, author, slug={FIRST: "another-address"})

    assert due(plan) == {}


def test_a_text_whose_source_is_gone_is_due(plan, author):
    write(plan, author, body=dict.fromkeys([FIRST]))

    assert due(plan) == dict.fromkeys(OTHERS, ("body",))


def test_a_row_can_carry_what_is_known_so_that_nothing_else_is_asked(
    plan, author, django_assert_num_queries
):
    write(plan, author, summary={FIRST: "Said anew."})
    go_public(plan, author)

    with django_assert_num_queries(1):
        row = with_bases(Plan.objects.filter(pk=plan.pk)).get()
        known = freshness_of(Plan, texts_of(row), known_of(row))

    assert {each.language: each.behind for each in known if each.behind} == stale(plan)
    assert known_of(row) == bases_of([plan.pk])[plan.pk]
