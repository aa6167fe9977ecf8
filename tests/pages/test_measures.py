"""Measures, their packages, and the languages of a document: what is said, and of what."""

import pytest

from actors.models import Actor
from policies.models import Document, Edition, Measure, MeasurePackage, Plan
from portal.languages.texts import codes, text
from tests.factories import published, withdrawn
from tests.reading import read, words

pytestmark = pytest.mark.django_db


def linked_from(client, measure: Measure, code: str) -> list[str]:
    """The addresses of the measures before and after it."""
    beside = next(
        nav
        for nav in read(client, measure.address(code)).iter("nav")
        if nav.find("h2") is not None and nav.find("h2").get("id") == "beside"
    )
    return [link.get("href") for link in beside.iter("a")]


@pytest.mark.parametrize("code", codes())
def test_a_measure_leads_to_the_one_before_and_the_one_after_it(client, code):
    package = published(MeasurePackage)
    row = [published(Measure, package=package, position=place) for place in (1, 2, 3)]
    published(Measure, position=2)

    assert linked_from(client, row[1], code) == [row[0].address(code), row[2].address(code)]
    assert linked_from(client, row[0], code) == [row[1].address(code)]


def test_a_withdrawn_measure_keeps_its_place_and_is_led_to_from_nowhere(client):
    package = published(MeasurePackage)
    first = published(Measure, package=package, position=1)
    second = withdrawn(Measure, package=package, position=2)
    third = published(Measure, package=package, position=3)

    assert linked_from(client, second, "en") == [first.address("en"), third.address("en")]
    assert linked_from(client, first, "en") == [third.address("en")]


def test_a_package_says_announced_unless_its_measures_were_taken(client):
    announced = published(MeasurePackage, announced="2015")
    taken = published(MeasurePackage, announced="2016", taken="2017")
    measures = {each: published(Measure, package=each) for each in (announced, taken)}

    def tags(record) -> list[str]:
        found = read(client, record.address("en")).iter("p")
        return [words(each) for each in found if each.get("class") == "tag"]

    assert (tags(announced), tags(measures[announced])) == (["Announced"], ["Announced"])
    assert (tags(taken), tags(measures[taken])) == ([], [])


def test_a_package_that_is_not_public_puts_no_tag_on_its_measures(client):
    package = published(MeasurePackage, announced="2015")
    measure = published(Measure, package=package)
    MeasurePackage.objects.filter(pk=package.pk).update(state="unpublished")
    page = read(client, measure.address("en"))

    assert [words(p) for p in page.iter("p") if p.get("class") == "tag"] == []


def test_a_package_leads_to_what_a_measure_led_to_and_never_to_what_is_not_public(client):
    plan, hidden, body = published(Plan), published(Plan), published(Actor)
    package = published(MeasurePackage)
    published(Measure, package=package, led_to_plans=[plan, hidden], led_to_actors=[body])
    Plan.objects.filter(pk=hidden.pk).update(state="unpublished")

    shown = words(read(client, package.address("en")))

    assert f"On the same subject: {text(plan, 'title', 'en')}" in shown
    assert f"About: {text(body, 'title', 'en')}" in shown
    assert text(hidden, "title", "en") not in shown


def test_an_edition_names_the_source_that_is_its_own(client):
    document = published(Document)
    published(
        Edition,
        document=document,
        added_reference=True,
        sources="Where the edition is known from | https://example.org/known | en | 2026-11-24",
    )
    page = read(client, document.address("fr"))

    assert "https://example.org/known" in [link.get("href") for link in page.iter("a")]
