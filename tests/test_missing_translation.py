"""What a reader is told of a page that does not exist in her language."""

import pytest

from policies.models import Plan
from portal.pages.models import Page
from tests.factories import published
from tests.reading import links, read, words

pytestmark = pytest.mark.django_db


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


def test_home_tells_the_truth_about_its_own_languages(client):
    published(Page, place="home", languages=["en"])
    document = read(client, "/nl/")
    nav = next(n for n in document.iter("nav") if n.get("data-languages") is not None)

    missing = [a.get("hreflang") for a in nav.iter("a") if a.get("data-missing") is not None]
    assert set(links(document, rel="alternate")) == {"en", "x-default"}
    assert missing == ["fr"]
