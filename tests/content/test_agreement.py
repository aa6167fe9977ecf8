"""Every output says of every page the languages that the content files give it.

The files are read by the test itself. That the founding content says so as well, in which every
text is in every language, is asked in ``test_truth.py``, which reads the whole site.
"""

from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client

from portal.content.loading import load
from tests.content.agreement import (
    OUTPUTS,
    SITEMAP,
    Page,
    Said,
    Site,
    disagreements,
    led_to,
    names,
    wanted_names,
)
from tests.content.as_written import LANGUAGES, SECTIONS, Files, Readable
from tests.content.thinning import LACKING, thin, to_read
from tests.search.indexed import indexed_texts

# what the texts say is in files: one database is enough to read it on the pages
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

SEED = 6


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Site:
    """The founding content with languages left out, loaded once and read in part."""
    files = Files(tmp_path_factory.mktemp("thinned"))
    lacking = thin(Files(), files.root, SEED)
    wanted = [files.records[name] for name in to_read(files, lacking)]
    with django_db_blocker.unblock(), transaction.atomic():
        load(files.root)
        read = _read(Client(), files, wanted)
        transaction.set_rollback(True)
    return read


def _read(client: Client, files: Files, wanted: list[Readable]) -> Site:
    addresses = [address for each in wanted for address in each.addresses.values()]
    pages = [Page(address, client.get(address).content.decode()) for address in addresses]
    sitemap = client.get(SITEMAP).content.decode()
    return Site(pages, sitemap, files, wanted, led_to(client, files), indexed_texts())


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_says_the_languages_that_the_files_give(site, output):
    telling, _wanting = OUTPUTS[output]

    assert disagreements(output, site) == {}
    assert len(set(telling(site))) > 30


def test_a_page_names_its_language_its_record_and_its_version(site):
    assert names(site) == wanted_names(site)


def test_every_kind_of_page_is_read_whole_and_without_each_set_of_languages(site):
    lacking = {tuple(each.missing) for each in site.wanted}
    kinds = {(each.kind, bool(each.missing)) for each in site.wanted}

    assert lacking == {(), *LACKING}
    assert {kind for kind, _missing in kinds} == {each.kind for each in site.files.pages}
    assert len(kinds) == 2 * len({kind for kind, _missing in kinds})
    assert len({each.source for each in site.wanted}) == len(LANGUAGES)


def test_a_section_stands_under_the_word_that_its_readers_know():
    pages = Files().records

    assert [tuple(pages[f"page/{name}"].addresses.values()) for name in SECTIONS] == [
        ("/en/approach/", "/fr/approche/", "/nl/aanpak/"),
        ("/en/national-policy/", "/fr/politique-nationale/", "/nl/nationaal-beleid/"),
        (
            "/en/international-cooperation/",
            "/fr/cooperation-internationale/",
            "/nl/internationale-samenwerking/",
        ),
    ]


def changed(site: Site, page: Page, old: str, new: str) -> Site:
    """The site with a fault planted in one of its pages, or in its sitemap."""
    assert old in page.html
    planted = Page(page.address, page.html.replace(old, new))
    return replace(site, pages=[planted if each is page else each for each in site.pages])


@pytest.fixture
def absent(site) -> Page:
    """A page in a language that its record lacks."""
    lacking = {place for each in site.wanted for place in each.missing.values()}
    return next(page for page in site.pages if page.address in lacking)


PLANTED = {
    "switcher": (" data-missing", ""),
    "switcher, data-missing": (" data-missing", ""),
    "hreflang": ("</head>", '<link rel="alternate" hreflang="{language}" href="{here}"></head>'),
    "canonical": ("</head>", '<link rel="canonical" href="{here}"></head>'),
    "robots": ("noindex", "index"),
    "notice": ('data-notice="missing"', 'data-notice="stale"'),
    "links of the notice": ('<ul class="notice__links">', '<ul><li><a href="/" hreflang="xx">'),
}


@pytest.mark.parametrize("output", PLANTED)
def test_a_page_that_claims_a_language_which_its_record_lacks_is_found(
    site, absent, output, settings
):
    old, new = PLANTED[output]
    here = f"{settings.PORTAL_ORIGIN}{absent.address}"
    planted = changed(site, absent, old, new.format(language=absent.language, here=here))

    found = {said.place for those in disagreements(output, planted).values() for said in those}
    assert found == {absent.address}


def test_a_missing_page_in_the_sitemap_and_a_page_that_it_lacks_are_found(site, absent, settings):
    there = Said(SITEMAP, "fr", "/fr/plans/strategie-ter/")
    loc = f"<loc>{settings.PORTAL_ORIGIN}{{}}</loc>"
    old, new = loc.format(there.address), loc.format(absent.address)
    assert old in site.sitemap
    planted = replace(site, sitemap=site.sitemap.replace(old, new))

    assert disagreements("sitemap", planted) == {
        "wrong": [Said(SITEMAP, absent.language, absent.address)],
        "left out": [there],
    }


def test_a_permanent_address_that_leads_to_a_missing_page_is_found(site):
    each = next(each for each in site.wanted if each.missing)
    (code, address), *_others = each.missing.items()
    planted = replace(site, leads={**site.leads, (each.uuid, code): address})

    assert disagreements("permanent address", planted) == {
        "wrong": [Said(f"/id/{each.uuid}/", code, address)],
        "left out": [Said(f"/id/{each.uuid}/", code, each.original)],
    }


def test_what_is_said_twice_is_found(site):
    page = next(page for page in site.pages if "hreflang" in page.html)
    planted = changed(site, page, "</head>", page.html[page.html.index('<link rel="alternate') :])

    assert disagreements("hreflang", planted) != {}
