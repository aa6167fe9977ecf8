"""Every internal link of every page leads somewhere, and every fragment to its place."""

from urllib.parse import urldefrag

import html5lib
import pytest

from policies.models import Plan
from portal.content.loading import load
from tests.factories import published, withdrawn

pytestmark = pytest.mark.django_db


def crawl(client, start: str) -> tuple[dict[str, set[str]], list[str]]:
    """``{address: its fragments}`` of every page reached, and the links that lead nowhere."""
    pages: dict[str, set[str]] = {}
    wanted = {start: {("the start", "")}}
    broken = []
    while wanted:
        address, from_where = wanted.popitem()
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            broken += [f"{page} → {address}" for page, _ in from_where]
            pages[address] = set()
            continue
        ids, links = _read(answer)
        pages[address] = ids
        for link in links:
            target, fragment = urldefrag(link)
            target = target or address
            if target not in pages:
                wanted.setdefault(target, set()).add((address, fragment))
        broken += _missing_fragments(address, links, pages)
    return pages, broken


def _read(answer) -> tuple[set[str], list[str]]:
    if not answer["Content-Type"].startswith("text/html"):
        answer.getvalue()  # read to its end, as a browser does
        return set(), []
    document = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    ids = {e.get("id") for e in document.iter() if e.get("id")}
    hrefs = [e.get("href") for e in document.iter() if e.tag in ("a", "link") and e.get("href")]
    return ids, [href for href in hrefs if href.startswith(("/", "#"))]


def _missing_fragments(address: str, links: list[str], pages: dict) -> list[str]:
    return [
        f"{address} → {link}"
        for link in links
        if (parts := urldefrag(link)).fragment
        and (parts.url or address) in pages
        and pages[parts.url or address]
        and parts.fragment not in pages[parts.url or address]
    ]


def test_no_internal_link_is_broken(client):
    load()
    published(Plan, languages=["nl"])
    withdrawn(Plan)

    pages, broken = crawl(client, "/")

    assert broken == []
    assert len(pages) > 200


def test_a_broken_link_and_a_lost_fragment_would_be_found(client, monkeypatch):
    load()
    original = _read

    def planted(answer):
        ids, links = original(answer)
        return ids, [*links, "/en/no-such-page/", "#no-such-place"]

    monkeypatch.setattr("tests.test_links._read", planted)
    _pages, broken = crawl(client, "/en/")

    assert any("no-such-page" in link for link in broken)
    assert any("no-such-place" in link for link in broken)
