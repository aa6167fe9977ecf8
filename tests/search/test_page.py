"""The page of results: what it says, where it leads, and what it keeps to itself."""

import logging
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from policies.models import Plan, Responsibility
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from portal.pages.models import Term
from portal.publishing import publish
from tests.factories import published, unpublished
from tests.past import NOTES
from tests.publishing.removals import remove
from tests.reading import as_typed, links, read, words

pytestmark = pytest.mark.django_db

RULES = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
TITLES = {
    "en": ("1 result for “heron”", "2 results for “heron”", "0 results for “heron”"),
    "fr": ("1 résultat pour « heron »", "2 résultats pour « heron »", "0 résultat pour « heron »"),
    "nl": (
        "1 resultaat voor “heron”",
        "2 resultaten voor “heron”",
        "0 resultaten voor “heron”",
    ),
}


def asked(code: str = "en", **given) -> str:
    return f"{route_in('search', code)}?{urlencode(given)}" if given else route_in("search", code)


def heron(kind=Plan, **given):
    titles = dict.fromkeys(given.get("languages", codes()), "Heron")
    return published(kind, **{kind.headline: titles} | given)


def withdraw(record) -> None:
    publish.withdraw([record], by=None, notes=NOTES)


def results(document) -> list:
    (listed,) = [each for each in document.iter("ol") if "data-results" in each.attrib]
    return list(listed)


def heading(document) -> str:
    return as_typed(words(next(document.iter("h1"))))


@pytest.mark.parametrize("code", codes())
def test_the_heading_says_how_many_results_for_what(client, code):
    said = []
    for number in (0, 1, 2):
        said.append(heading(read(client, asked(code, q="heron"))))
        assert number == Plan.objects.count()
        heron(languages=codes())

    none, one, two = said
    assert (one, two, none) == TITLES[code]


def test_each_result_begins_with_a_link_to_its_record(client):
    plan, actor = heron(), heron(Actor)
    answer = read(client, asked(q="heron"))

    first = [next(each.iter("a")) for each in results(answer)]
    assert {a.get("href") for a in first} == {plan.address("en"), actor.address("en")}
    assert [words(a) for a in first] == ["Heron", "Heron"]
    assert [[*each.iter()][2] is a for each, a in zip(results(answer), first, strict=True)] == [
        True
    ] * 2


def test_a_result_in_another_language_comes_after_and_says_so(client):
    dutch = heron(languages=["nl"], summary={"nl": "Een reiger, heron dus."})
    whole = heron()
    own, other = results(read(client, asked(q="heron")))

    assert next(own.iter("a")).get("href") == whole.address("en")
    assert next(other.iter("a")).get("href") == dutch.address("en")
    assert not [each for each in own.iter() if each.get("lang")]
    assert {each.get("lang") for each in other.iter() if each.get("lang")} == {"nl"}
    assert "heron dus" in words(next(p for p in other.iter("p") if p.get("lang") == "nl"))
    assert "found in Dutch" in words(other)


def test_what_was_replaced_is_labelled(client):
    heron(replaced="2021")
    (result,) = results(read(client, asked(q="heron")))

    assert "Superseded" in words(result)


def test_who_does_what_leads_to_where_it_is_read(client):
    done = published(Responsibility, sentence=dict.fromkeys(codes(), "watches the heron"))
    (result,) = results(read(client, asked(q="heron")))

    link = next(result.iter("a"))
    assert link.get("href") == Responsibility.objects.for_list().get(pk=done.pk).shown_at("en")
    assert "watches the heron" in words(link)


@pytest.mark.parametrize("gone", [remove, withdraw])
@pytest.mark.parametrize("key", ["actor", "plan"])
def test_who_does_what_goes_with_either_of_its_ends(client, gone, key):
    done = published(Responsibility, sentence=dict.fromkeys(codes(), "watches the heron"))
    heron(Actor)
    assert heading(read(client, asked(q="heron"))) == TITLES["en"][1]

    gone(getattr(done, key))
    answer = read(client, asked(q="heron"))

    assert (heading(answer), len(results(answer))) == (TITLES["en"][0], 1)
    assert "watches" not in words(next(answer.iter("main")))


def test_what_was_found_is_marked_in_the_text(client):
    heron(summary=dict.fromkeys(codes(), "It stands still. One sees a Heron there."))
    (result,) = results(read(client, asked(q="heron")))

    assert [words(mark) for mark in result.iter("mark")] == ["Heron"]


def test_a_kind_can_be_chosen_and_the_choice_is_counted(client):
    heron(), heron(), heron(Actor)
    every = read(client, asked(q="heron"))
    options = {o.get("value"): words(o) for o in every.iter("option")}
    chosen = read(client, asked(q="heron", kind="plan"))

    assert options == {"": "All (3)", "plan": "Plans (2)", "actor": "Actors (1)"}
    assert (len(results(chosen)), heading(chosen)) == (2, "2 results for “heron”")
    assert [o.get("value") for o in chosen.iter("option") if "selected" in o.attrib] == ["plan"]


def test_a_kind_of_which_nothing_was_found_leads_to_the_others(client):
    heron(), heron()
    none = read(client, asked(q="heron", kind="term"))
    (chosen,) = [o for o in none.iter("option") if "selected" in o.attrib]

    assert (chosen.get("value"), words(chosen)) == ("term", "Terms (0)")
    assert "?q=heron" in {a.get("href") for a in next(none.iter("main")).iter("a")}
    assert "Try a word" not in words(next(none.iter("main")))
    assert "Try a word" in words(next(read(client, asked(q="gull", kind="term")).iter("main")))


def test_more_than_a_page_goes_on_with_the_same_question(client):
    for _ in range(23):
        heron(Term)
    first = read(client, asked(q="heron", kind="term"))
    onward = next(a.get("href") for a in first.iter("a") if a.get("rel") == "next")
    second = read(client, route_in("search", "en") + onward)

    assert (len(results(first)), len(results(second))) == (20, 3)
    assert onward == "?q=heron&kind=term&page=2"


@pytest.mark.parametrize("code", codes())
def test_a_question_stays_out_of_engines_and_caches(client, code):
    empty, full = client.get(asked(code)), client.get(asked(code, q="heron"))
    document = read(client, asked(code, q="heron"))

    assert 'name="robots"' not in empty.content.decode()
    assert '<meta name="robots" content="noindex">' in full.content.decode()
    assert full["Cache-Control"] == "no-store"
    assert "no-store" not in empty.get("Cache-Control", "")
    assert links(document, rel="canonical")["canonical"].endswith(route_in("search", code))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/search?q=kanarie", 301),
        ("/search/?q=kanarie", 404),
        ("/en/search/?q=kanarie&page=9", 404),
        ("/en/search/?q=kanarie&kind=x", 404),
        (f"/en/search/?q={'kanarie' * 99}", 400),
    ],
)
def test_a_question_that_goes_astray_is_kept_nowhere_either(client, address, status):
    answer = client.get(address)

    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    assert "CDN-Cache-Control" not in answer.headers


def test_the_question_goes_along_into_another_language(client):
    document = read(client, asked(q="heron & gull", kind="plan"))
    to = {a.get("hreflang"): a.get("href") for a in document.iter("a") if a.get("hreflang")}

    assert to == {
        code: f"{route_in('search', code)}?q=heron+%26+gull" for code in codes() if code != "en"
    }


@pytest.mark.parametrize("code", codes())
def test_a_browser_learns_how_to_ask(client, settings, code):
    (linked,) = [
        link.get("href")
        for link in read(client, route_in("search", code)).iter("link")
        if link.get("type") == "application/opensearchdescription+xml"
    ]
    answer = client.get(linked)
    described = ElementTree.fromstring(answer.content)
    template = described.find("os:Url", RULES).get("template")

    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    assert len(described.findtext("os:ShortName", namespaces=RULES)) <= 16
    assert len(described.findtext("os:LongName", namespaces=RULES)) <= 48
    assert described.findtext("os:Language", namespaces=RULES) == code
    heron()
    address = template.replace("{searchTerms}", "heron").removeprefix(settings.PORTAL_ORIGIN)
    assert len(results(read(client, address))) == 1


@pytest.mark.parametrize("q", ["", "  ", "the", '"-', "x"])
def test_an_empty_page_leads_on(client, q):
    unpublished(Plan, title=dict.fromkeys(codes(), "x"))
    published(Plan)
    document = read(client, asked(q=q))
    main = next(document.iter("main"))

    assert not [each for each in document.iter("ol") if "data-results" in each.attrib]
    assert route_in("plan-list", "en") in {a.get("href") for a in main.iter("a")}


STRANGE = "<script>alert(1)</script>\"'&heron"


@pytest.mark.parametrize("q", [STRANGE, f"{STRANGE} heron", f'"{STRANGE}"', f"-{STRANGE} gull"])
def test_whatever_is_typed_is_repeated_as_text_alone(client, q):
    heron()
    html = client.get(asked(q=q)).content.decode()
    document = read(client, asked(q=q))

    assert "<script" not in html.lower()
    assert [i.get("value") for i in document.iter("input") if i.get("name") == "q"] == [q]


@pytest.mark.parametrize(
    "given",
    ["page=0", "page=1" + "0" * 20, "page=x", "page=-1", "page=2", "page=%EF%BC%91", "kind=x"],
)
@pytest.mark.parametrize("code", codes())
def test_an_address_that_no_page_has_is_not_found(client, code, given):
    heron()
    answer = client.get(f"{asked(code, q='heron')}&{given}")

    assert answer.status_code == 404
    assert f'<html lang="{code}">' in answer.content.decode()


@pytest.mark.parametrize(
    "given", [{"q": "kanarie"}, {"q": "kanarie", "page": "0"}, {"kind": "kanarie"}]
)
def test_what_was_typed_is_written_into_no_log(client, caplog, given):
    """Only the database's own log of statements, which no setting of the portal turns on."""
    caplog.set_level(logging.DEBUG)
    for name in logging.root.manager.loggerDict:
        caplog.set_level(logging.DEBUG, logger=name)
    logging.getLogger("portal").debug("A line that is seen.")

    client.get(asked(**given))

    said = [record for record in caplog.records if not record.name.startswith("django.db")]
    lines = [f"{record.getMessage()} {record.exc_text}" for record in said]
    assert lines[0].startswith("A line that is seen.")
    assert [line for line in lines if "kanarie" in line] == []


def queries(client, **given) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(asked(**given))
    return len(captured)


def test_a_page_of_twenty_asks_as_often_as_a_page_of_one(client):
    heron(), heron(Actor)
    published(Responsibility, sentence=dict.fromkeys(codes(), "watches the heron"))
    queries(client, q="heron")
    for _ in range(19):
        heron()
        published(Plan, title=dict.fromkeys(codes(), "Seagull"))
    published(Plan, title=dict.fromkeys(codes(), "Cormorant"))
    one, twenty = queries(client, q="cormorant"), queries(client, q="seagull")

    assert twenty <= one
    assert max(one, twenty, queries(client, q="heron")) <= 12  # as on any other page
