"""What readers get: every page type, and the truth about its languages."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import Actor
from policies.models import Measure, MeasurePackage, Plan
from portal.languages.texts import codes, in_language
from portal.publishing.publish import withdraw
from tests.factories import published, withdrawn
from tests.kinds.models import Exercise
from tests.pages_of_the_site import every_page, fill
from tests.reading import in_one_line, read, words

pytestmark = pytest.mark.django_db


def test_every_page_of_every_type_answers_in_every_language(client):
    fill(items=3)
    published(Plan, languages=["nl"])
    withdrawn(Plan)
    pages, seen = every_page(), set()

    for page in pages:
        document = read(client, page.address)
        assert document.get("lang") == (page.language or "en"), page
        seen |= {e.get("data-notice") for e in document.iter() if e.get("data-notice")}
        assert len(list(document.iter("h1"))) == 1, page
        assert [m.get("id") for m in document.iter("main")] == ["main"], page
        assert next(iter(document.iter("a"))).get("href") == "#main", page

    assert len(pages) > 70
    assert seen == {"missing", "old-version", "superseded", "withdrawn"}


@pytest.mark.only_on("sqlite")  # no query asks for the time
def test_a_page_is_the_same_on_whatever_day_it_is_asked_for(client, monkeypatch):
    fill()
    pages = [page.address for page in every_page() if page.language in ("", "nl")]
    before = {address: client.get(address).content for address in pages}
    later = timezone.now() + timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert [address for address in pages if client.get(address).content != before[address]] == []
    assert len(pages) > 25


def test_a_list_is_of_the_day_on_which_something_last_came_or_went(client, monkeypatch):
    day = datetime(2030, 5, 17, 12, tzinfo=UTC)
    plan = published(Plan)
    monkeypatch.setattr(timezone, "now", lambda: day)
    withdraw([plan], by=None, notes={})
    monkeypatch.setattr(timezone, "now", lambda: day + timedelta(days=40))

    (colophon,) = read(client, "/en/plans/").findall(".//p[@class='colophon']")
    assert "As of 17 May 2030" in in_one_line(words(colophon))


@pytest.mark.only_on("sqlite")  # how often a page asks is decided in Python
def test_pages_cost_the_same_for_3_and_for_300_items_and_twelve_queries_at_most(client):
    fill(items=3)
    few = _queries_of_every_page(client)
    fill_more(297)
    many = _queries_of_every_page(client)

    assert {page: n for page, n in few.items() if n != many[page]} == {}
    assert {page: n for page, n in few.items() if n > 12} == {}
    assert len(few) > 25


def fill_more(items: int) -> None:
    """Rows of every kind, written in bulk: lists grow, and so does what one page relates to."""
    from tests.growth import multiply

    multiply(items)


def _queries_of_every_page(client) -> dict[str, int]:
    counted = {}
    for page in (each for each in every_page() if each.language in ("", "fr")):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.address).status_code == 200
        counted[str(page)] = len(queries)
    return counted


def test_a_replaced_plan_says_so_and_by_what_before_its_text(client):
    plan = fill()["replaced"]
    document = read(client, plan.address("en"))

    notice = next(e for e in document.iter() if e.get("data-notice") == "superseded")
    assert words(notice).startswith(
        "This plan was replaced on 8\u00a0September\u00a02021.".replace("\u00a0", " ")
    )
    assert plan.succeeded_by.address("en") in [a.get("href") for a in notice.iter("a")]


def test_a_withdrawn_record_answers_with_its_notice(client):
    plan = withdrawn(Plan)
    document = read(client, plan.address("nl"))

    assert [e.get("data-notice") for e in document.iter() if e.get("data-notice")] == ["withdrawn"]


def test_the_frame_shows_only_what_exists(client):
    def offered() -> set[str]:
        frames = read(client, "/en/").iter("nav")
        return {link.get("href") for frame in frames for link in frame.iter("a")}

    empty = offered()
    published(Plan)

    assert offered() - empty == {"/en/plans/"}
    assert not {"/en/actors/", "/en/glossary/", "/en/documents/"} & empty


@pytest.mark.parametrize(
    ("language", "number"), [("en", "1,066"), ("fr", "1\u202f066"), ("nl", "1.066")]
)
def test_numbers_are_written_as_their_language_does(client, language, number):
    package = published(MeasurePackage, size=1066)
    published(Measure, package=package)

    assert number in "".join(read(client, package.address(language)).itertext())


def test_a_page_is_described_for_programs_in_its_own_language(client, settings):
    actor = published(Actor, slug={"en": "a", "fr": "b", "nl": "c"})
    document = read(client, actor.address("fr"))
    script = next(s for s in document.iter("script") if s.get("type") == "application/ld+json")
    graph = {
        m.get("property"): m.get("content") for m in document.iter("meta") if m.get("property")
    }
    data = json.loads(script.text)

    assert (data["inLanguage"], data["name"]) == ("fr", in_language(actor, "title", "fr"))
    assert data["url"] == f"{settings.PORTAL_ORIGIN}/fr/acteurs/b/" == graph["og:url"]
    assert data["mainEntity"]["@type"] == "GovernmentOrganization"
    assert graph["og:locale"] == "fr_BE"
    others = [
        m.get("content")
        for m in document.iter("meta")
        if m.get("property") == "og:locale:alternate"
    ]
    assert others == ["en_GB", "nl_BE"]


def test_the_report_link_carries_the_permanent_address_and_the_language(client, settings):
    plan = published(Plan)
    document = read(client, plan.address("fr"))

    mail = next(
        a.get("href") for a in document.iter("a") if (a.get("href") or "").startswith("mailto:")
    )
    assert mail.startswith(f"mailto:{settings.PORTAL_CONTACT}?")
    assert f"{settings.PORTAL_ORIGIN}/id/{plan.pk}/" in unquote(mail)
    assert "Français" in unquote(mail)


def test_a_new_kind_needs_a_model_a_translation_an_admin_and_a_template(client):
    """Addresses, list, sitemap and permanent address of the suite's own kind come by themselves."""
    actor = published(Actor)
    exercise = published(Exercise, led_by=actor, partners=[published(Actor)])

    for code in codes():
        document = read(client, exercise.address(code))
        assert exercise.address(code) == f"/{code}/exercises/{exercise.slug_in(code)}/"
        assert next(iter(document.iter("main"))).get("data-kind") == "exercise"
        assert exercise.address(code) in client.get(f"/{code}/exercises/").content.decode()
        assert exercise.address(code) in client.get("/sitemap.xml").content.decode()
        assert exercise.address(code) in client.get(actor.address(code)).content.decode()
    assert client.get(f"/id/{exercise.pk}/").status_code == 302
