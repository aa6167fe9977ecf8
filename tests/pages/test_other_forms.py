"""An entry lists its other forms, such as plurals: they lead to it, and no other form does."""

import pytest

from portal.pages.glossary import TermsInPlace
from tests.pages.linking import linked, name, term

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "word", "forms", "text", "found"),
    [
        ("en", "returnee", "returnees", "Returnees, a returnee.", ["Returnees"]),
        ("en", "victims", "victim", "A victim, victims, victimless.", ["victim"]),
        (
            "fr",
            "combattant de retour",
            "combattants de retour\ncombattante de retour",
            "Une combattante de retour.",
            ["combattante de retour"],
        ),
        ("fr", "plan d'action", "plans d'action", "Les plans d’action.", ["plans d’action"]),
        (
            "nl",
            "gewelddadig extremisme",
            "gewelddadige extremisme",
            "Het gewelddadige extremisme, gewelddadige extremismes.",
            ["gewelddadige extremisme"],
        ),
        ("nl", "werkgroep", "werkgroepen", "Werkgroepen, werkgroepje.", ["Werkgroepen"]),
    ],
)
def test_the_other_forms_that_an_entry_lists_are_uses_of_it(code, word, forms, text, found):
    entry = term(word, code, forms={code: forms})
    terms = TermsInPlace()

    assert linked(text, code, terms) == found
    assert terms.entries == [entry]


def test_a_form_that_no_entry_lists_is_not_guessed():
    term("passenger name record", abbreviation="PNR", forms={"en": "PNRs"})
    term("fighter", abbreviation="FTF")

    assert linked("PNRs, and FTFs of fighters.") == ["PNRs"]


def test_a_form_of_another_language_links_nothing():
    term("returnee", forms={"en": "returnees", "nl": "terugkeerders"})

    assert linked("Terugkeerders.") == []
    assert linked("Returnees.", "nl") == []


def test_what_one_entry_is_called_is_no_form_of_another():
    term("Region", forms={"en": "Regions"})
    regions = term("Regions", forms={"en": "Region"})
    terms = TermsInPlace()

    assert linked("Regions.", terms=terms) == ["Regions"]
    assert terms.entries == [regions]


def test_a_form_is_not_looked_for_in_links_names_and_what_stands_out():
    term("working group", forms={"en": "working groups"})
    name("Council of working groups")

    assert linked("**Working groups** [working groups](https://example.org/)") == []
    assert linked("The Council of working groups.") == []
