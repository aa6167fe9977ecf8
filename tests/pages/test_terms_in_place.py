"""Where a text first uses a word of the glossary, it leads to the entry; a name stays a name."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policies.models import Plan
from portal.languages.texts import codes
from portal.pages.glossary import TermsInPlace
from portal.pages.models import Term
from portal.records.prose import render
from tests.factories import published, unpublished, withdrawn
from tests.pages.linking import linked, name, term

pytestmark = pytest.mark.django_db


def test_a_term_leads_to_its_entry():
    radicalisation = term("radicalisation")

    html = render("On radicalisation.", "en", {}, TermsInPlace())

    assert html == (
        f'<p>On <a href="/en/glossary/#{radicalisation.anchor}" '
        'rel="noopener noreferrer">radicalisation</a>.</p>\n'
    )


def test_only_the_first_use_on_a_page_does():
    term("radicalisation")
    terms = TermsInPlace()

    assert linked("Radicalisation, and radicalisation.", terms=terms) == ["Radicalisation"]
    assert linked("- radicalisation\n- radicalisation", terms=terms) == []
    assert linked("Radicalisation again.") == ["Radicalisation"]  # on another page


def test_the_term_and_its_abbreviation_are_one_term():
    term("foreign terrorist fighter", abbreviation="FTF")

    assert linked("An FTF is a foreign terrorist fighter.") == ["FTF"]
    assert linked("A foreign terrorist fighter is an FTF.") == ["foreign terrorist fighter"]


def test_an_abbreviation_is_written_in_its_own_letters_only():
    term("passenger name record", abbreviation="PNR")

    assert linked("pnr Pnr PNRs PNR") == ["PNR"]


def test_the_longest_term_wins_and_the_shorter_one_keeps_its_own_first_use():
    for word in ("terrorism", "violent extremism", "extremism", "fight against terrorism"):
        term(word)

    assert linked("The fight against terrorism, violent extremism and terrorism. Extremism.") == [
        "fight against terrorism",
        "violent extremism",
        "terrorism",
        "Extremism",
    ]


def test_a_longer_term_wins_also_where_it_was_used_before():
    term("terrorism")
    term("fight against terrorism")

    text = "The fight against terrorism. The fight against terrorism, and terrorism itself."

    assert linked(text) == ["fight against terrorism", "terrorism"]
    html = render(text, "en", {}, TermsInPlace())
    assert "The fight against terrorism, and <a" in html


def test_nothing_is_linked_within_a_link_and_terms_around_it_are():
    for word in ("prevention", "terrorism", "extremism"):
        term(word)

    text = "Prevention: [*terrorism* and prevention](https://example.org/) and extremism."

    assert linked(text) == ["Prevention", "extremism"]
    assert render(text, "en", {}, TermsInPlace()).count("<a ") == 3


def test_emphasised_words_are_words_and_what_stands_out_like_a_heading_is_left_alone():
    term("prevention")

    assert linked("**Prevention.** Much *prevention*.") == ["prevention"]


def test_a_name_of_a_published_record_is_left_whole():
    term("terrorism")
    name("Committee against terrorism and crime")

    assert linked("The Committee against terrorism and crime meets.") == []
    assert linked("The Committee against terrorism and crime fights terrorism.") == ["terrorism"]
    assert linked("The Committee against terrorism meets.") == ["terrorism"]


def test_a_name_that_no_reader_finds_keeps_no_term_out():
    term("terrorism")
    name("Committee against terrorism", publishing=unpublished)

    assert linked("The Committee against terrorism meets.") == ["terrorism"]


def test_a_term_that_is_also_a_name_is_a_term():
    term("National Security Council")
    name("National Security Council")

    assert linked("The National Security Council meets.") == ["National Security Council"]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        pytest.param("prevention", "Prevention comes first.", ["Prevention"], id="begins-a-text"),
        pytest.param("prevention", "So. Prevention too.", ["Prevention"], id="begins-a-sentence"),
        pytest.param("prevention", "The Prevention Unit", [], id="within-a-name"),
        pytest.param("prevention", "*The Unit* Prevention", [], id="after-emphasis"),
        pytest.param("prevention", "PREVENTION preventioN", [], id="other-capitals"),
        pytest.param("Communities", "The Communities act.", ["Communities"], id="its-own-capital"),
        pytest.param("Communities", "Their communities act.", [], id="small-where-it-has-one"),
        pytest.param("prevention", "preventions reprevention", [], id="within-a-word"),
        pytest.param("prevention", "pre_prevention prevention2", [], id="beside-a-digit"),
        pytest.param("prevention", "(prevention), “prevention”", ["prevention"], id="marks"),
        pytest.param("terrorism", "counter-terrorism, terrorism-related", [], id="hyphens"),
        pytest.param("counter-terrorism", "On counter-terrorism.", ["counter-terrorism"], id="own"),
        pytest.param(
            "T.E.R. (plan)", "The T.E.R. (plan)!", ["T.E.R. (plan)"], id="marks-of-its-own"
        ),
        pytest.param(".*", "anything at all", [], id="no-pattern"),
    ],
)
def test_only_a_written_form_is_a_use(word, text, found):
    term(word)

    assert linked(text) == found


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("attentat", "L'attentat de 2016.", ["attentat"]),
        ("attentat", "d’attentat", ["attentat"]),
        ("plan d'action", "Le plan d'action. Plan d'action.", ["plan d’action"]),
        ("action", "La réaction, l'inaction, une actionnaire.", []),
        ("État", "L'État décide, l'état reste.", ["État"]),
        ("état", "État d'urgence.", ["État"]),
        ("évaluation", "Évaluation : une réévaluation.", ["Évaluation"]),
        ("tat", "L'état.", []),
        ("prévention", "La prevention.", []),
        ("lutte", "« Lutte » ; lutte.", ["Lutte"]),
        ("œuvre", "Œuvre commune.", ["Œuvre"]),
    ],
)
def test_french_apostrophes_and_accents_are_borders_and_letters(word, text, found):
    term(word, "fr")

    assert linked(text, "fr") == found


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("terrorisme", "Terrorismebestrijding, anti-terrorisme.", []),
        ("preventie", "'Preventie' en 's avonds.", ["Preventie"]),
        ("terrorismebestrijding", "De terrorismebestrijding.", ["terrorismebestrijding"]),
        ("geïntegreerd", "Een geïntegreerde, geïntegreerd.", ["geïntegreerd"]),
    ],
)
def test_dutch_compounds_are_other_words(word, text, found):
    term(word, "nl")

    assert linked(text, "nl") == found


def test_the_form_of_another_language_is_no_use():
    term("terrorisme", "fr")

    assert linked("Le terrorisme.", "fr") == ["terrorisme"]
    assert linked("Het terrorisme.", "nl") == linked("On terrorisme.", "en") == []


def test_the_typography_around_a_linked_term_is_as_without_it():
    term("terrorisme", "fr")

    html = unescape(render("« Terrorisme » ; l'*OCAM* : « oui » !", "fr", {}, TermsInPlace()))

    assert re.sub(r"<[^>]+>", "", html).strip() == (
        "«\u00a0Terrorisme\u00a0»\u202f; l’OCAM\u00a0: «\u00a0oui\u00a0»\u202f!"
    )


@pytest.mark.parametrize("publishing", [unpublished, withdrawn])
def test_a_term_that_is_not_published_is_never_linked(publishing):
    words = {"term": dict.fromkeys(codes(), "canary"), "abbreviation": {"en": "CNRY"}}
    publishing(Term, **words)
    terms = TermsInPlace()

    assert linked("A canary, CNRY.", terms=terms) == []
    assert terms.entries == []

    twin = published(Term, **words)
    assert linked("A canary, CNRY.") == ["canary"]
    assert twin.is_readable


def test_a_term_without_a_text_in_the_language_is_not_looked_for():
    published(Term, languages=["fr"], term={"fr": "terrorisme"})

    assert linked("Anything, None and terrorisme.") == []


def test_a_site_without_terms_or_names_renders_every_text():
    assert linked("Anything at all.") == []


@pytest.fixture
def glossary() -> TermsInPlace:
    """With one term, asked of the database once for all examples."""
    term("ab")
    terms = TermsInPlace()
    assert linked("ab", terms=terms) == ["ab"]
    return terms


@pytest.mark.proof
@given(text=st.text(alphabet="ab *_[]()/:.\n-", max_size=60))
@example(text="[**ab**](https://example.org/)")  # with empty pieces between its marks
def test_whatever_is_typed_terms_add_links_and_change_no_word(glossary, text):
    glossary.used.clear()

    with_terms, without = render(text, "en", {}, glossary), render(text, "en")

    assert re.sub(r"<[^>]+>", "", with_terms) == re.sub(r"<[^>]+>", "", without)
    assert with_terms.count("<a ") - without.count("<a ") in (0, 1)


def test_what_was_linked_by_hand_is_used_and_a_link_to_anything_else_is_not():
    used, other = term("prevention"), term("terrorism")
    terms = TermsInPlace()

    terms.note([used.pk, published(Plan).pk])

    assert linked("Prevention of terrorism.", terms=terms) == ["terrorism"]
    assert terms.entries == [used, other]


def test_the_entries_come_in_reading_order_each_once():
    for word in ("zeal", "Émigré", "actor", "never used"):
        term(word)
    terms = TermsInPlace()
    linked("Zeal, an actor, an Émigré and zeal.", terms=terms)

    assert [str(entry) for entry in terms.entries] == ["actor", "Émigré", "zeal"]


def test_however_many_terms_and_texts_there_are_they_cost_one_query(django_assert_num_queries):
    for number in range(30):
        term(f"word{number}")
        name(f"Council {number}")
    text = " ".join(f"word{number}" for number in range(30))
    terms = TermsInPlace()

    with django_assert_num_queries(1):
        assert len(linked(text, terms=terms)) == 30
        assert linked(text, terms=terms) == []
        assert len(terms.entries) == 30


def test_asking_for_the_entries_of_a_page_without_prose_asks_no_database(
    django_assert_num_queries,
):
    with django_assert_num_queries(0):
        assert TermsInPlace().entries == []
