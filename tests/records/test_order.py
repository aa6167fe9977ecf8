"""What a name sorts by is kept with it, and a database orders by it as Python does."""

import pytest
from django.apps import apps
from django.utils.translation import override

from policies.models import Objective, Plan
from portal.languages.sorting import sort_key
from portal.languages.texts import codes, column, columns, set_texts
from portal.publishing.content import content_fields
from portal.publishing.publish import publish
from portal.records.kinds import page_kinds
from portal.records.listing import Listing
from portal.records.models import State
from portal.records.name_keys import fill_name_keys
from portal.records.order import MOST_BYTES, NAME_KEY
from tests.factories import draft, published

pytestmark = pytest.mark.django_db

NAMES = [
    *("Été", "ete", "étè", "ETE", "Ete 2", "Ete 10", "Ete 010", "ete-b", "eteb", "ete b"),
    *("Œuvre", "oeuvre", "Oeuvre b", "æ", "ae", "Straße", "Strasse", "Strase", "Łódź", "Lodz"),
    *("Plan", "Plan (2005)", "Plan 2015", "Planning", "« Plan »", "“Plan”", "plan", "Plan R"),
    *("l'Organe", "l’Organe", "lorgnette", "Organe", "T.E.R.", "TER", "tér", "ĳ", "ij", "IJ"),
    *("—", "…", "0", "00", "1", "²", "٣", "日本", "\uffee", "\U0001f600", "\U0010ffff", "ﷺ"),
]


def listed(kind=Objective) -> list:
    rows = Listing(kind.objects.published().for_list())
    return rows[0 : len(rows)]


def key_of_place(record) -> tuple:
    return record.position, sort_key(str(record)), record.pk


def named(name: str | None, other: str, position: int) -> Objective:
    """Where it has a name in its second language, that is another one."""
    first, second, *_ = codes()
    record = draft(Objective, languages=[first], title={first: name, second: other})
    record.position, record.state = position, State.PUBLISHED
    record.save()
    return record


@pytest.mark.parametrize("code", codes())
def test_a_database_orders_names_as_a_reader_of_each_language_is_shown_them(code):
    others = [*NAMES[::-1][1:], ""]
    for place, (name, other) in enumerate(zip(NAMES, others, strict=True)):
        named(name, other, place % 2)

    with override(code):
        found = listed()
        assert found == sorted(found, key=key_of_place)
    assert len({*map(str, found)}) > len(NAMES) // 2
    assert len(found) == len(NAMES)


def test_the_key_follows_the_name():
    first, second = (published(Plan, title=dict.fromkeys(codes(), name)) for name in "ab")
    set_texts(first, "title", dict.fromkeys(codes(), "c"))

    assert listed(Plan) == [first, second]
    publish([first], by=None, notes={})
    assert listed(Plan) == [second, first]


def test_a_row_without_a_key_is_listed_and_gets_it_after_migrating():
    records = [published(Plan, title=dict.fromkeys(codes(), name)) for name in "abc"]
    last = Plan.objects.filter(pk=records[2].pk)
    keys = last.values(*columns(NAME_KEY)).get()
    last.update(**dict.fromkeys(columns(NAME_KEY), b""))

    assert listed(Plan) == [records[2], *records[:2]]
    fill_name_keys(apps=apps)
    assert listed(Plan) == records
    assert last.values(*columns(NAME_KEY)).get() == keys


def test_an_emptied_table_and_one_of_an_earlier_day_are_let_alone():
    class Earlier:
        def get_models(self) -> list:
            return []

    plan = Plan.objects.filter(pk=published(Plan).pk)
    plan.update(**dict.fromkeys(columns(NAME_KEY), b""))

    fill_name_keys()
    fill_name_keys(apps=Earlier())

    assert {bytes(key) for key in plan.values_list(*columns(NAME_KEY)).get()} == {b""}


def test_a_name_of_letters_that_each_stand_for_many_is_kept():
    title = dict.fromkeys(codes(), "".join(map(chr, range(0xFC00, 0xFC00 + 150))) + "ﷺ" * 50)
    record = published(Objective, title=title)

    key = Objective.objects.values_list(column(NAME_KEY, codes()[0]), flat=True).get()
    assert (listed(), len(key)) == ([record], MOST_BYTES)


def test_what_a_name_sorts_by_is_no_content():
    plan = published(Plan)
    Plan.objects.update(**dict.fromkeys(columns(NAME_KEY), b""))
    columns_of = {name for kind in page_kinds() for name in map(str, content_fields(kind))}

    assert publish([plan], by=None, notes={}) == []
    assert [name for name in columns_of if NAME_KEY in name] == []
    assert len(columns_of) > 100
