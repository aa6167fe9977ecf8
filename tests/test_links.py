"""Every internal link of every page leads somewhere, and every fragment to its place."""

from urllib.parse import urldefrag

import html5lib
import pytest
from django.core.files.base import ContentFile

from policies.models import Document, Edition, Plan
from portal.content.loading import load
from portal.languages.texts import codes
from portal.pages.models import Term
from portal.records.kinds import page_kinds
from tests.factories import published, withdrawn

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),
]  # where links lead is asked once


def crawl(client, start: str, *, past: list[str]) -> tuple[dict[str, set[str]], list[str]]:
    """``{address: its fragments}`` of every page reached, and the links that lead nowhere.

    Every record has a past of the same few forms; only those in ``past`` are visited.
    """
    pages: dict[str, set[str] | None] = {}
    followed: list[tuple[str, str]] = []
    wanted = [start]
    while wanted:
        address = wanted.pop()
        if address not in pages:
            answer = client.get(address, follow=True)
            pages[address], links = _read(answer) if answer.status_code == 200 else (None, [])
            links = [each for each in links if "/versions/" not in each or _is_below(each, past)]
            followed += [(address, link) for link in links]
            wanted += [urldefrag(link).url or address for link in links]
    return pages, [f"{page} → {link}" for page, link in followed if _is_broken(pages, page, link)]


def _is_below(address: str, places: list[str]) -> bool:
    return address.startswith(tuple(places))


def _is_broken(pages: dict[str, set[str] | None], page: str, link: str) -> bool:
    target, fragment = urldefrag(link)
    places = pages[target or page]
    return places is None or bool(fragment and fragment not in places)


def _read(answer) -> tuple[set[str], list[str]]:
    if not answer["Content-Type"].startswith("text/html"):
        answer.getvalue()  # read to its end, as a browser does
        return set(), []
    document = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    ids = {e.get("id") for e in document.iter() if e.get("id")}
    hrefs = [e.get("href") for e in document.iter() if e.tag in ("a", "link") and e.get("href")]
    return ids, [href for href in hrefs if href.startswith(("/", "#"))]


def test_no_internal_link_is_broken(client):
    load()
    published(Plan, languages=["nl"])
    withdrawn(Plan)
    term = withdrawn(Term)
    published(Plan, body=dict.fromkeys(codes(), f"[x]({term.permanent})"))
    document = published(Document)
    published(Edition, document=document, file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    Document.objects.filter(pk=document.pk).update(state="withdrawn")
    published(Plan, body=dict.fromkeys(codes(), f"[x]({document.permanent})"))

    first = [kind.objects.published().order_by("position", "pk").first() for kind in page_kinds()]
    past = [record.history_at(code) for record in first if record for code in codes()]

    pages, broken = crawl(client, "/", past=past)

    assert broken == []
    assert len(pages) > 200
    assert len(past) >= 30
    assert set(past) <= pages.keys()


def test_a_broken_link_and_a_lost_fragment_would_be_found(client, monkeypatch):
    published(Plan)
    original = _read

    def planted(answer):
        ids, links = original(answer)
        return ids, [*links, "/en/no-such-page/", "#no-such-place", "/fr/#no-such-place"]

    monkeypatch.setattr("tests.test_links._read", planted)
    _pages, broken = crawl(client, "/en/", past=["/"])

    assert any("no-such-page" in link for link in broken)
    assert any("→ #no-such-place" in link for link in broken)
    assert any("/fr/#no-such-place" in link for link in broken)
