"""Every public page on paper: what it is stands first, and where its links lead stands beside."""

import re

import pytest
from django.conf import settings
from django.utils import timezone

from policies.models import Plan
from portal.languages.names import own_name
from portal.languages.texts import codes
from portal.publishing import review, sharing
from tests.pages_of_the_site import every_page
from tests.publishing.review import NOTES, said_otherwise, writer
from tests.reading import in_one_line

pytestmark = pytest.mark.usefixtures("site")

ON_PAPER = """() => {
    const shown = e => e.checkVisibility();
    const every = names => [...document.querySelectorAll(names)];
    const links = every("main a[href]").filter(shown);
    const target = a => getComputedStyle(a, "::after").content;
    const to = a => a.getAttribute("href");
    const isOutward = a => to(a).startsWith("http");
    const first = every(".frame > *, main *").find(shown);
    return {
        first: first.className,
        colophon: every(".colophon").map(e => e.innerText),
        left: every(
            ".skip, .header, .breadcrumb, .head__contents, .filter, .search, .pages, .letters"
            + ", .footer__list"
        ).filter(shown).map(e => e.className),
        lost: every("main .section, .notice, .cite, .footer__about > p")
            .filter(e => !shown(e) && !e.matches(".pages, #files"))  // of no use on paper
            .map(e => e.outerHTML.slice(0, 80)),
        outward: links.filter(isOutward).length,
        untold: links.filter(a => target(a) !== (isOutward(a) ? `"<${to(a)}>"` : "none"))
            .map(a => [a.outerHTML.slice(0, 120), target(a)]),
        bare: links.filter(a => getComputedStyle(a).textDecorationLine !== "underline")
            .map(a => a.outerHTML.slice(0, 80)),
        split: every(
            ".item, .notice, .numbers__item, .facts__row, .times__row, .cite, .prose li, tr"
        ).filter(e => getComputedStyle(e).breakInside !== "avoid").map(e => e.className),
        parted: every("h1, h2, h3").filter(e => getComputedStyle(e).breakAfter !== "avoid").length,
        whole: every("main > .section:not(.letter ~ .section)")
            .filter(e => getComputedStyle(e).breakInside === "avoid").length,
        inks: [...new Set(every("main *").map(e => getComputedStyle(e).color))],
        ground: getComputedStyle(document.body).backgroundColor,
    };
}"""
PLANT = """() => {
    const one = (name, style) => Object.assign(document.querySelector(name).style, style);
    one(".header", { display: "block" });
    one("main > .section:last-child", { display: "none" });
    one("main .section", { breakInside: "avoid" });
    one("h1", { breakAfter: "auto" });
    const item = document.createElement("p");
    item.className = "item planted";
    item.innerHTML = "<a href='https://example.org/'>x</a>";
    document.querySelector("main").prepend(item);
    item.style.breakInside = "auto";
    item.firstChild.style.textDecoration = "none";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("a[href]::after { content: none !important }");
    document.adoptedStyleSheets.push(sheet);
}"""
FAULTS = ("left", "lost", "untold", "bare", "split", "parted", "whole")
BLACK_AND_GREY = {"rgb(0, 0, 0)", "rgb(51, 51, 51)", "rgb(255, 255, 255)"}
ON_EVERY_SHEET = """() => {
    const sheet = document.querySelector(".colophon--sheet");
    return sheet && [sheet.innerText, getComputedStyle(sheet).display];
}"""
PAGE_RULES = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .filter(rule => rule instanceof CSSPageRule).map(rule => rule.cssText).join()"""


def on_paper(tab, address: str) -> dict:
    tab.open(address)
    tab.page.emulate_media(media="print", color_scheme="dark")
    return tab.page.evaluate(ON_PAPER)


def test_every_page_prints_with_what_it_is_and_without_the_ways_of_a_screen(visit):
    tab = visit(width=660)  # what a sheet of A4 holds between its margins
    pages = [page for page in every_page() if page.language == "nl"]
    printed = {str(page): on_paper(tab, page.address) for page in pages}

    assert {
        name: faults
        for name, paper in printed.items()
        if (faults := {each: paper[each] for each in FAULTS if paper[each]})
    } == {}
    assert {paper["first"] for paper in printed.values()} == {"colophon"}
    assert {ink for paper in printed.values() for ink in paper["inks"]} <= BLACK_AND_GREY
    assert {paper["ground"] for paper in printed.values()} == {"rgb(255, 255, 255)"}
    assert len(printed) > 20
    assert sum(paper["outward"] for paper in printed.values()) > 40
    on_paper(tab, Plan.objects.get(short_title="Plan R").address("nl"))
    tab.page.evaluate(PLANT)
    planted = tab.page.evaluate(ON_PAPER)
    assert {each for each in FAULTS if planted[each]} == set(FAULTS)


@pytest.mark.parametrize("code", codes())
def test_a_page_names_its_site_version_date_language_and_full_address_first(visit, code):
    plan = Plan.objects.get(short_title="Plan R")
    tab = visit()
    site = {"en": "Fight against", "fr": "Lutte contre", "nl": "Strijd tegen"}[code]

    ((colophon,),) = [on_paper(tab, plan.address(code))["colophon"]]
    whose, which, where = in_one_line(colophon.replace("\n", "|")).split("|")

    assert whose.startswith(site)
    assert f"ersi{'e' if code == 'nl' else 'on'} {plan.version}, " in which
    assert str(timezone.localtime(plan.changed).year) in which
    assert which.endswith(own_name(code))
    assert where == settings.PORTAL_ORIGIN + plan.permanent


def test_a_filtered_list_prints_the_address_that_shows_it_so_and_its_day(visit):
    ((colophon,),) = [on_paper(visit(), "/en/actors/?level=local")["colophon"]]
    _whose, which, where = colophon.split("\n")

    assert which.startswith("Actors · As of ")
    assert where == settings.PORTAL_ORIGIN + "/en/actors/?level=local"


def test_a_draft_says_so_on_every_sheet_and_a_page_does_not(visit):
    plan, one = Plan.objects.get(short_title="Plan R"), writer()
    said_otherwise(plan, one)
    token = sharing.share(review.submit([plan.pk], one, NOTES), one)
    tab = visit()
    told = on_paper(tab, f"/en/preview/{token}/{plan.pk}/")

    assert tab.page.evaluate(ON_EVERY_SHEET) == [
        "Draft, not published. Do not quote.",
        "table-header-group",
    ]
    assert settings.PORTAL_ORIGIN not in "".join(told["colophon"])
    on_paper(tab, plan.address("en"))
    assert tab.page.evaluate(ON_EVERY_SHEET) is None


def test_the_paper_is_a4_and_its_sheets_are_numbered(visit):
    tab = visit()
    tab.open(Plan.objects.get(short_title="Plan R").address("en"))
    sheets = tab.page.pdf(prefer_css_page_size=True)

    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheets)
    numbered = tab.page.evaluate(PAGE_RULES)

    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {(595, 842)}
    assert len(sizes) > 2
    assert 'content: counter(page) " / " counter(pages)' in numbered
