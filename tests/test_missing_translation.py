"""What a reader is told of a page that does not exist in her language."""

import pytest

from policies.models import Plan
from portal.languages.texts import codes
from portal.pages.models import Term
from tests.factories import published
from tests.reading import read, words

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


def test_an_entry_of_the_glossary_says_in_which_language_it_is(client):
    published(Term, languages=["fr"], term={"fr": "repaire"})
    other = published(Term)

    badges = {
        address: [words(e) for e in read(client, address).iter("span") if e.get("class") == "badge"]
        for address in ("/fr/glossaire/", "/nl/woordenlijst/")
    }

    assert badges == {"/fr/glossaire/": [], "/nl/woordenlijst/": ["in het Frans"]}
    assert other.languages == codes()
