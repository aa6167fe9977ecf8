"""The list of a kind: its groups in their order, and of a stretch nothing but the stretch."""

import pytest
from django.core.paginator import Paginator

from actors.enums import Level
from actors.models import Actor
from policies.models import Measure, MeasurePackage, Objective
from portal.content.management.commands.prepare import learn_the_tables
from portal.languages.sorting import sort_key
from portal.languages.texts import codes
from portal.records.listing import Listing
from portal.records.models import State
from portal.records.reads import key_of, key_of_naming, noting
from portal.records.templatetags.records import numbers_of
from tests.factories import draft, published, unpublished

pytestmark = pytest.mark.django_db
SIZES = (1, 2, 3, 5, 50)


def standing(kind, each: list[dict]) -> list:
    """Public rows that nobody has just published, named so that names decide against identities."""
    rows = [draft(kind, state=State.PUBLISHED, **given) for given in each]
    for place, row in enumerate(rows):
        row.pk = f"{len(rows) - place:032x}"
    kind.objects.bulk_create(rows)
    return list(kind.objects.published())


def of(kind) -> Listing:
    return Listing(kind.objects.published().for_list())


def by_pages(listing: Listing, size: int) -> list[list]:
    return [list(page) for page in Paginator(listing, size)]


def cut(records: list, size: int) -> list[list]:
    return [records[start : start + size] for start in range(0, len(records), size)]


@pytest.mark.parametrize("size", SIZES)
def test_the_groups_of_a_choice_stand_in_its_order_however_the_list_is_cut(size):
    levels = list(Level)[::-1]
    records = standing(
        Actor, [{"level": levels[n % 3], "position": n % 2, "title": name(n)} for n in range(13)]
    )
    unpublished(Actor)
    order = [value for value, _label in Level.choices]
    expected = sorted(
        records, key=lambda each: (order.index(each.level), each.position, sort_key(str(each)))
    )

    listing = of(Actor)

    assert by_pages(listing, size) == cut(expected, size)
    assert [value for value, _label in listing.choices] == [v for v in order if v in levels[:3]]
    assert len(listing) == len(expected) == 13
    chosen = listing.only(levels[0])
    assert by_pages(chosen, size) == cut([e for e in expected if e.level == levels[0]], size)


def name(number: int) -> dict[str, str]:
    return dict.fromkeys(codes(), f"{'Éeè'[number % 3]}té {number * 7 % 13}")


@pytest.mark.parametrize("size", SIZES)
def test_the_groups_of_a_key_stand_in_the_order_of_what_it_leads_to(size):
    packages = [published(MeasurePackage, position=place) for place in (2, 1, 1)]
    records = standing(
        Measure, [{"package": packages[n % 3], "title": name(n), "number": n} for n in range(7)]
    )
    expected = sorted(
        records,
        key=lambda each: (each.package.position, each.package.pk, sort_key(str(each))),
    )

    listing = of(Measure)

    assert by_pages(listing, size) == cut(expected, size)
    groups = [label for label, _members in listing.grouped(expected)]
    assert groups == sorted(packages, key=lambda each: (each.position, each.pk))
    assert listing.choices == []


def test_a_list_depends_on_its_kind_and_on_what_orders_its_groups():
    one, other = (published(MeasurePackage, position=place) for place in (1, 2))
    standing(Measure, [{"package": one}, {"package": other}])

    with noting() as read:
        first = of(Measure)[0:1]

    assert first[0].package == one
    named = {key_of_naming(each.pk) for each in (one, *first)}
    assert read == {"measure", *(key_of(each.pk) for each in (one, other)), *named}


def test_an_empty_list_has_one_empty_page():
    assert by_pages(of(Actor), 50) == by_pages(of(Objective), 50) == [[]]


def test_of_a_long_list_one_page_is_read(django_assert_num_queries):
    standing(Objective, [{"title": name(n)} for n in range(60)])

    with noting() as read, django_assert_num_queries(3):
        page = Paginator(of(Objective), 10).page(4)
        found = list(page)

    assert len(found) == 10
    assert read == {"objective"}


@pytest.mark.only_on("sqlite")
def test_prepared_tables_are_read_by_what_is_asked_for_and_not_by_their_state():
    records = standing(Objective, [{"title": name(n)} for n in range(200)])
    some = Objective.objects.published().filter(pk__in=[each.pk for each in records[:15]])
    some = some.order_by()

    assert "state=?" in some.explain()
    learn_the_tables()
    assert "state=?" not in some.explain()
    assert "uuid=?" in some.explain()


def test_a_long_list_names_the_pages_that_are_near():
    pages = Paginator(range(1_000), 50)

    assert numbers_of(pages.page(10)) == [1, 2, "…", *range(7, 14), "…", 19, 20]
    assert numbers_of(Paginator(range(500), 50).page(10)) == [*range(1, 11)]
