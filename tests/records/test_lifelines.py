"""One axis for all lives, and every mark exactly as wide as its date is known."""

from datetime import date

import pytest
from django.utils.functional import SimpleLazyObject

from actors.models import Actor, Membership
from policies.enums import InstrumentKind
from policies.models import Document, Instrument, MeasurePackage, Plan
from portal.records.dates import PartialDate
from portal.records.holdings import holdings
from portal.records.kinds import page_kinds
from portal.records.lifelines import Axis, Lifeline, axis_of
from portal.records.models import PageRecord
from portal.records.templatetags.records import lifeline
from tests.factories import published, unpublished, withdrawn

AXIS = Axis(2015, 2018)
DATED = [(kind, name) for kind in page_kinds() for name in kind.dates]


def days(start: date, end: date) -> float:
    """Of the axis above, in per cent; ``end`` is not included."""
    return round(100 * (end - start).days / 1461, 2)


def at(*day: int) -> float:
    return days(date(2015, 1, 1), date(*day))


def life(kind: type[PageRecord] = Plan, *, axis: Axis = AXIS, **facts) -> Lifeline:
    """Of a record that is in no database; what is named like a date is one."""
    dates = {name: PartialDate(facts[name]) for name in kind.dates if name in facts}
    return Lifeline(kind(**facts | dates), axis)


@pytest.mark.parametrize(
    ("year", "first", "after"),
    [
        ("2015", date(2015, 1, 1), date(2016, 1, 1)),
        ("2016", date(2016, 1, 1), date(2017, 1, 1)),
        ("2018", date(2018, 1, 1), date(2019, 1, 1)),
    ],
)
def test_a_year_is_a_bar_from_its_first_day_to_its_last(year, first, after):
    (mark,) = life(drawn_up=year).marks

    assert (mark.shape, mark.x) == ("year", at(first.year, 1, 1))
    assert mark.width == pytest.approx(days(first, after), abs=0.011)


@pytest.mark.parametrize("month", [1, 2, 12])
def test_a_month_stands_on_its_middle_and_claims_no_width(month):
    (mark,) = life(drawn_up=f"2016-{month:02d}").marks
    start, end = at(2016, month, 1), at(2016 + month // 12, month % 12 + 1, 1)

    assert (mark.shape, mark.width) == ("month", 0)
    assert mark.x == pytest.approx((start + end) / 2, abs=0.011)


def test_a_day_stands_where_it_begins():
    (mark,) = life(drawn_up="2015-02-12").marks

    assert (mark.shape, mark.x, mark.width) == ("day", at(2015, 2, 12), 0)


def test_an_interval_is_a_mark_at_each_end_and_a_line_from_one_to_the_other():
    plan = life(drawn_up="2015/2018-06-30")

    assert [(mark.shape, mark.x) for mark in plan.marks] == [
        ("year", 0.0),
        ("day", at(2018, 6, 30)),
    ]
    assert (plan.known, plan.open) == ((0.0, at(2018, 6, 30)), at(2018, 6, 30))


def test_only_the_dates_that_come_from_elsewhere_are_marked_added():
    dates = {"drawn_up": "2015", "revised": "2016", "replaced": "2017-03"}
    some = life(**dates, added_dates="revised\nreplaced")
    all_of_them = life(**dates, added_reference=True)
    none = life(**dates)

    assert [mark.is_added for mark in some.marks] == [False, True, True]
    assert [mark.is_added for mark in all_of_them.marks] == [True, True, True]
    assert [mark.is_added for mark in none.marks] == [False, False, False]


def test_a_replaced_plan_ends_where_it_was_replaced():
    plan = life(drawn_up="2015", replaced="2017-09-08")

    assert [mark.is_end for mark in plan.marks] == [False, True]
    assert (plan.known, plan.open) == ((0.0, at(2017, 9, 8)), None)


@pytest.mark.parametrize(
    ("drawn_up", "open_from"),
    [("2015", at(2016, 1, 1)), ("2015-02-12", at(2015, 2, 12)), ("2018", 100.0)],
)
def test_a_line_without_a_recorded_end_goes_on_from_the_last_mark(drawn_up, open_from):
    plan = life(drawn_up=drawn_up)

    assert plan.open == pytest.approx(open_from, abs=0.011)
    assert plan.known is None


@pytest.mark.parametrize(
    ("kind", "facts", "lasts"),
    [
        (Instrument, {"instrument_kind": InstrumentKind.DECLARATION, "adopted": "2015"}, False),
        (Instrument, {"instrument_kind": InstrumentKind.STRATEGY, "adopted": "2015"}, True),
        (MeasurePackage, {"announced": "2015-01"}, False),
        (MeasurePackage, {"announced": "2015/2016"}, False),
        (Document, {"date": "2015"}, False),
        (Actor, {"established": "2015"}, True),
        (Membership, {"since": "2015"}, True),
        (Membership, {"since": "2015", "until": "2016"}, False),
    ],
)
def test_only_what_goes_on_has_a_line_that_goes_on(kind, facts, lasts):
    assert (life(kind, **facts).open is not None) is lasts


def test_what_happened_once_has_no_line_even_over_a_period():
    assert life(MeasurePackage, announced="2015/2017").known is None


def test_an_unknown_first_date_leaves_the_others_in_their_places():
    plan = life(replaced="2017")

    assert [(mark.x, mark.is_end) for mark in plan.marks] == [(at(2017, 1, 1), True)]
    assert (plan.known, plan.open) == (None, None)


@pytest.mark.parametrize(
    ("dates", "label"),
    [
        ({"drawn_up": "2015", "revised": "2017"}, (2017, at(2017, 1, 1))),
        ({"drawn_up": "2016", "revised": "2018-12"}, (2016, at(2016, 1, 1))),
        ({"drawn_up": "2015", "revised": "2018"}, None),
    ],
)
def test_the_last_year_with_room_between_the_ends_is_written_below(dates, label):
    assert life(**dates).label == label


def test_a_record_without_a_date_draws_nothing_and_asks_for_no_axis():
    def asked():
        raise AssertionError("the axis was asked for")

    assert lifeline(Plan(), SimpleLazyObject(asked)) is None


def test_without_any_published_date_there_is_no_axis_and_no_picture():
    assert lifeline(Plan(drawn_up=PartialDate("2015")), SimpleLazyObject(lambda: None)) is None


@pytest.mark.parametrize("drawn_up", ["2014", "2014-12-31", "2019", "2019-01-01", "2017/2019"])
def test_a_life_that_leaves_the_axis_is_not_drawn(drawn_up):
    assert lifeline(life(drawn_up=drawn_up).record, AXIS) is None


@pytest.mark.parametrize("drawn_up", ["2015-01-01", "2018-12-31", "2018", "2015/2018"])
def test_a_life_up_to_the_very_ends_of_the_axis_is_drawn(drawn_up):
    centuries = Axis(1900, 2018)  # on which the last day is nearer to 100% than one can write

    assert lifeline(life(drawn_up=drawn_up).record, AXIS).marks
    assert lifeline(life(drawn_up=drawn_up).record, centuries).marks


def test_the_year_9999_is_a_year_like_any_other():
    axis = Axis(9990, 9999)
    plan = life(drawn_up="9990", replaced="9999-12-31", axis=axis)

    assert [tick for tick in axis.ticks if not 0 <= tick[1] < 100] == []
    assert plan.marks[0].x == 0.0
    assert 99.9 < plan.marks[1].x < 100


def test_the_ticks_stand_on_the_first_of_january():
    ticks = Axis(2005, 2021).ticks

    assert [year for year, _x in ticks] == [2005, 2010, 2015, 2020]
    assert ticks[0][1] == 0.0
    assert ticks[1][1] == round(100 * 1826 / 6209, 2)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2005, 2029, [2005, 2010, 2015, 2020, 2025]),
        (2005, 2030, [2005, 2015, 2025]),
        (1945, 2026, [1945, 1965, 1985, 2005, 2025]),
        (2015, 9999, [2015, 3615, 5215, 6815, 8415]),
        (2015, 2015, [2015]),
    ],
)
def test_over_a_long_time_the_ticks_stand_further_apart(first, last, years):
    assert [year for year, _x in Axis(first, last).ticks] == years


@pytest.mark.django_db
class TestTheAxis:
    def test_goes_from_the_first_published_year_to_the_last(self):
        published(Plan, drawn_up="2005", revised="2015-02-12")
        published(Membership, since="2019", until="2019/2021")

        assert axis_of(holdings().values()) == Axis(2005, 2021)

    def test_is_not_stretched_by_what_is_not_published(self):
        published(Plan, drawn_up="2010", replaced="2015-01")
        unpublished(Plan, drawn_up="1999", replaced="2031-01")
        withdrawn(Actor, established="2040-01-01")

        assert axis_of(holdings().values()) == Axis(2010, 2015)

    def test_is_none_while_no_date_is_published(self):
        published(Plan)
        unpublished(Plan, drawn_up="1999")

        assert axis_of(holdings().values()) is None

    def test_costs_one_query(self, django_assert_num_queries):
        published(Plan, drawn_up="2005")

        with django_assert_num_queries(1):
            axis_of(holdings().values())

    @pytest.mark.parametrize(
        ("kind", "name"), DATED, ids=lambda value: getattr(value, "__name__", value)
    )
    def test_every_date_of_every_kind_stretches_it(self, kind, name):
        published(Plan, drawn_up="2015")
        published(kind, **{name: "2030"})

        assert axis_of(holdings().values()).last == 2030

    def test_survives_a_year_9999(self, client):
        published(Plan, drawn_up="2015", revised="9999-12-31")

        assert axis_of(holdings().values()) == Axis(2015, 9999)
        assert client.get("/fr/").status_code == 200


def test_the_walk_over_the_dates_has_walked():
    assert len(DATED) > 8
    assert {kind for kind, _name in DATED} >= {Actor, Membership, Plan, Document}
