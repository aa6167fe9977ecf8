"""Every internal link of every page leads somewhere, and every fragment to its place."""

import re

import pytest

from policies.models import Plan
from tests.content.asked_once import Answer, ask, crawl, followed
from tests.factories import published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),
]  # where links lead is asked once

CONTENTS = re.compile(r'<nav class="head__contents".*?</nav>', re.DOTALL)
SECTION = re.compile(
    r'<(?:section|nav) class="section"([^>]*)>\s*<h2 class="section__label"([^>]*)'
)
ANCHOR = re.compile(r'\bid="([^"]+)"')


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


def faulty_contents(page: str) -> list[str]:
    """What the contents of a page leave out, repeat, or do not find exactly once."""
    listed = [a for nav in CONTENTS.findall(page) for a in re.findall(r'href="#([^"]+)"', nav)]
    standing = [
        named[1] if (named := ANCHOR.search(section + label)) else "no anchor"
        for section, label in SECTION.findall(page)
    ]
    missed = [] if listed == standing else [f"{listed} of {standing}"]
    return missed + [each for each in listed if page.count(f' id="{each}"') != 1]


def test_the_contents_of_every_long_page_are_its_sections_and_each_is_there_once(whole_site):
    pages = {a: answer.content.decode(errors="ignore") for a, answer in whole_site.answers.items()}
    long = {address: page for address, page in pages.items() if CONTENTS.search(page)}
    faults = {address: found for address, page in long.items() if (found := faulty_contents(page))}

    assert faults == {}
    assert 60 < len(long) < len(pages) / 2
    page = long["/en/national-policy/"]
    assert faulty_contents(page.replace("</main>", '<p id="cite"></p></main>')) == ["cite"]
    elsewhere = page.replace('href="#cite"', 'href="#sources"')
    assert len(faulty_contents(elsewhere)) == 1


def test_a_broken_link_and_a_lost_fragment_would_be_found(client, monkeypatch):
    published(Plan)
    original = Answer.links.fget
    planted = ["/en/no-such-page/", "#no-such-place", "/fr/#no-such-place"]
    monkeypatch.setattr(Answer, "links", property(lambda answer: [*original(answer), *planted]))

    found = broken(crawl(lambda address: ask(client, address), "/en/", past=["/"]), ["/"])

    assert "/en/ → /en/no-such-page/" in found
    assert "/en/ → /en/#no-such-place" in found
    assert "/en/ → /fr/#no-such-place" in found
