"""A long page begins with the list of its sections, and a short one with none."""

import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from actors.enums import Level
from actors.models import Actor
from policies.models import Objective, Plan
from portal.languages.alternates import route_in
from portal.languages.texts import active, codes
from portal.pages.models import Page, Place, Term
from portal.pages.templatetags.contents import SECTIONS_FROM, WORDS_FROM
from tests.factories import published
from tests.reading import as_typed, read, words

pytestmark = pytest.mark.django_db

LABELS = {"en": "On this page", "fr": "Sur cette page", "nl": "Op deze pagina"}


def in_all(text: str) -> dict[str, str]:
    return dict.fromkeys(codes(), text)


def long_text() -> dict[str, str]:
    return in_all("word " * WORDS_FROM)


def listed(document) -> list[tuple[str, str]]:
    """``(address, words)`` of each link of the contents."""
    navs = [n for n in document.iter("nav") if n.get("class") == "head__contents"]
    return [(a.get("href"), words(a)) for nav in navs for a in nav.iter("a")]


def sections(document) -> list[tuple[str, str]]:
    """``(address, words)`` of each section with a label."""
    return [
        (f"#{section.get('id')}", words(label))
        for section in document.iter("section")
        if (label := section.find("h2")) is not None and label.get("class") == "section__label"
    ]


@pytest.mark.parametrize("code", codes())
def test_a_long_page_lists_its_sections_in_their_order(client, code):
    published(Term, term=in_all("zeal"))
    plan = published(Plan, body={c: f"Zeal. {text}" for c, text in long_text().items()})

    document = read(client, plan.address(code))
    (label,) = [e for e in document.iter() if e.get("id") == "on-this-page"]

    assert listed(document) == sections(document)
    assert [address for address, _label in listed(document)] == [
        *("#text", "#facts", "#responsibilities", "#documents", "#cite", "#terms")
    ]
    assert as_typed(words(label)) == LABELS[code]


def test_the_list_follows_what_a_reader_must_know_first_and_stands_before_the_text(client):
    document = read(client, published(Plan, body=long_text()).address("en"))
    (head,) = [e for e in document.iter("div") if e.get("class") == "head"]

    assert [part.get("class") for part in head] == [
        *("head__kind", "head__body", "head__version", "head__contents")
    ]


def test_a_page_with_many_sections_and_little_text_lists_none(client):
    document = read(client, published(Plan).address("en"))

    assert len(sections(document)) >= SECTIONS_FROM
    assert listed(document) == []


def test_a_page_with_much_text_and_few_sections_lists_none(client):
    document = read(client, published(Objective, body=long_text()).address("en"))

    assert 0 < len(sections(document)) < SECTIONS_FROM
    assert listed(document) == []


def test_what_has_ways_of_its_own_lists_none(client):
    """The glossary its letters, the log its pages, home its doors."""
    published(Page, place=Place.HOME, body=long_text())
    for _ in range(SECTIONS_FROM):
        published(Term, meaning=long_text())
    routes = ("glossary", "changes", "home")
    documents = [read(client, route_in(route, "en")) for route in routes]

    assert [listed(document) for document in documents] == [[], [], []]
    assert len(sections(documents[1])) > SECTIONS_FROM < len(words(documents[0])) / 1000


def test_a_list_with_many_groups_leads_to_each_and_one_with_few_does_not(client):
    long = in_all("word " * 40)  # a summary
    for level in list(Level)[: SECTIONS_FROM - 1] * 3:
        published(Actor, level=level, summary=long)
    assert listed(read(client, route_in("actor-list", "en"))) == []

    published(Actor, level=list(Level)[SECTIONS_FROM - 1])
    document = read(client, route_in("actor-list", "en"))
    assert listed(document) == sections(document)
    assert len(listed(document)) == SECTIONS_FROM


def test_the_list_asks_nothing_of_the_database(client):
    asked = []
    for body in ({}, long_text()):
        plan = published(Plan, body=body or in_all("word"))
        with CaptureQueriesContext(connection) as queries:
            document = read(client, plan.address("en"))
        asked.append((bool(listed(document)), len(queries)))

    assert [is_listed for is_listed, _number in asked] == [False, True]
    assert asked[0][1] == asked[1][1]


def written(sections_of_it: str) -> str:
    """A page of these sections, with contents first."""
    page = f"{{{{ contents }}}}|{sections_of_it}"
    whole = f"{{% load contents %}}{{% with_contents %}}{page}{{% end_with_contents %}}"
    return Template(whole).render(Context())


def section(attributes: str = "", label: str = 'class="section__label"', words: str = "One") -> str:
    return f'<section class="section"{attributes}><h2 {label}>{words}</h2>{"word " * 90}</section>'


def test_a_label_keeps_its_language_and_its_signs():
    page = section(
        ' id="a"', words='<a href="/x"><span lang="nl">Één &amp; &lt;ander&gt;</span></a>'
    )
    shown = written(page + "".join(section(f' id="s{n}"') for n in range(SECTIONS_FROM)))

    assert active() == "en"
    assert '<li><a href="#a" lang="nl">Één &amp; &lt;ander&gt;</a></li>' in shown
    assert '<li><a href="#s0">One</a></li>' in shown


def test_a_section_that_nothing_can_lead_to_or_that_has_no_label_is_not_listed():
    others = "".join(section(f' id="s{n}"') for n in range(SECTIONS_FROM))
    page = section() + section(' id="b"', label='class="visually-hidden"') + others
    named = section("", label='class="section__label" id="by-label"')

    assert re.findall('href="#([^"]*)"', written(page)) == ["s0", "s1", "s2", "s3"]
    assert re.findall('href="#([^"]*)"', written(others + named))[-1] == "by-label"
    assert written(section(' id="a"')).startswith("|<section")
