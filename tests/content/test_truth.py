"""No page says what the facts forbid, and none links where nobody has looked.

Nor does any claim a language that the content files do not give it.

Every public page of the founding content is read in every language. Each false sentence is
planted once, and found.
"""

import tomllib
from collections import defaultdict
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from policies.models import Edition, Measure, MeasurePackage, Plan
from portal.content.loading import load
from portal.languages.texts import codes
from portal.records.kinds import page_kinds
from tests.content.agreement import (
    OF_PAGES,
    Page,
    Site,
    disagreements,
    names,
    wanted_names,
)
from tests.content.as_written import YEARS, Files, lists
from tests.content.false_statements import Statement, as_searched, statements
from tests.content.whole_site import ReadPage, read_page
from tests.factories import published

ADDRESSES = tomllib.loads(Path(__file__).with_name("confirmed_addresses.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def site(whole_site) -> list[ReadPage]:
    """Every page that the sitemap names, and the choice of a language."""
    pages = whole_site.every_page
    of_the_site = 4  # glossary, changes, timeline, and who does what
    lists = len(page_kinds()) + of_the_site + len(YEARS)
    named = 1 + whole_site.in_sitemap + len(codes()) * lists
    assert len({page.address for page in pages}) == named
    assert [page.address for page in pages if not page.lines] == []
    return pages


@pytest.fixture(scope="session")
def told(whole_site) -> Site:
    """What the pages of the content files say of their languages; the choice of language says it
    of none.
    """
    files = Files()
    asked = [*whole_site.every_address, *chain(*whole_site.records.values())]
    heard = [
        Page(address, whole_site.answers[address].content.decode())
        for address in dict.fromkeys(asked)
        if address not in {"/", *whole_site.beside}
    ]
    return Site(heard, whole_site.sitemap, files, [*lists(), *files.pages])


def in_language(site: list[ReadPage], code: str) -> list[ReadPage]:
    found = [page for page in site if page.language == code]
    assert len(found) > 140
    return found


def false(page: ReadPage, statement: Statement) -> list[str]:
    return [line for line in page.lines if statement.search(line)]


@pytest.mark.parametrize("statement", statements(), ids=str)
def test_no_page_says_what_the_facts_forbid(site, statement):
    pages = in_language(site, statement.language)

    assert {page.address: said for page in pages if (said := false(page, statement))} == {}


def test_each_false_sentence_is_found_where_it_is_planted_and_no_other(client, db):
    planted = defaultdict(list)
    for statement in statements():
        planted[statement.language].append(statement)
    body = {code: "\n\n".join(each.sentence for each in those) for code, those in planted.items()}
    plan = published(Plan, body=body)

    for code in codes():
        page = read_page(client, plan.address(code))
        found = [(each, line) for each in planted[code] for line in false(page, each)]
        assert found == [(each, as_searched(each.sentence)) for each in planted[code]]


def test_a_page_is_read_in_its_own_language(client, db):
    plan = published(Plan, languages=["fr"], body={"fr": "Le Plan R reste."})

    assert "Le Plan R reste." in read_page(client, plan.address("fr")).lines
    assert "Le Plan R reste." not in read_page(client, plan.address("nl")).lines


def test_every_statement_is_guarded_in_every_language():
    languages = defaultdict(list)
    for statement in statements():
        languages[statement.guards].append(statement.language)

    assert len(languages) > 70
    assert {guards: found for guards, found in languages.items() if found != codes()} == {}


def test_a_year_shown_as_its_first_day_is_found(client, db):
    (guard,) = [s for s in statements() if "first day" in s.guards and s.language == "nl"]
    plain, padded = (published(Plan, drawn_up=date) for date in ("2015", "2015-01-01"))

    assert false(read_page(client, plain.address("nl")), guard) == []
    assert false(read_page(client, padded.address("nl")), guard) != []


def unconfirmed(page: ReadPage) -> set[str]:
    ours = ("", urlsplit(settings.PORTAL_ORIGIN).netloc)
    outside = {link for link in page.links if urlsplit(link).netloc not in ours}
    return outside - {*ADDRESSES["confirmed"], settings.PORTAL_LICENCE}


def test_the_site_links_to_confirmed_addresses_alone(site):
    linked = set().union(*(page.links for page in site)) & set(ADDRESSES["confirmed"])

    assert {page.address: found for page in site if (found := unconfirmed(page))} == {}
    assert len(linked) > 40


def test_a_link_to_an_address_that_nobody_confirmed_is_found(client, db):
    planted = ADDRESSES["unconfirmed"]
    links = [f"[x]({address})" for address in [*planted, *ADDRESSES["confirmed"]]]
    plan = published(Plan, body=dict.fromkeys(codes(), "\n\n".join(links)))
    edition = published(Edition, address="https://example.org/copy")

    assert unconfirmed(read_page(client, plan.address("fr"))) == set(planted)
    assert unconfirmed(read_page(client, edition.document.address("nl"))) == {edition.address}


def test_no_address_is_both_confirmed_and_not_and_each_begins_with_https():
    both = [*ADDRESSES["confirmed"], *ADDRESSES["unconfirmed"]]

    assert len(both) == len(set(both))
    assert [address for address in both if not address.startswith("https://")] == []


def test_a_measure_has_its_number_only_where_a_source_confirms_it(db):
    load()
    measures = Measure.objects.order_by("number")
    numbers = {
        package.announced or package.taken: [
            m.number for m in measures.filter(package=package) if m.number
        ]
        for package in MeasurePackage.objects.all()
    }

    assert numbers == {
        "2015-01-16": [*range(1, 13)],
        "2015-11-19": [*range(1, 12), 15],
        "2017": [],
    }
    assert len(measures) == 12 + 17


@pytest.mark.parametrize("output", OF_PAGES)
def test_every_page_claims_the_languages_that_its_content_file_gives(told, output):
    assert disagreements(output, told) == {}
    assert len(told.pages) > 400


def test_every_page_names_its_language_its_record_and_its_version(told):
    assert names(told) == wanted_names(told)


def test_the_choice_of_language_leads_to_every_home(whole_site):
    choice = Page("/", whole_site.answers["/"].content.decode())
    homes = {code: f"/{code}/" for code in codes()}
    alternates = [(each["hreflang"], each["href"]) for each in choice.all("link", rel="alternate")]
    everywhere = {**homes, "x-default": "/"}

    assert {a["hreflang"]: a["href"] for a in choice.all("a", "switcher")} == homes
    assert alternates == [(code, settings.PORTAL_ORIGIN + at) for code, at in everywhere.items()]
