"""What readers get: every page type, and the truth about its languages."""

from urllib.parse import unquote

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from policies.models import Document, Edition, Plan, Responsibility
from portal.languages.texts import codes
from portal.pages.models import Page, Term
from tests.factories import published, unpublished, withdrawn
from tests.kinds.models import Exercise
from tests.pages_of_the_site import every_page, fill

pytestmark = pytest.mark.django_db


def read(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def links(document, **attributes) -> dict:
    wanted = [
        link
        for link in document.iter("link")
        if all(link.get(name) == value for name, value in attributes.items())
    ]
    return {link.get("hreflang", link.get("rel")): link.get("href") for link in wanted}


def test_every_page_of_every_type_answers_in_every_language(client):
    fill(items=3)
    pages = every_page()

    for page in pages:
        document = read(client, page.address)
        assert document.get("lang") == (page.language or "en"), page
        assert len(list(document.iter("h1"))) == 1, page
        assert [m.get("id") for m in document.iter("main")] == ["main"], page
        assert next(iter(document.iter("a"))).get("href") == "#main", page

    assert len(pages) > 70


def test_pages_cost_the_same_for_3_and_for_300_items_and_twelve_queries_at_most(client):
    fill(items=3)
    few = _queries_of_every_page(client)
    fill_more(297)
    many = _queries_of_every_page(client)

    assert {page: n for page, n in few.items() if n != many[page]} == {}
    assert {page: n for page, n in few.items() if n > 12} == {}
    assert len(few) > 70


def fill_more(items: int) -> None:
    """Rows of every kind, written in bulk: lists grow, and so does what one page relates to."""
    from tests.growth import multiply

    multiply(items)


def _queries_of_every_page(client) -> dict[str, int]:
    counted = {}
    for page in every_page():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.address).status_code == 200
        counted[str(page)] = len(queries)
    return counted


class TestAMissingTranslation:
    @pytest.fixture
    def plan(self) -> Plan:
        return published(
            Plan,
            languages=["fr"],
            title={"fr": "Plan bruxellois"},
            slug={"fr": "plan-bruxellois"},
            body={"fr": "Le texte."},
        )

    def test_is_said_in_the_readers_language_above_the_text_in_its_own(self, client, plan):
        document = read(client, "/nl/plannen/plan-bruxellois/")

        notice = next(e for e in document.iter() if e.get("data-notice") == "missing")
        title = next(iter(document.iter("h1")))
        assert words(notice).startswith("Deze pagina bestaat nog niet in het Nederlands.")
        assert [a.get("href") for a in notice.iter("a")] == ["/fr/plans/plan-bruxellois/"]
        assert [(s.get("lang"), words(s)) for s in title.iter("span") if s.get("lang")] == [
            ("fr", "Plan bruxellois")
        ]
        assert [d.get("lang") for d in document.iter("div") if d.get("class") == "prose"] == ["fr"]

    def test_keeps_search_engines_on_the_original(self, client, plan, settings):
        document = read(client, "/nl/plannen/plan-bruxellois/")
        robots = [m.get("content") for m in document.iter("meta") if m.get("name") == "robots"]

        original = f"{settings.PORTAL_ORIGIN}/fr/plans/plan-bruxellois/"
        assert robots == ["noindex"]
        assert links(document, rel="canonical") == {"canonical": original}
        assert links(document, rel="alternate") == {
            "fr": original,
            "x-default": f"{settings.PORTAL_ORIGIN}/",
        }

    def test_stands_in_the_switcher_in_that_languages_words(self, client, plan):
        document = read(client, "/fr/plans/plan-bruxellois/")
        nav = next(n for n in document.iter("nav") if n.get("data-languages") is not None)

        entries = {a.get("hreflang"): (a, words(a)) for a in nav.iter("a")}
        assert set(entries) == {"en", "nl"}
        for code, phrase in (("en", "not yet in English"), ("nl", "nog niet in het Nederlands")):
            link, said = entries[code]
            assert link.get("data-missing") is not None
            assert link.get("lang") == code
            assert phrase in said

    def test_is_absent_from_that_languages_sitemap(self, client, plan, settings):
        published(Plan, slug={"en": "a", "fr": "b", "nl": "c"})
        sitemap = client.get("/sitemap.xml").content.decode()

        assert "/fr/plans/plan-bruxellois/" in sitemap
        assert "/nl/plannen/plan-bruxellois/" not in sitemap
        assert f'hreflang="nl" href="{settings.PORTAL_ORIGIN}/nl/plannen/c/"' in sitemap


def test_alternates_lead_to_the_same_record_in_every_language(client, settings):
    plan = published(Plan, slug={"en": "one", "fr": "un", "nl": "een"})
    document = read(client, plan.address("nl"))

    assert links(document, rel="alternate") == {
        "en": f"{settings.PORTAL_ORIGIN}/en/plans/one/",
        "fr": f"{settings.PORTAL_ORIGIN}/fr/plans/un/",
        "nl": f"{settings.PORTAL_ORIGIN}/nl/plannen/een/",
        "x-default": f"{settings.PORTAL_ORIGIN}/",
    }


def test_the_hooks_that_outsiders_rely_on(client):
    plan = published(Plan)
    main = next(iter(read(client, plan.address("fr")).iter("main")))

    assert (main.get("data-kind"), main.get("data-record")) == ("plan", str(plan.pk))


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


def test_nothing_of_an_unpublished_record_is_anywhere(client):
    """The canary is in every text of a twin that hangs on every relation of public records."""
    given = fill()
    canary = {code: f"kanarie-{code}" for code in codes()}
    secret = unpublished(Actor, title=canary, summary=canary, slug=canary, parent=given["actor"])
    unpublished(Plan, title=canary, summary=canary, slug=canary).owners.set([given["actor"]])
    given["plan"].owners.add(secret)
    Plan.objects.filter(pk=given["replaced"].pk).update(
        succeeded_by=unpublished(Plan, title=canary)
    )
    unpublished(Responsibility, sentence=canary, plan=given["plan"], actor=secret)
    unpublished(Term, term=canary, meaning=canary)
    document = published(Document, plans=[given["plan"]])
    Edition.objects.filter(pk=published(Edition, document=document).pk).update(
        state="unpublished", address="https://kanarie.example/"
    )
    Page.objects.filter(place="contact").update(state="unpublished")

    pages = [*(page.address for page in every_page()), "/sitemap.xml"]
    leaking = [page for page in pages if "kanarie" in client.get(page).content.decode()]

    assert len(pages) > 70
    assert leaking == []
    assert client.get("/nl/actoren/kanarie-nl/").status_code == 404


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
