"""What a reader of the new language finds before anybody wrote in it."""

import re

import pytest
from django.urls import reverse

from policies.models import Instrument, Plan
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from portal.records.models import PageRecord
from tests.fourth_language.conftest import NEW
from tests.fourth_language.pages import (
    entries,
    every_record,
    one_of_every_kind,
    pages_without_record,
)
from tests.reading import as_typed, links, read, words

pytestmark = pytest.mark.django_db


def test_a_page_of_every_kind_says_that_it_is_missing_and_shows_the_true_text(client, settings):
    records = one_of_every_kind()

    assert len(records) > 9
    for record in records:
        is_honest(client, record, settings.PORTAL_ORIGIN)


@pytest.mark.proof
def test_every_page_says_that_it_is_missing_and_shows_the_true_text(client, settings):
    records = every_record()

    assert len(records) > 100
    for record in records:
        is_honest(client, record, settings.PORTAL_ORIGIN)


def is_honest(client, record: PageRecord, origin: str) -> None:
    """The notice, the language of the text, and where search engines are led."""
    source = record.source_language
    document = read(client, record.address(NEW))
    notices = [e for e in document.iter() if e.get("data-notice") == "missing"]
    body = [e.get("lang") for e in document.iter("div") if e.get("class") == "prose"]
    robots = [e.get("content") for e in document.iter("meta") if e.get("name") == "robots"]

    assert document.get("lang") == NEW
    assert [words(n).split(".")[0] for n in notices] == [
        "Diese Seite gibt es noch nicht auf Deutsch"
    ]
    assert source in [e.get("lang") for e in next(document.iter("h1")).iter("span")]
    assert set(body) <= {source}
    assert robots == ["noindex"]
    assert links(document, rel="canonical") == {"canonical": origin + record.address(source)}
    assert set(links(document, rel="alternate")) == {*record.languages, "x-default"}


def test_what_exists_by_itself_is_in_the_new_language(client):
    pages = pages_without_record()

    assert len(pages) > 10
    for page in pages:
        document = read(client, page)
        assert document.get("lang") == NEW
        assert [e for e in document.iter() if e.get("data-notice") == "missing"] == []
        assert NEW in links(document, rel="alternate")


def test_a_list_says_in_which_language_each_of_its_records_is(client):
    document = read(client, route_in("plan-list", NEW))
    badges = [words(e) for e in document.iter("span") if e.get("class") == "badge"]

    assert len(badges) >= Plan.objects.published().count() > 5
    assert set(badges) <= {"auf Englisch", "auf Französisch", "auf Niederländisch"}


def test_the_switcher_of_every_language_names_it_and_says_not_yet(client):
    record = Plan.objects.published().first()
    others = [code for code in codes() if code != NEW]

    for code in others:
        document = read(client, record.address(code))
        nav = next(n for n in document.iter("nav") if n.get("data-languages") is not None)
        entry = next(a for a in nav.iter("a") if a.get("hreflang") == NEW)
        assert (entry.get("href"), entry.get("lang")) == (record.address(NEW), NEW)
        assert entry.get("data-missing") is not None
        assert words(entry) == "Deutsch noch nicht auf Deutsch"
    assert len(others) == 3


def test_its_sitemap_and_alternates_name_what_exists_by_itself_alone(client, settings):
    sitemap = client.get("/sitemap.xml").content.decode()
    located = re.findall(rf"<loc>{settings.PORTAL_ORIGIN}(/{NEW}/[^<]*)</loc>", sitemap)
    others = set(re.findall(rf'hreflang="{NEW}" href="{settings.PORTAL_ORIGIN}([^"]*)"', sitemap))

    assert set(located) == others == {*pages_without_record()}


def test_the_permanent_address_leads_its_reader_to_the_source(client):
    for record in [*one_of_every_kind(), *entries()]:
        led = client.get(record.permanent, headers={"accept-language": f"{NEW}-BE,{NEW};q=0.9"})
        forced = client.get(record.permanent, {"lang": NEW})
        assert led["Location"] == record.shown_at(record.shown_with.source_language)
        assert forced["Location"] == record.shown_at(NEW)


def test_path_words_dates_and_the_choice_of_a_language_come_from_the_catalogue(client):
    with_day = Instrument.objects.get(adopted="2015-02-12")

    assert route_in("plan-list", NEW) == "/de/plaene/"
    assert "12. Februar 2015" in as_typed(words(read(client, with_day.address(NEW))))
    choice = read(client, reverse("languages"))
    assert [a.get("hreflang") for a in choice.iter("a") if a.get("hreflang")] == codes()


def test_a_former_version_is_read_in_the_new_language_too(client):
    record = Plan.objects.published().first()

    assert client.get(f"{record.history_at(NEW)}1/").status_code == 200
    assert client.get(record.history_at(NEW)).status_code == 200


def test_an_address_that_is_none_is_told_in_it(client):
    answer = client.get(f"/{NEW}/plaene/gibt-es-nicht/")

    assert (answer.status_code, answer["Content-Language"]) == (404, NEW)
