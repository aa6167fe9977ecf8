"""What a year is told of a record: never more than its dates allow, in any world they allow."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Actor, Membership
from policies.enums import InstrumentKind
from policies.models import Instrument, MeasurePackage, Plan
from portal.records.dates import PartialDate
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.records.timeline import Row
from portal.records.years import Account, Silence, Standing, account_of

BEFORE, AFTER = date(1, 1, 1), date(9999, 12, 31)


def row(kind: type[PageRecord] = Plan, **facts) -> Row:
    """Of a record that is in no database; what is named like a date is one."""
    dates = {name: PartialDate(facts[name]) for name in kind.dates if facts.get(name)}
    return Row(kind(**{k: v for k, v in facts.items() if v} | dates))


def told(row: Row, year: int) -> list[tuple]:
    """``[(standing, names of the dates, silence)]``."""
    found = account_of(row, year)
    return [(each.standing, [d.name for d in each.dates], each.silence) for each in found]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2004, []),
        (2005, [(Standing.BEGAN, ["drawn_up"], None)]),
        (2006, [(Standing.STOOD, ["drawn_up", "replaced"], None)]),
        (
            2015,
            [
                (Standing.STOOD, ["drawn_up", "replaced"], None),
                (Standing.HAPPENED, ["revised"], None),
            ],
        ),
        (2020, [(Standing.STOOD, ["drawn_up", "replaced"], None)]),
        (2021, [(Standing.ENDED, ["drawn_up", "replaced"], None)]),
        (2022, []),
    ],
)
def test_a_replaced_plan_stood_between_the_year_it_began_and_the_year_it_ended(year, expected):
    assert told(row(drawn_up="2005", revised="2015", replaced="2021-09-08"), year) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2015, [(Standing.BEGAN, ["drawn_up"], None)]),
        (2016, [(Standing.STOOD, ["drawn_up", "revised"], None)]),
        (2017, [(Standing.HAPPENED, ["revised"], Silence.UNTIL)]),
        (2018, [(Standing.UNKNOWN, ["drawn_up", "revised"], Silence.STILL)]),
    ],
)
def test_after_the_last_date_without_an_end_the_sources_do_not_say(year, expected):
    assert told(row(drawn_up="2015-04-03", revised="2017-06-02"), year) == expected


@pytest.mark.parametrize(
    "drawn_up", ["2015", "2015-01", "2015-01-01", "2015-03", "2015-03/2015-09"]
)
def test_what_began_in_a_year_did_not_stand_all_of_it(drawn_up):
    assert [each[0] for each in told(row(drawn_up=drawn_up, replaced="2016"), 2015)] == ["began"]


def test_without_a_beginning_the_years_before_the_first_date_are_not_known():
    plan = row(replaced="2015")

    assert told(plan, 2014) == [(Standing.UNKNOWN, ["replaced"], Silence.ALREADY)]
    assert told(plan, 2015) == [(Standing.ENDED, ["replaced"], None)]
    assert told(plan, 2016) == []


@pytest.mark.parametrize("year", [2015, 2016])
def test_a_date_that_may_lie_in_two_years_is_a_fact_of_neither(year):
    package = row(MeasurePackage, announced="2015-11/2016-02")
    plan = row(drawn_up="2015/2016", replaced="2018")

    assert told(package, year) == [(Standing.UNKNOWN, ["announced"], Silence.WHICH_YEAR)]
    assert told(plan, year) == [(Standing.UNKNOWN, ["drawn_up"], Silence.WHICH_YEAR)]


def test_after_its_end_nothing_stood_whatever_a_later_date_says():
    plan = row(drawn_up="2010", replaced="2015", revised="2017")

    assert told(plan, 2014) == [(Standing.STOOD, ["drawn_up", "replaced"], None)]
    assert told(plan, 2016) == []


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (MeasurePackage, {"announced": "2015-01-16"}),
        (Instrument, {"adopted": "2015-02-12", "instrument_kind": InstrumentKind.DECLARATION}),
    ],
)
def test_what_happened_once_belongs_to_its_year_alone(kind, facts):
    once = row(kind, **facts)

    assert [told(once, year) for year in (2014, 2016)] == [[], []]
    assert [each[0] for each in told(once, 2015)] == ["happened"]


def test_a_year_may_hold_the_beginning_and_the_end():
    assert [each[0] for each in told(row(Membership, since="2019", until="2019"), 2019)] == [
        Standing.BEGAN,
        Standing.ENDED,
    ]


def test_what_took_the_place_of_another_began_with_that_day():
    before = Plan(drawn_up=PartialDate("2005"), replaced=PartialDate("2021-09-08"))
    after = Row(Plan(), (before,))

    assert [(each.name, each.value, each.is_end) for each in after.known] == [
        ("arrival", "2021-09-08", False)
    ]
    assert told(after, 2020) == []
    assert told(after, 2021) == [(Standing.BEGAN, ["arrival"], Silence.UNTIL)]


def test_its_own_dates_come_before_those_of_what_it_replaced():
    before = Plan(replaced=PartialDate("2021-09-08"))

    assert [each.name for each in Row(Plan(drawn_up=PartialDate("2020")), (before,)).known] == [
        "drawn_up"
    ]


def test_what_a_kind_says_of_its_dates_can_be_said():
    kinds = [kind for kind in page_kinds() if kind.date_sentences]
    wrong = [
        (kind, name)
        for kind in kinds
        for name, sentence in kind.date_sentences.items()
        if name not in kind.dates or sentence % {"when": "…"} == str(sentence)
    ]

    assert len(kinds) > 4
    assert wrong == []
    assert [k for k in kinds if k.stood and k.stood % {"year": "…"} == str(k.stood)] == []


# --- In every world that the dates allow ---------------------------------------------------------

years = st.integers(2000, 2003)
days = st.builds(lambda n: (date(2000, 1, 1) + timedelta(n)).isoformat(), st.integers(0, 4 * 365))
points = st.one_of(years.map(str), days.map(lambda day: day[:7]), days)
periods = st.tuples(points, points).map(sorted).map("/".join)


@st.composite
def lives(draw) -> Row:
    """Plans of every shape, their dates in any order but that no end comes before its start."""
    value = st.one_of(st.none(), points, periods.filter(_is_date))
    dates = {name: draw(value) for name in Plan.dates}
    start, end = dates["drawn_up"], dates["replaced"]
    if start and end and PartialDate(end).last_day < PartialDate(start).first_day:
        dates["drawn_up"], dates["replaced"] = end, start
    return row(**dates)


def _is_date(text: str) -> bool:
    try:
        return bool(PartialDate(text))
    except ValueError:
        return False


def worlds(life: Row) -> list[dict[str, date]]:
    """Each date on the first or the last day that it may be, in every combination."""
    ends = [
        [(each.name, day) for day in {each.value.first_day, each.value.last_day}]
        for each in life.known
    ]
    return [dict(world) for world in product(*ends)]


def holds(account: Account, world: dict[str, date], year: int) -> bool:
    """Whether what is claimed of the year is true in this world."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    signs = [day for name, day in world.items() if name != "replaced"]
    end = world.get("replaced")
    if account.standing is Standing.STOOD:
        later = [end] if end else signs
        return min(signs) < first and any(day > last for day in later)
    if account.standing is Standing.UNKNOWN:
        return True  # it claims nothing
    named = {Standing.BEGAN: "drawn_up", Standing.ENDED: "replaced"}.get(account.standing)
    claimed = [named] if named else [each.name for each in account.dates]
    return all(first <= world[name] <= last for name in claimed)


@pytest.mark.proof
@given(lives(), st.integers(1999, 2005))
def test_nothing_is_claimed_that_is_not_true_in_every_world(life, year):
    wrong = [
        (account, world)
        for account in account_of(life, year)
        for world in worlds(life)
        if not holds(account, world, year)
    ]

    assert wrong == []


@pytest.mark.proof
@given(lives(), st.integers(1999, 2005))
def test_every_date_is_told_in_each_year_in_which_it_may_lie(life, year):
    here = {d.name for d in life.known if d.value.first_day.year <= year <= d.value.last_day.year}

    assert here <= {each.name for account in account_of(life, year) for each in account.dates}


@pytest.mark.proof
@given(lives(), st.integers(2000, 2005))
def test_a_year_between_the_dates_or_behind_an_open_end_is_never_passed_over(life, year):
    ended = life.end and life.end.value.last_day.year < year
    begun = [d for d in life.known if d.value.last_day.year <= year and not d.is_end]

    if begun and not ended:
        assert account_of(life, year) != []


def test_a_body_is_told_from_the_year_of_its_beginning_on():
    council = row(Actor, established="2015")

    assert [bool(told(council, year)) for year in (2014, 2015, 2016, 2021)] == [
        *(False, True, True, True)
    ]
