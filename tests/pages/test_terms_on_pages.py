"""A page links each term that it uses once, and ends with what those terms mean."""

import re
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Instrument, Plan
from portal.content.loading import load
from portal.languages.alternates import route_in
from portal.languages.texts import codes, in_language
from portal.languages.typography import APOSTROPHE, SOFT_HYPHEN
from portal.pages.models import Page, Term
from portal.publishing.publish import withdraw
from portal.records.kinds import page_kinds
from portal.records.models import Record
from tests.factories import published, unpublished, withdrawn
from tests.reading import read, words

pytestmark = pytest.mark.django_db

PRINT = Path("portal/static/css/print.css")
LABELS = {
    "en": "Terms on this page",
    "fr": "Termes employés sur cette page",
    "nl": "Begrippen op deze pagina",
}


def in_all(text: str) -> dict[str, str]:
    return {code: text.format(code=code) for code in codes()}


def to_the_glossary(document, code: str, *, ending: bool) -> list[tuple[str, str]]:
    """``(anchor, words)`` of the links in the texts of a page, or in the list at its end."""
    (main,) = document.iter("main")
    within = {a for section in main if section.get("id") == "terms" for a in section.iter("a")}
    found = [a for a in main.iter("a") if (a in within) is ending]
    glossary = route_in("glossary", code)
    return [
        (urldefrag(a.get("href")).fragment, words(a))
        for a in found
        if urldefrag(a.get("href")).url == glossary
    ]


def meanings(document) -> dict[str, str]:
    (section,) = [s for s in document.iter("section") if s.get("id") == "terms"]
    return {words(row.find("dt")): words(row.find("dd")) for row in next(section.iter("dl"))}


@pytest.mark.parametrize("code", codes())
def test_the_terms_of_a_page_end_it_with_their_meanings_in_its_language(client, code):
    zeal = published(Term, term=in_all("zeal"), meaning=in_all("Zeal in {code}."))
    actor = published(Term, term=in_all("actor"), meaning=in_all("Actor in {code}."))
    published(Term, term=in_all("unused"))
    plan = published(Plan, body=in_all("Zeal of an actor, and zeal."))
    document = read(client, plan.address(code))

    assert to_the_glossary(document, code, ending=False) == [
        (zeal.anchor, "Zeal"),
        (actor.anchor, "actor"),
    ]
    assert to_the_glossary(document, code, ending=True) == [
        (actor.anchor, "actor"),
        (zeal.anchor, "zeal"),
    ]
    assert meanings(document) == {"actor": f"Actor in {code}.", "zeal": f"Zeal in {code}."}
    (section,) = [s for s in document.iter("section") if s.get("id") == "terms"]
    assert words(section.find("h2")).replace("\u00ad", "") == LABELS[code]
    assert next(iter(document.iter("main")))[-1] is section


def hidden_on_paper() -> set[str]:
    """What a style sheet for print takes away: ``.header``, ``.skip``."""
    rules = re.findall(r"([^{}]+)\{[^{}]*display: none;", PRINT.read_text("utf-8"))
    return {selector.strip() for rule in rules for selector in rule.split(",")}


def test_the_terms_of_a_page_are_printed_with_it(client):
    published(Term, term=in_all("zeal"))
    document = read(client, published(Plan, body=in_all("Zeal.")).address("en"))
    (section,) = [s for s in document.iter("section") if s.get("id") == "terms"]
    above = [e for e in document.iter() if section in e.iter()]
    names = {f".{name}" for e in [*above, *section.iter()] for name in e.get("class", "").split()}

    assert {".header", ".skip"} <= hidden_on_paper()
    assert ".section" in names
    assert names & hidden_on_paper() == set()


def test_a_page_that_uses_no_term_ends_without_a_list(client):
    published(Term, term=in_all("zeal"))
    document = read(client, published(Plan, body=in_all("Nothing of it.")).address("en"))

    assert "Terms on this page" not in words(document)
    assert [e for e in document.iter() if e.get("id") == "terms"] == []


def test_a_meaning_is_told_as_plain_words(client):
    target = published(Plan)
    meaning = f"A *strong*\nword, see [the plan]({target.permanent}).\n\n- one\n- two"
    published(Term, term=in_all("zeal"), meaning=in_all(meaning))
    document = read(client, published(Plan, body=in_all("zeal")).address("en"))
    (section,) = [s for s in document.iter("section") if s.get("id") == "terms"]

    assert meanings(document) == {"zeal": "A strong word, see the plan. one two"}
    assert [words(a) for a in section.iter("a")] == ["zeal"]
    assert not list(section.iter("em"))


def test_every_text_of_a_page_shares_one_first_use(client):
    term = published(Term, term=in_all("zeal"))
    texts = {"body": in_all("Some zeal."), "chapters": in_all("1. Zeal again")}
    document = read(client, published(Instrument, **texts).address("en"))

    assert to_the_glossary(document, "en", ending=False) == [(term.anchor, "zeal")]


def test_a_link_by_hand_is_the_use_and_the_term_stands_at_the_end(client):
    term = published(Term, term=in_all("zeal"))
    body = f"Zeal is [how we say it]({term.permanent}). More zeal."
    document = read(client, published(Plan, body=in_all(body)).address("fr"))

    assert to_the_glossary(document, "fr", ending=False) == [(term.anchor, "how we say it")]
    assert to_the_glossary(document, "fr", ending=True) == [(term.anchor, "zeal")]


def test_a_word_that_leads_elsewhere_was_its_first_use(client):
    published(Term, term=in_all("zeal"))
    body = "[Zeal](https://example.org/) and zeal, [more zeal](https://example.org/)."
    document = read(client, published(Plan, body=in_all(body)).address("en"))

    assert to_the_glossary(document, "en", ending=False) == []
    assert [said for _anchor, said in to_the_glossary(document, "en", ending=True)] == ["zeal"]


@pytest.mark.parametrize("publishing", [unpublished, withdrawn])
def test_a_term_that_is_not_published_leaks_nothing_onto_a_page(client, publishing):
    plan = published(Plan, body=in_all("The canary sings, says CNRY."))
    secret = publishing(
        Term, term=in_all("canary"), abbreviation=in_all("CNRY"), meaning=in_all("Kanarie.")
    )
    html = client.get(plan.address("en")).content.decode()

    assert "The canary sings" in html
    assert (secret.anchor in html, "Kanarie" in html, "glossary/#" in html) == (False,) * 3

    Term.objects.filter(pk=secret.pk).update(state="published")
    html = client.get(plan.address("en")).content.decode()
    assert (secret.anchor in html, "Kanarie" in html) == (True, True)


def test_a_withdrawn_term_linked_by_hand_keeps_its_link_and_is_not_listed(client):
    term = withdrawn(Term, term=in_all("zeal"), meaning=in_all("Kanarie."))
    plan = published(Plan, body=in_all(f"[Zeal]({term.permanent})"))
    document = read(client, plan.address("en"))

    assert to_the_glossary(document, "en", ending=False) == [(term.anchor, "Zeal")]
    assert to_the_glossary(document, "en", ending=True) == []


def test_a_text_in_another_language_uses_the_terms_of_its_own(client):
    french = published(
        Term,
        term={"en": "zeal", "fr": "zèle", "nl": "ijver"},
        meaning={"en": "Much.", "fr": "Beaucoup.", "nl": "Veel."},
    )
    plan = published(Plan, languages=["fr"], body={"fr": "Le zèle, ijver et zeal."})
    document = read(client, plan.address("nl"))

    assert to_the_glossary(document, "nl", ending=False) == [(french.anchor, "zèle")]
    assert meanings(document) == {"ijver": "Veel."}


def test_a_term_without_the_readers_language_is_told_in_its_own(client):
    published(Term, languages=["fr"], term={"fr": "zèle"}, meaning={"fr": "Beaucoup."})
    plan = published(Plan, body={"en": "x", "fr": "Le zèle.", "nl": "x"})
    published(Plan, languages=["fr"], slug={"fr": "plan-fr"}, body={"fr": "Le zèle."})
    document = read(client, "/nl/plannen/plan-fr/")
    (section,) = [s for s in document.iter("section") if s.get("id") == "terms"]

    assert [e.get("lang") for e in section.iter("span")] == ["fr", "fr"]
    assert "Beaucoup" not in words(read(client, plan.address("nl")))


def test_a_page_costs_the_same_with_one_term_and_with_thirty(client):
    counts = []
    for many in (1, 30):
        for number in range(many):
            published(Term, term=in_all(f"word{many}x{number}"))
        body = " ".join(f"word{many}x{number}" for number in range(many))
        plan = published(Plan, body=in_all(body))
        with CaptureQueriesContext(connection) as queries:
            document = read(client, plan.address("en"))
        assert len(to_the_glossary(document, "en", ending=True)) == many
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_page_without_prose_does_not_ask_for_the_glossary(client):
    published(Term, term=in_all("zeal"))
    silent = published(Plan, body=dict.fromkeys(codes()))
    telling = published(Plan, body=in_all("Zeal."))
    asked = []
    for plan in (silent, telling):
        with CaptureQueriesContext(connection) as queries:
            client.get(plan.address("en"))
        table = Term._meta.db_table
        asked.append(sum(f'FROM "{table}"' in q["sql"] and "meaning" in q["sql"] for q in queries))

    assert asked == [0, 1]


def test_the_pages_of_the_site_itself_link_their_terms_too(client):
    term = published(Term, term=in_all("zeal"))
    for place in ("home", "approach", "privacy", "where-to-turn"):
        published(Page, place=place, body=in_all("Zeal."))
    pages = [page.address("en") for page in Page.objects.exclude(place="where-to-turn")]

    assert len(pages) == 3
    for address in pages:
        found = to_the_glossary(read(client, address), "en", ending=False)
        assert found == [(term.anchor, "Zeal")], address


def typed(shown: str) -> str:
    """Without the marks that typography adds, and without capitals."""
    return shown.lower().replace(APOSTROPHE, "'").replace(SOFT_HYPHEN, "")


def written(term: Term, code: str) -> list[str]:
    """As texts of a language write it."""
    texts = (in_language(term, name, code) for name in ("term", "abbreviation", "forms"))
    return [form for text in texts for form in text.splitlines()]


def faults(record: Record, document, code: str) -> list[tuple]:
    """Terms that are linked and not listed or the reverse, unless another link says the word."""
    linked = to_the_glossary(document, code, ending=False)
    listed = to_the_glossary(document, code, ending=True)
    (main,) = document.iter("main")
    elsewhere = {typed(words(a)) for a in main.iter("a") if "#term-" not in a.get("href")}
    missing = {anchor for anchor, _words in linked} - {anchor for anchor, _words in listed}
    forms = {term.anchor: set(map(typed, written(term, code))) for term in Term.objects.all()}
    unsaid = [
        name
        for anchor, name in listed
        if anchor not in dict(linked) and not forms[anchor] & elsewhere
    ]
    twice = len(listed) - len(dict(listed))
    return [(record.address(code), missing, unsaid, twice)] if missing or unsaid or twice else []


def test_every_third_page_of_the_founding_content_lists_the_terms_that_it_links(client):
    load()
    records = [
        (record, codes()[place % len(codes())])
        for kind in page_kinds()
        for place, record in enumerate(kind.objects.published().exclude(**_home(kind))[::3])
    ]
    documents = [(record, read(client, record.address(code)), code) for record, code in records]

    assert [fault for each in documents for fault in faults(*each)] == []
    assert sum(len(to_the_glossary(d, code, ending=True)) for _r, d, code in documents) > 20


def _home(kind) -> dict[str, str]:
    """The home page has no list at its end."""
    return {"place": "home"} if kind is Page else {}


def test_a_withdrawn_page_leads_to_an_entry_that_stands_in_its_place(client):
    plan, entry = published(Plan), published(Term, term=in_all("Canary"))
    withdraw([plan], None, {}, successor=entry.pk)

    notice = read(client, plan.address("nl")).find(".//*[@data-notice='withdrawn']")

    (link,) = notice.findall(".//a")
    assert (words(link), link.get("href")) == ("Canary", f"/nl/woordenlijst/#{entry.anchor}")
