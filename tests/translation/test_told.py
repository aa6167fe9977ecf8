"""What readers are told of the language they read."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Plan
from portal.languages.texts import codes
from portal.pages.models import Page, Term
from portal.publishing.drafts import save_draft, with_draft
from portal.publishing.going_public import publish_urgently
from portal.publishing.removal import Order, remove
from portal.publishing.review import submit
from portal.translation.acts import confirm, translate
from tests.factories import published
from tests.publishing.review import NOTES
from tests.reading import read, words
from tests.translation.drafts import FIRST, go_public, seen, write

pytestmark = pytest.mark.django_db

SAME = {
    "en": "The same in English, French and Dutch.",
    "fr": "Identique en anglais, français et néerlandais.",
    "nl": "Hetzelfde in het Engels, Frans en Nederlands.",
}


def line(client, plan: Plan, code: str) -> str:
    document = read(client, plan.address(code))
    return next(words(e) for e in document.iter("div") if e.get("class") == "head__version")


def notices(client, plan: Plan, code: str) -> dict[str, str]:
    document = read(client, plan.address(code))
    found = [e for e in document.iter() if e.get("data-notice")]
    return {each.get("data-notice"): words(each) for each in found}


def test_a_page_that_says_the_same_in_every_language_says_so_in_each(client, plan):
    for code in codes():
        assert SAME[code] in line(client, plan, code)
        assert notices(client, plan, code) == {}


def test_a_page_in_one_language_says_nothing_of_others(client):
    plan = published(Plan, languages=["fr"])

    assert "Identique" not in line(client, plan, "fr")
    assert "The same" not in line(client, plan, "en")


def test_a_language_that_lags_is_told_with_what_is_missing_and_where(client, plan, author):
    for words_ in ("Second.", "Third."):
        write(plan, author, summary={FIRST: words_})
        go_public(plan, author)

    said = notices(client, plan, "nl")["stale"]

    assert said.startswith("De tekst in het Nederlands is niet bijgewerkt.")
    assert "Hij stemt overeen met versie 1; 2 wijzigingen ontbreken." in said
    assert said.count("Why.") == 2
    document = read(client, plan.address("nl"))
    notice = next(e for e in document.iter() if e.get("data-notice") == "stale")
    assert [(a.get("href"), a.get("hreflang")) for a in notice.iter("a")] == [
        (f"{plan.history_at(FIRST)}1-3/", FIRST),
        (plan.address(FIRST), FIRST),
    ]
    assert client.get(f"{plan.history_at(FIRST)}1-3/").status_code == 200


def test_a_version_that_a_law_removed_is_none_that_a_text_matches_or_is_compared_with(
    client, plan, author
):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    remove(Order(plan.pk, frozenset([1])), NOTES)

    assert "Hij stemt overeen met" not in notices(client, plan, "nl")["stale"]
    document = read(client, plan.address("nl"))
    notice = next(e for e in document.iter() if e.get("data-notice") == "stale")
    compared = next(notice.iter("a")).get("href")
    assert compared == f"{plan.history_at(FIRST)}2/"
    assert client.get(compared).status_code == 200


def test_the_other_languages_name_those_that_still_say_the_same(client, plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    translate(plan.pk, "fr", {"summary": "Deuxième."}, translator, seen=seen(plan))
    go_public(plan, author)

    assert "The same in English and French." in line(client, plan, "en")
    assert "Identique en anglais et français." in line(client, plan, "fr")
    assert "stale" in notices(client, plan, "nl")
    assert "Hetzelfde" not in line(client, plan, "nl")


def test_a_change_of_facts_alone_is_none_that_a_language_misses(client, plan, author):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    draft.drawn_up = "2001"
    save_draft(draft, author)
    go_public(plan, author)
    assert Plan.objects.get(pk=plan.pk).version == 3

    plan.refresh_from_db()
    assert "versie 1; 1 wijziging ontbreekt." in notices(client, plan, "nl")["stale"]


def test_a_draft_changes_nothing_that_readers_are_told(client, plan, author):
    write(plan, author, summary={FIRST: "A secret."})

    assert notices(client, plan, "nl") == {}
    assert SAME["nl"] in line(client, plan, "nl")


def test_a_confirmation_clears_the_notice(client, plan, author, translator):
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)
    confirm(plan.pk, "nl", translator, seen=seen(plan))

    assert notices(client, plan, "nl") == {}
    assert "Hetzelfde in het Engels en Nederlands." in line(client, plan, "nl")


def test_a_text_made_by_a_machine_says_so_until_a_person_has_looked(
    client, plan, author, translator
):
    write(plan, author, summary={FIRST: "Second."})
    made = {"summary": "Tweede."}
    translate(plan.pk, "nl", made, translator, seen=seen(plan), machine=["summary"])
    go_public(plan, author)

    assert list(notices(client, plan, "nl")) == ["unreviewed"]
    assert "machine" in notices(client, plan, "nl")["unreviewed"]
    confirm(plan.pk, "nl", translator, seen=seen(plan))
    assert notices(client, plan, "nl") == {}


def test_a_term_that_lags_is_marked_in_the_glossary(client, author):
    term, other = published(Term), published(Term)
    write(term, author, meaning={FIRST: "Another meaning."})
    go_public(term, author)

    marked = {
        code: [
            e.get("data-notice")
            for e in read(client, f"/{code}/{word}/").iter()
            if e.get("data-notice")
        ]
        for code, word in (("en", "glossary"), ("fr", "glossaire"), ("nl", "woordenlijst"))
    }

    assert marked == {"en": [], "fr": ["stale"], "nl": ["stale"]}
    assert other.pk != term.pk


def queries(client, address: str, of: str = "") -> int:
    """How many an address takes; or of them those that read one of these tables by itself."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum(bool(re.match(f'SELECT "({of})"' if of else "", q["sql"])) for q in asked)


def test_it_costs_no_query_where_languages_agree_and_one_where_something_is_missing(
    client, plan, author
):
    memory = "translation_basis|publishing_revision"  # the row of a page brings the pairs along
    assert {code: queries(client, plan.address(code), memory) for code in codes()} == dict.fromkeys(
        codes(), 0
    )
    agreed = {code: queries(client, plan.address(code)) for code in codes()}
    write(plan, author, summary={FIRST: "Second."})
    go_public(plan, author)

    asked = {code: queries(client, plan.address(code)) for code in codes()}

    assert asked == {code: n + (code != FIRST) for code, n in agreed.items()}
    assert queries(client, plan.address("nl"), memory) == 1


def test_the_glossary_asks_the_same_however_many_terms_lag(client, author):
    terms = [published(Term) for _ in range(3)]
    agreed = queries(client, "/nl/woordenlijst/")
    for term in terms:
        write(term, author, meaning={FIRST: "Another meaning."})
        go_public(term, author)

    assert queries(client, "/nl/woordenlijst/") == agreed


def test_home_is_a_page_like_any(client, author):
    home = published(Page, place="home")
    write(home, author, summary={FIRST: "Second."})
    go_public(home, author)

    assert "stale" in notices(client, home, "nl")
    assert notices(client, home, "en") == {}


def test_only_the_language_that_was_published_urgently_says_so(client, plan, author):
    write(plan, author, summary={"nl": "Dringend."})
    release = submit([plan.pk], author, dict.fromkeys(codes(), "Why."))
    publish_urgently(release, author, "It could not wait.")

    said = {code: list(notices(client, plan, code)) for code in codes()}
    assert said == {"en": [], "fr": [], "nl": ["unreviewed"]}
