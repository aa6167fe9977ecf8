"""The home page: the ways in, one life of each kind in time, and where else to turn."""

import pytest

from actors.models import Actor, Membership
from policies.models import Instrument, MeasurePackage, Plan
from portal.languages.texts import codes
from portal.pages.models import Page
from tests.factories import published, unpublished, withdrawn
from tests.reading import read, words
from tests.records.pictures import SVG, pictures

pytestmark = pytest.mark.django_db

FIRST_DATE = {
    Plan: "drawn_up",
    Instrument: "adopted",
    Actor: "established",
    MeasurePackage: "announced",
    Membership: "since",
}


def rows(client, code: str = "en") -> list[tuple[str, str]]:
    """``(address, the line of its dates)`` of the framework in time, below the years."""
    document = read(client, f"/{code}/")
    found = [e for e in document.iter("li") if e.get("class") == "times__row"]
    return [(next(row.iter("a")).get("href"), words(next(row.iter("p")))) for row in found]


def titled(title: str) -> dict[str, str]:
    return {code: f"{title} {code}" for code in codes()}


def doors(client, code: str = "en") -> list[str]:
    document = read(client, f"/{code}/")
    (listed,) = [e for e in document.iter("ul") if e.get("class") == "doors"]
    return [words(door).replace("\u00ad", "") for door in listed]


@pytest.mark.parametrize("code", codes())
def test_the_first_of_each_dated_kind_stands_in_time_the_oldest_above(client, code):
    for kind, name in FIRST_DATE.items():
        published(kind, **{name: "2016"}, position=1)
    first = [
        published(kind, **{name: str(2010 - number)}, position=100)
        for number, (kind, name) in enumerate(FIRST_DATE.items())
    ]

    found = rows(client, code)

    assert [address for address, _line in found] == [each.address(code) for each in first[::-1]]
    assert [line[-4:] for _address, line in found] == ["2006", "2007", "2008", "2009", "2010"]


def test_a_row_tells_the_dates_in_words_and_draws_them(client):
    published(Plan, drawn_up="2005", revised="2015-02-12", position=1)
    document = read(client, "/en/")
    (row,) = [e for e in document.iter("li") if e.get("class") == "times__row"]

    assert words(next(row.iter("p"))) == "Drawn up: 2005 · Revised: 12 February 2015"
    assert len(pictures(row)) == 1


def test_of_two_that_began_together_the_one_that_editors_put_first_is_shown(client):
    published(Plan, drawn_up="2005", position=20)
    first = published(Plan, drawn_up="2005", position=10)
    published(Plan, drawn_up="2005-06", position=1)

    assert rows(client) == [(first.address("en"), "Drawn up: 2005")]


def test_a_record_without_a_first_date_leaves_its_place_to_the_next(client):
    published(Plan, revised="2010", position=10)
    dated = published(Plan, drawn_up="2015", position=20)

    assert rows(client) == [(dated.address("en"), "Drawn up: 2015")]


@pytest.mark.parametrize("publishing", [unpublished, withdrawn])
def test_what_is_not_published_takes_no_place_in_time(client, publishing):
    publishing(Plan, drawn_up="2001", position=1, title=titled("Kanarie"))
    shown = published(Plan, drawn_up="2015", position=20)

    assert rows(client) == [(shown.address("en"), "Drawn up: 2015")]


@pytest.mark.parametrize("code", codes())
def test_the_years_stand_above_the_lives(client, code):
    published(Plan, drawn_up="2004", replaced="2021-09-08")
    document = read(client, f"/{code}/")
    (axis,) = [e for e in document.iter("div") if "times__axis" in (e.get("class") or "")]

    years = [(text.text, text.get("x")) for text in axis.iter(f"{SVG}text")]
    assert [year for year, _x in years] == ["2004", "2009", "2014", "2019"]
    assert years[0][1] == "0.0%"


def test_without_a_date_there_is_no_time_and_no_axis(client):
    published(Plan)
    unpublished(Plan, drawn_up="2001")
    document = read(client, "/en/")

    assert "The framework in time" not in words(document)
    assert not list(document.iter(f"{SVG}svg"))


@pytest.mark.parametrize(
    ("code", "actors", "plans", "packages", "instruments"),
    [
        ("en", "6 actors, at every level", "2 action plans", "1 measure package", "3 instruments"),
        ("fr", "6 acteurs", "2 plans d’action", "1 train de mesures", "3 instruments"),
        ("nl", "6 actoren", "2 actieplannen", "1 maatregelenpakket", "3 instrumenten"),
    ],
)
def test_the_doors_count_what_is_published_and_nothing_else(
    client, code, actors, plans, packages, instruments
):
    for kind, many in {MeasurePackage: 1, Actor: 3, Plan: 2, Instrument: 3}.items():
        for _ in range(many):
            published(kind)
        unpublished(kind)
        withdrawn(kind)
    assert Actor.objects.published().count() == 6  # each package brings the one that announced it

    who, what = doors(client, code)

    assert actors in who
    assert [phrase in what for phrase in (plans, packages, instruments)] == [True] * 3


def test_a_door_to_nothing_is_closed(client):
    assert doors(client) == []
    unpublished(Actor)
    withdrawn(Plan)
    assert doors(client) == []

    published(Plan)
    assert doors(client) == ["What was decided 1 action plan"]


def last_section(client, code: str):
    (main,) = read(client, f"/{code}/").iter("main")
    return list(main)[-1]


@pytest.mark.parametrize("code", codes())
def test_the_page_ends_with_where_to_turn_and_its_links(client, code):
    actor = published(Actor)
    body = f"- **In danger.** Call 112.\n- See [the unit]({actor.permanent}) or [elsewhere](https://example.org/)."
    published(Page, place="where-to-turn", body={c: f"{body} {c}" for c in codes()})
    section = last_section(client, code)

    assert [words(item) for item in section.iter("li")] == [
        "In danger. Call 112.",
        f"See the unit or elsewhere. {code}",
    ]
    assert [a.get("href") for a in section.iter("a")] == [
        actor.address(code),
        "https://example.org/",
    ]


@pytest.mark.parametrize("publishing", [unpublished, withdrawn])
def test_without_where_to_turn_the_head_still_says_112(client, publishing):
    publishing(Page, place="where-to-turn", body=titled("Kanarie"))
    main = next(read(client, "/en/").iter("main"))
    head = next(each for each in main.iter("div") if each.get("class") == "head__version")

    assert words(head) == "If you are in danger, call 112."
    assert not list(head.iter("a"))
    assert "Kanarie" not in words(main)


def test_where_to_turn_in_another_language_says_so(client):
    published(Page, place="where-to-turn", languages=["fr"], body={"fr": "Appelez le 112."})
    section = last_section(client, "nl")

    assert [(e.get("lang"), words(e)) for e in section.iter("div") if e.get("lang")] == [
        ("fr", "Appelez le 112.")
    ]
