from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Membership
from policies.models import Plan
from portal.publishing.faults import PublicationRefused
from portal.records.dates import PartialDate, PartialDateField
from portal.records.models import State
from tests.factories import published


@pytest.mark.parametrize(
    ("edtf", "first", "last", "precision"),
    [
        pytest.param("2005", date(2005, 1, 1), date(2005, 12, 31), "year", id="year"),
        pytest.param("2015-01", date(2015, 1, 1), date(2015, 1, 31), "month", id="month"),
        pytest.param("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month", id="leap-month"),
        pytest.param("2015-02-12", date(2015, 2, 12), date(2015, 2, 12), "day", id="day"),
        pytest.param("2019/2020", date(2019, 1, 1), date(2020, 12, 31), "period", id="period"),
    ],
)
def test_a_date_spans_what_its_text_says(edtf, first, last, precision):
    partial = PartialDate(edtf)

    assert (partial.first_day, partial.last_day, partial.precision) == (first, last, precision)
    assert partial == edtf


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15",
        "2015-13",
        "2015-02-30",
        "2020/2019",
        "2015/",
        "12/02/2015",
        "２０１５",
        "2015-1",
        "2015-01-01T00:00",
        "2019/2020/2021",
        "2015 ",
    ],
)
def test_a_text_that_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        PartialDate(text)


def test_the_field_says_how_a_date_is_written():
    with pytest.raises(ValidationError) as refusal:
        PartialDateField().to_python("January 2015")

    assert "2015-01" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("edtf", "language", "words"),
    [
        ("2005", "en", "2005"),
        ("2005", "fr", "2005"),
        ("2015-01", "en", "January 2015"),
        ("2015-01", "fr", "janvier 2015"),
        ("2015-01", "nl", "januari 2015"),
        ("2015-02-12", "en", "12 February 2015"),
        ("2015-02-12", "fr", "12 février 2015"),
        ("2015-02-12", "nl", "12 februari 2015"),
        ("2015-09-01", "en", "1 September 2015"),
        ("2015-09-01", "fr", "1er septembre 2015"),
        ("2015-09-01", "nl", "1 september 2015"),
        ("2019/2020", "en", "2019–2020"),
        ("2019/2020", "fr", "2019-2020"),
        ("2019/2020", "nl", "2019-2020"),
    ],
)
def test_a_date_is_printed_as_its_language_writes_it(edtf, language, words):
    with translation.override(language):
        assert PartialDate(edtf).in_words == words


@pytest.mark.django_db
def test_dates_of_every_precision_sort_and_compare_in_the_database():
    texts = ["2015-02-12", "2015", "2015-01", "2019/2020", "2005", "2021-09-08"]
    for text in texts:
        published(Plan, drawn_up=text)

    in_order = list(
        Plan.objects.order_by("drawn_up_from", "-drawn_up_until").values_list("drawn_up", flat=True)
    )
    on_a_day = Plan.objects.filter(
        drawn_up_from__lte="2015-01-20", drawn_up_until__gte="2015-01-20"
    )

    assert in_order == ["2005", "2015", "2015-01", "2015-02-12", "2019/2020", "2021-09-08"]
    assert sorted(on_a_day.values_list("drawn_up", flat=True)) == ["2015", "2015-01"]


@pytest.mark.django_db
@pytest.mark.parametrize(("since", "until"), [("2020", "2019"), ("2019-06", "2019-05-03")])
def test_a_form_is_told_when_a_period_ends_before_it_starts(since, until):
    with pytest.raises(PublicationRefused) as refused:
        published(Membership, since=since, until=until)

    assert [fault.field for fault in refused.value.faults] == ["until"]
    assert published(Membership, since="2019-05", until="2019").until == "2019"


@pytest.mark.django_db
def test_the_bounds_follow_the_date_even_through_update():
    plan = published(Plan, drawn_up="2005")

    Plan.objects.filter(pk=plan.pk).update(drawn_up="2019/2020")
    plan.refresh_from_db()

    assert (plan.drawn_up_from, plan.drawn_up_until) == ("2019-00-00", "2020-99-99")
    assert plan.state == State.PUBLISHED


@pytest.mark.proof
@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_order_as_text_is_order_in_time(one, other):
    first, second = PartialDate(one.isoformat()), PartialDate(other.isoformat())

    assert (str(first) < str(second)) == (one < other)
