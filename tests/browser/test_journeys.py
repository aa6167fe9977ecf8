"""Thirty readers, each with a question: from home to the answer in at most three clicks."""

import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from portal.languages.alternates import route_in
from portal.languages.texts import codes
from tests.reading import in_one_line

pytestmark = pytest.mark.usefixtures("site")

JOURNEYS = tomllib.loads((Path(__file__).parent / "journeys.toml").read_text("utf-8"))
DEVICES = {
    "phone": {"width": 360, "height": 740, "is_mobile": True, "has_touch": True},
    "desk": {"width": 1280},
}
LINKS = """() => [...document.querySelectorAll("a[href]")].map((link, place) => ({
    place, words: link.innerText, address: link.href, shown: link.checkVisibility(),
    in_footer: Boolean(link.closest("footer")), in_main: Boolean(link.closest("main")),
}))"""
# Innermost first; what only a screen reader gets is taken out before.
PASSAGES = """() => {
    document.querySelectorAll(".visually-hidden").forEach(e => e.remove());
    return [...document.querySelectorAll("main, main *")]
        .filter(e => e instanceof HTMLElement && e.checkVisibility())
        .map(e => ({ words: e.innerText, language: e.closest("[lang]").lang })).reverse();
}"""


@dataclass(frozen=True)
class Journey:
    """Who asks what, the links they follow by their words, and the words that answer."""

    language: str
    asks: str
    on: str
    clicks: list[str]
    ends: str
    answer: list[str]
    links: tuple[str, ...] = ()


def journeys() -> list[Journey]:
    return [Journey(code, **data) for code, entries in JOURNEYS.items() for data in entries]


def fault_of(tab, journey: Journey) -> str:
    """Why this reader does not get the answer; empty if they do."""
    if len(journey.clicks) > 3:
        return "more than three clicks"
    page = tab.open(route_in("home", journey.language))
    for words in journey.clicks:
        if fault := _follow(page, words, jump=journey.on == "phone"):
            return fault
    return _arrival(page, journey) or _unanswered(page, journey)


def _follow(page: Page, words: str, *, jump: bool) -> str:
    """Click the link that a reader sees. With ``jump``, a footer is too far to scroll to."""
    near = not jump or page.url.endswith("#contents")
    found = [
        link
        for link in page.evaluate(LINKS)
        if link["shown"] and (near or not link["in_footer"])
        if fnmatchcase(in_one_line(link["words"]), words)
    ]
    if (places := len({link["address"] for link in found})) != 1:
        return f"“{words}” leads to {places} places from {_path(page)}"
    with page.expect_navigation():
        page.locator("a[href]").nth(found[0]["place"]).click()
    return ""


def _path(page: Page) -> str:
    return urlsplit(page.url).path


def _arrival(page: Page, journey: Journey) -> str:
    return "" if fnmatchcase(_path(page), journey.ends) else f"ends on {_path(page)}"


def _unanswered(page: Page, journey: Journey) -> str:
    """An answer that is absent, or in another language than the page where the journey ends."""
    language = journey.ends.split("/")[1]
    passages = [(in_one_line(p["words"]), p["language"]) for p in page.evaluate(PASSAGES)]
    for answer in journey.answer:
        around = [(len(words), lang) for words, lang in passages if answer in words]
        if not around:
            return f"nowhere to be seen: {answer}"
        if (said_in := min(around, key=lambda each: each[0])[1]) != language:
            return f"in {said_in}: {answer}"
    shown = {link["address"] for link in page.evaluate(LINKS) if link["in_main"] and link["shown"]}
    return ", ".join(f"no link to {address}" for address in journey.links if address not in shown)


@pytest.fixture
def tabs(visit):
    return {name: visit(**options) for name, options in DEVICES.items()}


def test_every_reader_finds_the_answer_within_three_clicks(tabs):
    ran = Counter()
    faults = {}
    for journey in journeys():
        ran[journey.language, journey.on] += 1
        if fault := fault_of(tabs[journey.on], journey):
            faults[journey.asks] = fault

    assert "\n".join(f"{a}: {f}" for a, f in faults.items()) == ""
    assert ran == {(code, on): 5 for code in codes() for on in DEVICES}
    assert len({journey.asks for journey in journeys()}) == 30
    assert [(tab.complaints, tab.foreign) for tab in tabs.values()] == [([], [])] * 2


# The journey of the French prison officer, on a phone, with one thing wrong, and what is found.
TWINS = {
    "an answer that is not on the page": (
        {"answer": ["Le ministre de la Justice l'a élaboré."]},
        "nowhere to be seen: Le ministre de la Justice l'a élaboré.",
    ),
    "an answer outside of the text": (
        {"answer": ["Une erreur sur cette page ?"]},
        "nowhere to be seen: Une erreur sur cette page ?",
    ),
    "an answer in another language": (
        {"answer": ["Actieplan aanpak radicalisering in gevangenissen"]},
        "in nl: Actieplan aanpak radicalisering in gevangenissen",
    ),
    "a source that the page does not link": (
        {"links": ("https://elsewhere.example/",)},
        "no link to https://elsewhere.example/",
    ),
    "a link that does not exist": (
        {"clicks": ["Sommaire", "Abonnement"]},
        "“Abonnement” leads to 0 places from /fr/",
    ),
    "a footer without the jump": (
        {"clicks": ["Trains de mesures"]},
        "“Trains de mesures” leads to 0 places from /fr/",
    ),
    "one click too many": (
        {"clicks": ["Sommaire", "Acteurs", "Sommaire", "Plans"]},
        "more than three clicks",
    ),
    "another page": ({"clicks": ["Sommaire", "Plans"]}, "ends on /fr/plans/"),
}
PLANT = """() => document.querySelector("main").insertAdjacentHTML("beforeend", `
    <a href="/en/elsewhere/">Plans</a>
    <p hidden>An answer in the dark.</p><p class="visually-hidden">An answer aloud.</p>`)"""


def test_a_journey_that_leads_nowhere_is_found(tabs):
    true = next(each for each in journeys() if each.ends == "/fr/plans/plan-prisons/")

    assert fault_of(tabs["phone"], true) == ""
    found = {
        name: fault_of(tabs["phone"], replace(true, **wrong)) for name, (wrong, _) in TWINS.items()
    }
    assert found == {name: fault for name, (_, fault) in TWINS.items()}


def test_words_that_lead_to_two_places_and_words_unseen_are_found(tabs):
    page = tabs["desk"].open("/en/")
    page.evaluate(PLANT)

    assert _follow(page, "Plans", jump=False) == "“Plans” leads to 2 places from /en/"
    for hidden in ("An answer in the dark.", "An answer aloud."):
        journey = Journey("en", "", "desk", [], "/en/", [hidden])
        assert _unanswered(page, journey) == f"nowhere to be seen: {hidden}"
