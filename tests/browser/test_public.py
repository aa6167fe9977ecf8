"""Every public page in Chromium: accessible, quiet, alone, and readable at any size."""

import pytest

from policies.models import Plan
from portal.languages.texts import codes
from tests.pages_of_the_site import every_page

pytestmark = pytest.mark.usefixtures("site")

PLANT_BARRIERS = """() => {
    const main = document.querySelector("main");
    main.append(document.createElement("img"));
    const pale = document.createElement("p");
    pale.textContent = "pale";
    Object.assign(pale.style, { color: "#aaa", background: "#fff" });
    main.append(pale);
}"""
PLANT_WIDTH = """() => {
    const wide = document.createElement("p");
    wide.textContent = "wide";
    wide.style.width = "3000px";
    document.querySelector("main").append(wide);
}"""
IS_WIDER = """() => {
    const wide = document.scrollingElement;
    const beyond = [...document.querySelectorAll("body *")].filter(
        e => e.getBoundingClientRect().right > wide.clientWidth + 1
    );
    return wide.scrollWidth > wide.clientWidth
        ? [wide.scrollWidth, ...beyond.slice(0, 3).map(e => e.outerHTML.slice(0, 120))]
        : [];
}"""
WIDTHS = ((320, 16), (360, 32), (1280, 32))  # a phone; a phone and a desk with text doubled
SIZES = "() => [innerWidth, getComputedStyle(document.documentElement).fontSize]"
ACTIVE = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const box = e.getClientRects()[0] || e.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const style = getComputedStyle(e);
    return {
        what: e.outerHTML.slice(0, 150),
        index: [...document.querySelectorAll("*")].indexOf(e),
        covered: !(top && (e.contains(top) || top.contains(e))),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""
CONTROLS = """() => [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex='0']"
    )]
    .filter(e => e.getClientRects().length && !e.disabled && e.tabIndex >= 0)
    .map(e => [...document.querySelectorAll("*")].indexOf(e))"""


def barriers(tab) -> dict[str, list[str]]:
    """What axe finds on the open page in each theme."""
    found = {}
    for theme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=theme)
        found[theme] = tab.axe(theme)
    return found


def test_no_page_has_a_barrier_that_axe_knows_in_any_theme(visit):
    tab = visit()
    found = {}
    pages = every_page()
    for page in pages:
        tab.open(page.address)
        found[str(page)] = barriers(tab)

    assert {page: themes for page, themes in found.items() if any(themes.values())} == {}
    assert len(found) == len(pages) > 70
    assert (tab.complaints, tab.foreign) == ([], [])
    tab.page.evaluate(PLANT_BARRIERS)
    planted = {theme: {b.partition(":")[0] for b in said} for theme, said in barriers(tab).items()}
    assert planted["light"] >= {"image-alt", "color-contrast"}
    assert planted["dark"] >= {"color-contrast"}


def test_a_complaint_and_a_foreign_request_would_be_heard(visit):
    tab = visit()
    tab.open("/en/")
    tab.page.evaluate("() => { new Image().src = 'https://elsewhere.example/x.png' }")
    tab.page.wait_for_timeout(200)

    assert any("Content Security Policy" in complaint for complaint in tab.complaints)
    tab.page.evaluate("() => { location.href = 'https://elsewhere.example/' }")
    tab.page.wait_for_timeout(200)
    assert "https://elsewhere.example/" in tab.foreign


def wider_than_the_window(tab, session, width: int, letters: int) -> list:
    """What stands out at the side of the open page, once it has this width and these letters."""
    tab.page.set_viewport_size({"width": width, "height": 900})
    session.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
    assert tab.page.evaluate(SIZES) == [width, f"{letters}px"]
    return tab.page.evaluate(IS_WIDER)


def test_no_page_scrolls_sideways(visit):
    tab = visit()
    session = tab.context.new_cdp_session(tab.page)
    asked = []
    for page in every_page():
        tab.open(page.address)
        asked += [(str(page), size, wider_than_the_window(tab, session, *size)) for size in WIDTHS]

    assert [each for each in asked if each[-1]] == []
    assert len(asked) > 70 * len(WIDTHS)
    tab.page.evaluate(PLANT_WIDTH)
    assert all(wider_than_the_window(tab, session, *size) for size in WIDTHS)


@pytest.mark.parametrize("width", [360, 1280])
def test_tab_reaches_every_control_once_with_an_uncovered_ring(visit, width):
    tab = visit(width=width, reduced_motion="reduce")  # a smooth scroll would still be on its way
    pages = [page for page in every_page() if page.language in ("nl", "")]
    faults = {}
    for page in pages:
        tab.open(page.address)
        if fault := _walk_by_tab(tab.page):
            faults[str(page)] = fault

    assert faults == {}
    assert len(pages) > 20
    tab.page.evaluate("() => { document.querySelector('nav a').tabIndex = -1 }")
    tab.page.evaluate("() => { document.querySelector('footer a').style.outline = 'none' }")
    tab.page.evaluate("() => document.activeElement.blur()")
    assert _walk_by_tab(tab.page) != []


def _walk_by_tab(page) -> list:
    controls = page.evaluate(CONTROLS)
    reached, faults = [], []
    for _ in range(len(controls)):
        page.keyboard.press("Tab")
        active = page.evaluate(ACTIVE)
        if active is None:
            break
        reached.append(active["index"])
        if active["covered"] or not active["ring"]:
            faults.append(active)
    return faults if reached == controls else [*faults, ("reached", len(reached), len(controls))]


def test_the_skip_link_leads_past_the_frame(visit):
    tab = visit()
    tab.open("/en/plans/")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")

    inside = "() => document.querySelector('main').contains(document.activeElement)"
    assert tab.page.evaluate(inside)


@pytest.mark.parametrize("lang", codes())
def test_the_first_screen_of_plan_r_says_that_it_was_replaced_when_and_by_what(visit, lang):
    plan = Plan.objects.get(short_title="Plan R")
    tab = visit(width=360, height=640)
    page = tab.open(plan.address(lang))

    when = page.locator(".dates dd").last
    seen = {
        "tag": page.locator(".tag--superseded").first,
        "when": when,
        "by what": when.locator(f'a[href="{plan.successor.address(lang)}"]'),
    }
    below = {name: element.bounding_box()["y"] for name, element in seen.items()}
    assert max(below.values()) < 600
    assert "2021" in when.inner_text()
