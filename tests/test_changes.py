"""The public log: what became public, was corrected, withdrawn or removed, on a page and a feed."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Plan
from portal.languages.texts import codes, set_texts
from portal.pages.models import Page, Term
from portal.publishing.models import Entry
from portal.publishing.publish import publish
from portal.records.models import State
from tests.factories import published
from tests.past import NOTES, plan_with_a_past
from tests.reading import as_typed, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db) -> Plan:
    return plan_with_a_past()


ADDRESS = {"en": "/en/changes/", "fr": "/fr/modifications/", "nl": "/nl/wijzigingen/"}


@pytest.mark.parametrize("code", codes())
def test_the_changes_tell_what_became_public_newest_first(client, plan, code):
    document = read(client, ADDRESS[code])
    main = next(document.iter("main"))
    titles = [a.get("href") for h3 in main.iter("h3") for a in h3.iter("a")]

    assert titles == [plan.address(code), plan.address(code)]
    assert NOTES[code] in as_typed(words(main))
    assert Entry.objects.get(number=2).sha256 in words(main)


def test_records_published_together_are_one_moment(client):
    plans = [published(Plan), published(Plan)]
    for plan in plans:
        set_texts(plan, "summary", dict.fromkeys(codes(), "Other."))
    publish(plans, by=None, notes=NOTES)
    main = next(read(client, "/en/changes/").iter("main"))
    sections = [s for s in main.iter("section") if list(s.iter("h3"))]

    assert [len(list(section.iter("h3"))) for section in sections] == [2, 1, 1]


def test_a_longer_log_asks_no_more(client):
    asked = []
    for many in (2, 40):
        for _ in range(many):
            published(Plan)
            published(Term)
        with CaptureQueriesContext(connection) as queries:
            client.get("/fr/modifications/")
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12


def test_the_log_keeps_a_line_of_what_is_no_longer_public_and_names_nothing(client, plan):
    Plan.objects.filter(pk=plan.pk).update(state=State.UNPUBLISHED)
    main = words(next(read(client, "/en/changes/").iter("main")))

    assert main.count("A text that is no longer public") == 2
    assert "Zeal" not in main


@pytest.mark.parametrize("code", codes())
def test_the_feed_tells_the_same_in_every_language(client, plan, code):
    answer = client.get(f"{ADDRESS[code]}feed.atom")

    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{atom}entry")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == code
    assert next(e.find(f"{atom}summary").text for e in entries) == NOTES[code]
    assert f"Plan Zeal {code}" in entries[0].find(f"{atom}title").text
    assert entries[0].find(f"{atom}link").get("href").endswith(plan.history_at(code))
    assert len({e.find(f"{atom}id").text for e in entries}) == len(entries) == 2


def test_home_shows_the_latest_changes(client, plan):
    published(Page, place="home")
    (section,) = [
        s
        for s in read(client, "/en/").iter("section")
        if [words(h) for h in s.iter("h2")] == ["Latest changes"]
    ]

    assert [a.get("href") for a in section.iter("a")] == [
        "/en/",
        plan.address("en"),
        plan.address("en"),
        "/en/changes/",
    ]
    assert "The summary is clearer." in words(section)
