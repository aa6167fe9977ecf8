"""Every internal link of every page leads somewhere, and every fragment to its place."""

import pytest

from policies.models import Plan
from tests.content.asked_once import Answer, ask, crawl, followed
from tests.factories import published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),
]  # where links lead is asked once


def broken(pages: dict[str, Answer], past: list[str]) -> list[str]:
    """The links that lead nowhere, or to no such place on a page."""
    return [
        f"{page} → {to}#{place}" if place else f"{page} → {to}"
        for page, answer in pages.items()
        for to, place in followed(answer, past)
        if pages[to].status_code != 200 or (place and place not in pages[to].places)
    ]


def test_no_internal_link_is_broken(whole_site):
    past = whole_site.past

    pages = crawl(whole_site.answers.__getitem__, "/", past=past)

    assert broken(pages, past) == []
    assert len(pages) > 200
    assert len(past) >= 30
    assert set(past) <= pages.keys()


def test_a_broken_link_and_a_lost_fragment_would_be_found(client, monkeypatch):
    published(Plan)
    original = Answer.links.fget
    planted = ["/en/no-such-page/", "#no-such-place", "/fr/#no-such-place"]
    monkeypatch.setattr(Answer, "links", property(lambda answer: [*original(answer), *planted]))

    found = broken(crawl(lambda address: ask(client, address), "/en/", past=["/"]), ["/"])

    assert "/en/ → /en/no-such-page/" in found
    assert "/en/ → /en/#no-such-place" in found
    assert "/en/ → /fr/#no-such-place" in found
