"""The timeline: what stands in it, in which group and order, and that words and picture agree."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from actors.enums import ActorKind, Level
from actors.models import Actor, Membership
from policies.enums import InstrumentKind
from policies.models import Document, Instrument, MeasurePackage, Plan
from portal.content.loading import load
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from portal.records.belonging import Belonging
from portal.records.timeline import Row, groups, rows, years
from tests.factories import published, unpublished, withdrawn
from tests.reading import in_one_line, links, read, words
from tests.records.pictures import faults, in_the_line, lines, pictures, years_of

pytestmark = pytest.mark.django_db

EUROPEAN = {"level": Level.EUROPEAN, "body_kind": ActorKind.BODY}
OF_THE_WORLD = {"level": Level.INTERNATIONAL, "body_kind": ActorKind.ORGANISATION}
OF_A_COALITION = {"level": Level.INTERNATIONAL, "body_kind": ActorKind.COALITION}


def sides() -> dict[str, list]:
    return {group.belonging: [row.record for row in group.rows] for group in groups(rows())}


def test_a_record_belongs_where_its_actor_does():
    union, nations, coalition = (
        published(Actor, established="1950", **facts)
        for facts in (EUROPEAN, OF_THE_WORLD, OF_A_COALITION)
    )
    text = published(Instrument, adopted="2005", adopted_by=union)
    seat = published(Membership, organisation=nations, since="2019")
    alliance = published(Membership, organisation=coalition, since="2014")
    package = published(MeasurePackage, announced="2015")
    region = published(Actor, level=Level.REGIONS_AND_COMMUNITIES, established="1980")

    assert sides() == {
        Belonging.BELGIUM: [region, package],
        Belonging.EUROPEAN_UNION: [union, text],
        Belonging.UNITED_NATIONS: [nations, seat],
        Belonging.COALITION: [coalition, alliance],
    }


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        (InstrumentKind.INITIATIVE, Belonging.UNITED_NATIONS),
        (InstrumentKind.CONVENTIONS, Belonging.UNITED_NATIONS),
        (InstrumentKind.FRAMEWORK, Belonging.BELGIUM),
        (InstrumentKind.STRATEGY, Belonging.BELGIUM),
    ],
)
def test_a_text_that_nobody_is_recorded_to_have_adopted_belongs_where_its_kind_does(kind, side):
    text = published(Instrument, instrument_kind=kind, adopted="2006")
    theirs = published(
        Instrument, instrument_kind=kind, adopted="2006", adopted_by=published(Actor, **EUROPEAN)
    )

    assert sides() == {side: [text], Belonging.EUROPEAN_UNION: [theirs]}


def test_a_group_is_in_the_order_of_time_then_of_the_editors():
    later = published(Plan, drawn_up="2015-03", position=1)
    second, first = (published(Plan, drawn_up="2015", position=n) for n in (20, 10))
    early = published(Plan, drawn_up="2005-06-01", position=90)

    assert [row.record for row in rows()] == [early, first, second, later]


def test_what_is_not_public_and_what_is_about_the_framework_is_not_part_of_it(client):
    shown = published(Plan, drawn_up="2010")
    for publishing in (unpublished, withdrawn):
        publishing(Plan, drawn_up="2001", title=dict.fromkeys(codes(), "Kanarie"))
    published(Document, date="2001", title=dict.fromkeys(codes(), "Kanarie"))
    published(Actor, title=dict.fromkeys(codes(), "Kanarie"))  # of which no date is expected

    assert [row.record for row in rows()] == [shown]
    for name in ("timeline", "timeline-csv"):
        assert "Kanarie" not in client.get(route_in(name, "en")).content.decode()


def test_years_go_from_the_first_date_to_the_last_of_what_stands_in_it():
    published(Plan, drawn_up="2010-12-31", revised="2012/2014")
    published(Document, date="1999")

    assert years(rows()) == range(2010, 2015)
    assert years([]) == range(0)


@pytest.mark.only_on("sqlite")
def test_every_lifeline_of_the_founding_content_is_told_in_full_beside_it(client):
    load()
    (plan,) = Plan.objects.filter(replaced__isnull=False)
    axis = years_of(read(client, plan.address("en")))
    found = {}
    for code in codes():
        for row, item in _drawn(client, code):
            found[row.record.address(code)] = _disagreement(row, item, code, axis)

    assert {address: said for address, said in found.items() if said} == {}
    assert len(found) == 3 * sum(bool(row.known) for row in rows()) > 30


def _drawn(client, code: str) -> list[tuple[Row, object]]:
    """Each row with what its page shows of it."""
    by_address = {row.record.address(code): row for row in rows()}
    document = read(client, route_in("timeline", code))
    items = [item for item in document.iter("li") if item.get("class") == "times__row"]
    return [(by_address[next(item.iter("a")).get("href")], item) for item in items]


def _disagreement(row: Row, item, code: str, axis: tuple[int, int]) -> list[str]:
    """Between the picture and the words: the dates, what goes on, and where they come from."""
    with translation.override(code):
        unended = f" · {gettext('No end recorded')}"
    line, (picture,) = words(item.find("div/p")), pictures(item)
    told_open, drawn_open = line.endswith(in_one_line(unended)), "open" in lines(picture)
    is_added = any(each.get("class") == "added" for each in item.iter("span"))
    dates = in_the_line(line.removesuffix(unended), code, of_added=is_added)
    said = faults(dates, picture, axis, row.record.lasts)
    return said + ([] if told_open == drawn_open else [f"{line}: {lines(picture)}"])


@pytest.mark.parametrize("code", codes())
def test_a_replaced_plan_leads_to_what_came_after_it_and_back(client, code):
    after = published(Plan, short_title=dict.fromkeys(codes(), "After"))
    before = published(Plan, drawn_up="2005", replaced="2021-09-08", succeeded_by=after)
    items = {row.record: item for row, item in _drawn(client, code)}

    assert [a.get("href") for a in items[before].iter("a")][1:] == [after.address(code)]
    assert [a.get("href") for a in items[after].iter("a")][1:] == [before.address(code)]
    assert [e.get("class") for e in items[before].iter("span")].count("tag tag--superseded") == 1


def test_what_has_no_date_is_named_and_not_drawn(client):
    dated, undated = published(Plan, drawn_up="2005"), published(Plan)
    document = read(client, "/en/timeline/")
    (said,) = [p for p in document.iter("p") if words(p).startswith("No date is recorded")]

    assert [a.get("href") for a in said.iter("a")] == [undated.address("en")]
    assert [row.record for row, _item in _drawn(client, "en")] == [dated]


@pytest.mark.parametrize("address", ["/en/timeline/", "/en/timeline/timeline.csv"])
def test_without_any_record_there_is_a_page_that_says_so(client, address):
    assert client.get(address).status_code == 200
    assert client.get("/en/timeline/2015/").status_code == 404
    assert "/en/timeline/" not in [a.get("href") for a in read(client, "/en/").iter("a")]


@pytest.mark.only_on("sqlite")  # how often a page asks is decided in Python
@pytest.mark.parametrize(
    "address", ["/en/timeline/", "/en/timeline/2016/", "/en/timeline/timeline.csv"]
)
def test_many_records_cost_as_many_queries_as_one(client, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    _one_of_each()
    few = queries()
    for _ in range(3):
        _one_of_each()

    assert queries() == few <= 8


def _one_of_each() -> None:
    after = published(Plan)
    published(Plan, drawn_up="2005", replaced="2021", succeeded_by=after)
    for kind, facts in (
        (Instrument, {"adopted": "2015", "adopted_by": published(Actor, **EUROPEAN)}),
        (MeasurePackage, {"announced": "2016", "announced_by": published(Actor)}),
        (Membership, {"since": "2019"}),
        (Actor, {"established": "2015", "parent": published(Actor)}),
    ):
        published(kind, **facts)


def table(client, code: str) -> list[list[str]]:
    answer = client.get(route_in("timeline-csv", code))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_line_for_every_date_and_one_where_there_is_none(client, settings):
    plan = published(
        Plan, drawn_up="2005", revised="2015-02-12", added_dates="revised", sources="X | | en"
    )
    undated = published(Plan, languages=["nl"])
    named = ["Belgium", str(plan.title), "en"]
    addresses = [settings.PORTAL_ORIGIN + each.address("en") for each in (plan, undated)]

    assert table(client, "en")[1:] == [
        [*named, "Drawn up", "2005", "year", "no", addresses[0]],
        [*named, "Revised", "2015-02-12", "day", "yes", addresses[0]],
        ["Belgium", str(undated), "nl", "Drawn up", "", "not known", "no", addresses[1]],
    ]


@pytest.mark.parametrize("code", codes())
def test_the_table_is_in_the_language_of_its_address_and_has_a_name(client, code):
    published(Plan, drawn_up="2005")
    address = route_in("timeline-csv", code)
    answer = client.get(address)
    with translation.override(code):
        header = [gettext(word) for word in ("Group", "Name", "Language of the name")]

    assert table(client, code)[0][:3] == header
    assert answer["Content-Disposition"] == f'attachment; filename="{address.split("/")[-1]}"'
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_of_the_table_is_a_formula(client, start):
    published(Plan, drawn_up="2005", title=dict.fromkeys(codes(), f"{start}cmd|' /C calc'!A0"))

    assert table(client, "en")[1][1] == f"'{start}cmd|' /C calc'!A0"


def test_the_table_tells_each_date_in_the_order_of_the_timeline(client):
    for _ in range(2):
        _one_of_each()
    written = [(line[-1].rpartition("/en/")[2], line[4]) for line in table(client, "en")[1:]]
    known = [
        (row.record.address("en").removeprefix("/en/"), str(each.value))
        for row in rows()
        for each in row.known
    ]

    assert [line for line in written if line[1]] == known
    assert len(known) > 11


@pytest.mark.parametrize("code", codes())
def test_the_timeline_is_one_click_from_home_and_in_the_menus(client, code):
    published(Plan, drawn_up="2005")
    document, there = read(client, f"/{code}/"), route_in("timeline", code)
    leading = [a.get("class") for a in document.iter("a") if a.get("href") == there]

    assert leading == ["nav__link", None, "footer__link"]
    assert links(read(client, there), rel="canonical")["canonical"].endswith(there)
