"""The pages that the site says of itself: which of them carry facts, and which law."""

import pytest

from portal.languages.texts import codes
from portal.pages.models import LEGAL, Page, Place
from tests.factories import published
from tests.reading import read, words

pytestmark = pytest.mark.django_db

OMBUDSMAN = {
    "en": "the Federal Ombudsman",
    "fr": "Médiateur fédéral",
    "nl": "de federale Ombudsman",
}
LAW = "https://etaamb.openjustice.be/fr/loi-du-19-juillet-2018_n2018040577"
OTHERS = [place for place in LEGAL if place != Place.WHERE_TO_TURN]


def facts(document) -> list[str]:
    """The labels of the table of facts; none where the page has no such table."""
    tables = [section for section in document.iter("section") if section.get("id") == "facts"]
    return [words(label) for table in tables for label in table.iter("dt")]


def targets(document) -> list[str]:
    return [link.get("href") for link in document.iter("a")]


@pytest.mark.parametrize("code", codes())
def test_where_to_turn_has_no_table_of_facts(client, code):
    document = read(client, published(Page, place=Place.WHERE_TO_TURN).address(code))

    assert [section.get("id") for section in document.iter("section")].count("facts") == 0
    assert facts(document) == []


@pytest.mark.parametrize("place", OTHERS)
def test_every_other_page_about_the_site_names_publisher_and_contact(client, place):
    document = read(client, published(Page, place=place).address("en"))

    assert facts(document)[:2] == ["Publisher", "Contact"]
    assert ("Licence" in facts(document)) is (place == Place.REUSE)


def test_where_to_turn_stands_first_among_the_pages_about_the_site(client):
    pages = {place: published(Page, place=place) for place in reversed(LEGAL)}
    document = read(client, "/en/")
    (footer,) = document.iter("footer")
    own = {pages[place].address("en"): place for place in LEGAL}

    listed = [own[href] for href in targets(footer) if href in own]
    assert listed == sorted(listed, key=LEGAL.index)
    assert listed[0] == Place.WHERE_TO_TURN


@pytest.mark.parametrize("code", codes())
def test_a_public_body_names_the_law_that_binds_it_and_who_hears_complaints(client, settings, code):
    settings.PORTAL_PUBLIC_BODY, settings.PORTAL_PUBLISHER = True, "FPS Example"
    document = read(client, published(Page, place=Place.ACCESSIBILITY).address(code))

    assert targets(document).count(LAW) == 1
    assert targets(document).count("mailto:contact@federaalombudsman.be") == 1
    assert OMBUDSMAN[code] in words(document)


def test_anyone_else_claims_no_law_and_no_ombudsman(client, settings):
    settings.PORTAL_PUBLIC_BODY, settings.PORTAL_PUBLISHER = False, "A society"
    document = read(client, published(Page, place=Place.ACCESSIBILITY).address("en"))

    assert facts(document) == ["Publisher", "Contact"]
    assert "ombudsman" not in words(document).lower()
    assert LAW not in targets(document)


@pytest.mark.parametrize("place", [place for place in OTHERS if place != Place.ACCESSIBILITY])
def test_the_law_stands_on_the_accessibility_statement_alone(client, settings, place):
    settings.PORTAL_PUBLIC_BODY, settings.PORTAL_PUBLISHER = True, "FPS Example"
    document = read(client, published(Page, place=place).address("en"))

    assert LAW not in targets(document)
