"""The picture says what the words beside it say, in every language, and nothing more."""

import re

import pytest

from policies.models import Document, Plan
from portal.content.loading import load
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from tests.factories import published, withdrawn
from tests.reading import read, words
from tests.records.pictures import SVG, faults, in_the_head, in_the_line, pictures, years_of

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]  # what is drawn is asked once

PLACES = ("x", "x1", "x2", "cx", "width")


def lives() -> list[PageRecord]:
    """Every published record of which a date is known."""
    every = [record for kind in page_kinds() for record in kind.objects.published()]
    return [record for record in every if any(each.value for each in record.dated)]


def shape(record: PageRecord) -> tuple:
    """What a picture may look different by."""
    known = [each for each in record.dated if each.value]
    dates = [(each.name, each.value.precision, each.is_added) for each in known]
    return type(record), record.lasts, tuple(dates)


def listed(client, kind: type[PageRecord], code: str) -> dict:
    """``{address: (the line of its dates, its picture)}`` of what a list shows with one."""
    document = read(client, route_in(f"{kind.kind()}-list", code))
    items = [item for item in document.iter("li") if item.get("class") == "item"]
    return {
        next(item.iter("a")).get("href"): (
            words(item.find("p")),
            pictures(item)[0],
            _is_added(item),
        )
        for item in items
        if pictures(item)
    }


def faults_of_list(client, kind: type[PageRecord], code: str, years: tuple[int, int]) -> dict:
    """``{address: what is wrong}`` of every record that a list shows with a picture."""
    shown = listed(client, kind, code)
    records = {record.address(code): record for record in kind.objects.published()}
    return {
        address: faults(
            in_the_line(line, code, of_added=added), picture, years, records[address].lasts
        )
        for address, (line, picture, added) in shown.items()
    }


def _is_added(item) -> bool:
    return any(each.get("class") == "added" for each in item.iter("span"))


def in_lists(client, lived: list[PageRecord]) -> dict[str, list[str]]:
    """``{address: what is wrong}`` of each of these in every list."""
    years = years_of(read(client, lived[0].address("en")))
    return {
        address: said
        for code in codes()
        for kind in {type(record) for record in lived}
        for address, said in faults_of_list(client, kind, code, years).items()
    }


def on_pages(client, examples: list[PageRecord]) -> dict[str, list[str]]:
    """``{address: what is wrong}`` of each of these on its own page."""
    found = {}
    for record in examples:
        for code in codes():
            document = read(client, record.address(code))
            dates, (picture,) = in_the_head(document, code), pictures(document)
            found[record.address(code)] = faults(dates, picture, years_of(document), record.lasts)
    return found


def test_the_founding_content_is_drawn_as_it_is_told_in_lists_and_on_a_page_of_every_shape(client):
    load()
    listed_lives = [record for record in lives() if not isinstance(record, Document)]
    examples = list({shape(record): record for record in lives()}.values())
    listed_faults, page_faults = in_lists(client, listed_lives), on_pages(client, examples)

    assert {address: said for address, said in listed_faults.items() if said} == {}
    assert {address: said for address, said in page_faults.items() if said} == {}
    assert set(listed_faults) == {r.address(code) for r in listed_lives for code in codes()}
    assert len(listed_faults) > 30
    assert len(page_faults) == len(codes()) * len(examples) > 3 * 7


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize(
    "dates",
    [
        {"drawn_up": "2005", "replaced": "2021-09-08"},
        {"drawn_up": "2005-06", "revised": "2015-02-12", "added_dates": "revised"},
        {"drawn_up": "2005-06-01", "revised": "2015/2016", "added_dates": "drawn_up"},
        {"revised": "2010-12"},
        {"replaced": "2015"},
        {"drawn_up": "2005-03-01", "added_reference": True, "sources": "Example | | en"},
    ],
    ids=lambda dates: "-".join(dates),
)
def test_a_life_of_any_shape_is_drawn_as_it_is_told_on_its_page_and_in_its_list(
    client, code, dates
):
    published(Plan, drawn_up="2004", replaced="2022")
    plan = published(Plan, **{"sources": "Example | | en"} | dates)

    document = read(client, plan.address(code))
    years = years_of(document)
    listed_faults = faults_of_list(client, Plan, code, years)

    assert years == (2004, 2022)
    assert faults(in_the_head(document, code), pictures(document)[0], years, lasts=True) == []
    assert listed_faults[plan.address(code)] == []


def test_a_picture_that_says_something_else_would_be_found(client):
    plan = published(Plan, drawn_up="2005", revised="2015-02-12")
    document = read(client, plan.address("en"))
    picture, years = pictures(document)[0], years_of(document)
    line = "Drawn up: 2005 · Revised: 12 February 2015"

    def fault(line: str) -> int:
        return len(faults(in_the_line(line, "en"), picture, years, lasts=True))

    assert fault(line) == 0
    assert fault(line.replace("12 ", "13 ")) == 1
    assert fault(line.replace("12 February ", "")) == 1
    assert fault(f"{line} (added reference)") == 1
    assert fault(line.replace("Revised", "Replaced")) == 2


@pytest.mark.parametrize("code", codes())
def test_every_place_is_a_per_cent_with_a_decimal_point_in_every_language(client, code):
    published(Plan, drawn_up="2004-03", replaced="2022")
    plan = published(Plan, drawn_up="2005", revised="2015-02-12", replaced="2019-03")
    pages = [f"/{code}/", route_in("plan-list", code), plan.address(code)]
    places = [
        value
        for page in pages
        for svg in read(client, page).iter(f"{SVG}svg")
        for element in svg.iter()
        for name in PLACES
        if (value := element.get(name))
    ]

    assert [place for place in places if not re.fullmatch(r"\d+(?:\.\d+)?%|8", place)] == []
    assert sum("." in place for place in places) > 10


def read_aloud(element):
    """What a screen reader reaches."""
    if element.get("aria-hidden") != "true":
        yield element
        for child in element:
            yield from read_aloud(child)


def test_no_picture_is_read_aloud(client):
    plan = published(Plan, drawn_up="2005", replaced="2019-03")
    documents = [read(client, page) for page in ("/en/", "/en/plans/", plan.address("en"))]
    pictures_on_them = [svg for each in documents for svg in each.iter(f"{SVG}svg")]
    spoken = [each.tag for document in documents for each in read_aloud(document)]

    assert len(pictures_on_them) == 4  # on the home page also the years above the lives
    assert [tag for tag in spoken if tag.startswith(SVG)] == []
    assert spoken.count("h1") == 3


def test_the_picture_of_a_page_says_a_date_from_elsewhere_as_a_hollow_disc_beside_its_mark(client):
    plan = published(
        Plan,
        drawn_up="2005-01-01",
        revised="2015-02-12",
        added_dates="revised",
        sources="Example | | en",
    )
    document = read(client, plan.address("en"))
    (table,) = [each for each in document.iter("dl") if each.get("class") == "dates"]
    discs = [each.get("class") for each in document.iter(f"{SVG}circle")]

    assert [words(row) for row in table] == [
        "Drawn up 1 January 2005",
        "Revised 12 February 2015 Added reference",
    ]
    assert discs == ["life__day", None]
    assert [each.get("href") for each in table.iter("a")] == ["#sources"]
    assert [each.get("id") for each in document.iter() if each.get("id") == "sources"]


@pytest.mark.parametrize(("drawn_up", "drawn"), [("2016", 1), ("2014", 0), ("2021", 0)])
def test_a_withdrawn_life_outside_the_axis_is_told_and_not_drawn(client, drawn_up, drawn):
    published(Plan, drawn_up="2015", revised="2020")
    document = read(client, withdrawn(Plan, drawn_up=drawn_up).address("en"))

    assert len(pictures(document)) == drawn
    assert drawn_up in words(document)


def test_an_unknown_first_date_leaves_no_mark_of_its_own_in_the_line(client):
    plan = published(Plan, replaced="2021-09-08")
    published(Plan, drawn_up="2005", replaced="2021-09-08")
    lines_of_dates = {line for line, _picture, _added in listed(client, Plan, "en").values()}

    assert lines_of_dates == {
        "Replaced: 8 September 2021",
        "Drawn up: 2005 · Replaced: 8 September 2021",
    }
    assert "Not stated in the founding document" in words(read(client, plan.address("en")))
