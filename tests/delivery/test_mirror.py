"""The copy of the whole site: every page is in it, as the portal would send it."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import brotli
import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from policies.models import Plan
from portal.delivery.asking import Site
from portal.delivery.making import ERROR
from portal.delivery.store import Store
from portal.languages.texts import codes
from tests.delivery.mirrored import Mirrored, as_listed, raw_lines, small_site
from tests.factories import unpublished
from tests.reading import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]  # the same bytes on both

CANARY = "Kanarie of a draft"
APART = ("/errors/", "/files/", "/static/")
SEARCH = {"en": "search", "fr": "recherche", "nl": "zoeken"}
ENDS = (".br", ".gz")


class Shown:
    """A mirror, and what the portal answered at every address of it while it was made."""

    def __init__(self, folder) -> None:
        self.mirrored = Mirrored(folder / "mirror").made()
        self.lines = self.mirrored.lines
        site = Site(Store(folder / "store"))
        self.answers = {
            address: site.page(address) for address in self.lines if not _is_error(address)
        }
        self.files = self.mirrored.files()


def _is_error(address: str) -> bool:
    return address.startswith("/errors/")


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("mirror")
    files = override_settings(MEDIA_ROOT=folder / "files")
    with django_db_blocker.unblock(), translation.override("en"), files, transaction.atomic():
        small_site()
        unpublished(Plan, title=dict.fromkeys(codes(), CANARY))
        shown = Shown(folder)
        transaction.set_rollback(True)
    return shown


def test_every_answer_is_there_with_its_bytes_and_its_headers(shown):
    for address, answer in shown.answers.items():
        line = shown.lines[address]
        assert (answer.status, line["status"]) == (200, 200), address
        assert shown.files[line["file"]] == answer.body, address
        told = dict(answer.headers)
        if "Vary" in dict(answer.sent):
            told["Vary"] = dict(answer.sent)["Vary"]
        listed = {name: value for name, value in line["headers"] if name != "Last-Modified"}
        assert listed == told, address

    assert len(shown.answers) > 150


def test_every_page_is_there_in_every_coding(shown):
    pages = [name for name in shown.files if name.startswith("pages/") and name[-3:] not in ENDS]
    for name in pages:
        assert brotli.decompress(shown.files[f"{name}.br"]) == shown.files[name]

    assert len(pages) > 150


def test_every_address_of_the_sitemap_is_there(shown):
    sitemap = parsed(shown.files["pages/sitemap.xml"])
    named = {each.text.removeprefix(settings.PORTAL_ORIGIN) for each in sitemap.iter("loc")}

    assert named - shown.lines.keys() == set()
    assert len(named) > 40


def links_of(address: str, body: bytes) -> set[str]:
    found = [
        each.get(name) for each in parsed(body).iter() for name in ("href", "src") if each.get(name)
    ]
    here = settings.PORTAL_ORIGIN + address
    absolute = {urldefrag(urljoin(here, link)).url for link in found}
    origin = settings.PORTAL_ORIGIN
    return {each.removeprefix(origin) for each in absolute if each.startswith(f"{origin}/")}


def test_every_link_leads_to_a_file_or_to_what_answers_each_reader_by_itself(shown):
    pages = {a: answer for a, answer in shown.answers.items() if _is_page(answer)}
    searches = {f"/{code}/{word}/" for code, word in SEARCH.items()}
    nowhere = {
        link
        for address, answer in pages.items()
        for link in links_of(address, answer.body) - shown.lines.keys()
        if not link.startswith("/id/") and link.partition("?")[0] not in searches
    }

    assert nowhere == set()
    assert len(pages) > 100


def _is_page(answer) -> bool:
    return answer.header("content-type").startswith("text/html")


def test_a_document_comes_with_its_pages(shown):
    (line,) = [line for address, line in shown.lines.items() if address.startswith("/files/")]

    assert shown.files[line["file"]] == b"%PDF-1.7 first"
    assert dict(line["headers"])["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert "br" not in line


def test_nothing_of_a_draft_is_in_it(shown):
    assert shown.mirrored.with_words(CANARY) == []
    assert len(shown.mirrored.with_words("Belgium")) > 100


def test_each_error_has_a_page_in_each_language_and_one_for_all(shown):
    errors = {address for address in shown.lines if _is_error(address)}

    assert errors == {
        f"/errors/{folder}/{status}.html"
        for folder in (*codes(), "all")
        for status in (400, 404, 405, 410, 429, 503)
    }
    away = shown.lines["/errors/fr/503.html"]
    assert (away["status"], dict(away["headers"])["Retry-After"]) == (503, "10")
    assert dict(away["headers"])["Cache-Control"] == "no-store"
    assert b"HTTP" not in shown.files["errors/fr/503.html"]


def test_no_reader_can_ask_for_the_page_of_an_error(client):
    answer = client.get("/en/", {"portal.error": "503"}, headers={"portal.error": "503"})

    assert (answer.status_code, client.get("/en/", **{ERROR: "503"}).status_code) == (200, 503)


def test_search_is_not_in_it_nor_is_what_only_staff_see(shown):
    assert [a for a in shown.lines if "admin" in a or "/id/" in a or "healthz" in a] == []
    assert [a for a in shown.lines if a in {f"/{c}/{w}/" for c, w in SEARCH.items()}] == []


def test_the_list_tells_the_digests_and_counts_what_is_there(shown):
    header = raw_lines(shown.mirrored)[0]

    assert as_listed(shown.mirrored) == []
    assert header["counts"] == {
        "pages": len(
            [a for a in shown.lines if not a.startswith(("/errors", "/files", "/static"))]
        ),
        "errors": 24,
        "files": 1,
        "former": 0,
        "static": len([a for a in shown.lines if a.startswith("/static/")]),
    }
    assert header["counts"]["static"] > 5
    assert [f for f in shown.files if f.endswith(".busy")] == []
