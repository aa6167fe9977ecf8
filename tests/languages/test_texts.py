import pytest
from django.utils import translation

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import active, codes, columns, languages_with, set_texts, text
from portal.publishing.content import content_of
from portal.publishing.drafts import save_draft, with_draft
from portal.publishing.reading import content_in
from tests.factories import draft, published, unpublished
from tests.publishing.review import person


@pytest.mark.parametrize(
    ("asked", "found", "language"),
    [("fr", "Plan R", "nl"), ("nl", "Plan R", "nl"), ("en", "Plan R (en)", "en")],
)
def test_a_text_never_comes_without_its_language(asked, found, language):
    plan = draft(Plan, languages=["nl", "en"], title={"nl": "Plan R", "en": "Plan R (en)"})

    words = text(plan, "title", asked)

    assert (words, words.lang) == (found, language)


def test_no_text_at_all_has_no_language():
    words = text(Plan(), "title")

    assert (words, words.lang) == ("", None)


def test_languages_are_those_with_a_title():
    assert languages_with(draft(Plan, languages=["fr", "nl"]), "title") == ["fr", "nl"]


@pytest.mark.django_db
@pytest.mark.parametrize("spoken", ["en", "fr", "nl"])
def test_a_missing_text_is_blank_and_never_another_language(spoken):
    plan = unpublished(Plan, languages=["nl"])

    with translation.override(spoken):
        plan = Plan.objects.get(pk=plan.pk)
        assert plan.title == (plan.__dict__[columns("title")[2]] if spoken == "nl" else "")


@pytest.mark.django_db
def test_the_suffixless_column_never_follows_the_reader():
    plan = draft(Plan, languages=["fr"])
    with translation.override("fr"):
        plan.save()

    row = Plan.objects.rewrite(False).filter(pk=plan.pk).values_list("title", flat=True)

    assert list(row) == [""]


@pytest.mark.django_db
@pytest.mark.parametrize("spoken", codes())
def test_whoever_saves_in_whatever_language_changes_no_text_but_what_was_typed(spoken):
    sites = {code: f"https://{code}.example.org/" for code in codes()}
    actor = published(Actor, website=sites)

    with translation.override(spoken):
        draft_of_it = with_draft(Actor.objects.get(pk=actor.pk))
        set_texts(draft_of_it, "summary", {codes()[0]: "Said anew."})
        kept = save_draft(draft_of_it, person("author", writes=True))

    before = content_of(actor)
    said = {name: text for name, text in content_in(kept).items() if text != before[name]}
    assert said == {columns("summary")[0]: "Said anew."}
    assert [before[name] for name in columns("website")] == list(sites.values())


def test_outside_any_language_the_default_one_is_active():
    with translation.override(None):
        assert active() == "en"
    with translation.override("en-gb"):
        assert active() == "en"


def test_texts_are_set_by_language_whatever_is_active():
    plan = Plan()
    with translation.override("nl"):
        set_texts(plan, "title", {"fr": "Plan", "en": "Plan R"})

    assert languages_with(plan, "title") == ["en", "fr"]
