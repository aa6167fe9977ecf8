"""Whether a translation still says what its source says: for readers, and for translators."""

import pytest
from django.core.exceptions import ValidationError

from policies.models import Plan
from portal.languages.texts import codes, in_language, set_texts
from portal.publishing.content import lay
from portal.publishing.drafts import discard, draft_of, newest, restore, save_draft, with_draft
from portal.publishing.models import Act, Revision
from portal.publishing.publish import publish
from portal.publishing.reading import content_in
from portal.publishing.turns import Refused
from portal.translation.acts import Overtaken, confirm, translate
from portal.translation.freshness import bases_of, freshness_of, known_of, texts_of, with_bases
from portal.translation.models import Basis, How
from tests.factories import published
from tests.publishing.review import person, writer

pytestmark = pytest.mark.django_db

FIRST, *OTHERS = codes()


@pytest.fixture
def plan() -> Plan:
    return published(Plan)


@pytest.fixture
def author():
    return writer()


@pytest.fixture
def translator():
    return person("translator", translates=" ".join(OTHERS))


def due(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What translators have to do: ``{language: texts}`` of the newest draft."""
    return _behind(content_in(newest(plan.pk)), plan)


def stale(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What readers are told is not up to date."""
    return _behind(texts_of(Plan.objects.get(pk=plan.pk)), plan)


def _behind(content, plan: Plan) -> dict[str, tuple[str, ...]]:
    every = freshness_of(Plan, content, bases_of([plan.pk])[plan.pk])
    return {each.language: each.behind for each in every if each.behind}


def write(plan: Plan, by, **texts) -> Revision:
    """``write(plan, by, summary={"en": "New."})``: the newest draft with these words."""
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    for name, words in texts.items():
        set_texts(draft, name, words)
    return save_draft(draft, by)


def go_public(plan: Plan, by=None, **how) -> None:
    draft = newest(plan.pk)
    record = lay(content_in(draft), Plan.objects.get(pk=plan.pk))
    publish([record], by, dict.fromkeys(codes(), "Why."), drafts=[draft], **how)


def seen(plan: Plan) -> int:
    return newest(plan.pk).number


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


def test_a_translated_text_follows_the_source_that_its_translator_had_open(
    plan, author, translator
):
    write(plan, author, summary={FIRST: "Second."})
    open_at = seen(plan)
    write(plan, author, summary={FIRST: "Third."})

    translate(plan.pk, "nl", {"summary": "Tweede."}, translator, seen=open_at)

    assert due(plan) == dict.fromkeys(OTHERS, ("summary",))
    assert in_language(with_draft(plan), "summary", FIRST) == "Third."
    write(plan, author, summary={FIRST: "Second."})
    assert "nl" not in due(plan)


def test_unfinished_work_is_kept_and_stays_due(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."}, title={FIRST: "Other"})

    new = {"summary": "Half.", "title": "Ander"}
    translate(plan.pk, "nl", new, translator, seen=seen(plan), unfinished=["summary"])

    assert due(plan)["nl"] == ("summary",)
    assert in_language(with_draft(plan), "summary", "nl") == "Half."


def test_work_on_what_was_up_to_date_can_be_unfinished_too(plan, translator):
    translate(
        plan.pk, "nl", {"summary": "Half."}, translator, seen=seen(plan), unfinished=["summary"]
    )

    assert due(plan) == {"nl": ("summary",)}


def test_still_valid_clears_it_and_says_who_said_so(plan, author, translator):
    write(plan, author, summary={FIRST: "Said anew."}, title={FIRST: "Other"})
    go_public(plan, author)

    assert confirm(plan.pk, "nl", translator, seen=seen(plan), names=["summary"]) == 1
    assert stale(plan)["nl"] == ("title",)
    assert confirm(plan.pk, "nl", translator, seen=seen(plan)) == 1

    assert list(stale(plan)) == list(due(plan)) == ["fr"]
    said = Basis.objects.filter(how=How.CONFIRMED).order_by("field")
    assert [(each.field, each.by) for each in said] == [
        ("summary", translator),
        ("title", translator),
    ]


def test_only_the_competent_confirm(plan, author):
    write(plan, author, summary={FIRST: "Said anew."})
    for who in (author, person("another", translates="fr", approves="fr")):
        with pytest.raises(Refused, match="not competent in Dutch"):
            confirm(plan.pk, "nl", who, seen=seen(plan))
    assert set(due(plan)) == {*OTHERS}


def test_what_is_up_to_date_needs_no_confirmation(plan, translator):
    with pytest.raises(Refused, match="nothing to confirm"):
        confirm(plan.pk, "nl", translator, seen=seen(plan))


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


def test_a_machine_counts_for_nothing_until_a_person_has_confirmed(plan, author, translator):
    write(plan, author, summary={FIRST: "Said anew."})
    translate(
        plan.pk, "nl", {"summary": "Anders."}, translator, seen=seen(plan), machine=["summary"]
    )

    def machine() -> tuple[str, ...]:
        content = content_in(newest(plan.pk))
        every = freshness_of(Plan, content, bases_of([plan.pk])[plan.pk])
        return next(each.machine for each in every if each.language == "nl")

    assert machine() == ("summary",)
    confirm(plan.pk, "nl", translator, seen=seen(plan))
    assert machine() == ()


def test_nobody_writes_over_what_somebody_else_wrote_meanwhile(plan, author, translator):
    open_at = seen(plan)
    write(plan, author, summary={"nl": "Van een ander."})

    with pytest.raises(Overtaken) as refused:
        translate(plan.pk, "nl", {"summary": "Van mij."}, translator, seen=open_at)

    assert [(p.old, p.new) for p in refused.value.passages] == [("Van een ander.", "Van mij.")]
    assert in_language(with_draft(plan), "summary", "nl") == "Van een ander."


def test_what_a_translator_left_alone_keeps_what_somebody_else_wrote(plan, author, translator):
    open_at = seen(plan)
    write(plan, author, summary={"nl": "Van een ander."})
    untouched = in_language(plan, "summary", "nl")

    translate(plan.pk, "nl", {"summary": untouched, "title": "Titel"}, translator, seen=open_at)

    draft = with_draft(plan)
    assert (in_language(draft, "summary", "nl"), in_language(draft, "title", "nl")) == (
        "Van een ander.",
        "Titel",
    )


def test_only_a_translator_of_the_language_writes_in_it_and_never_in_the_source(
    plan, author, translator
):
    with pytest.raises(Refused, match="does not translate into Dutch"):
        translate(plan.pk, "nl", {"title": "x"}, person("f", translates="fr"), seen=seen(plan))
    with pytest.raises(Refused, match="written first in English"):
        translate(plan.pk, FIRST, {"title": "x"}, author, seen=seen(plan))


def test_what_cannot_be_stored_is_refused(plan, translator):
    with pytest.raises(ValidationError):
        translate(plan.pk, "nl", {"title": "x" * 201}, translator, seen=seen(plan))
    assert in_language(with_draft(plan), "title", "nl") == in_language(plan, "title", "nl")


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
