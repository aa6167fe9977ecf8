"""The founding content as a database orders it."""

from portal.languages.sorting import sort_key
from portal.languages.texts import codes


def test_every_kind_stands_in_every_language_as_its_names_sort(whole_site):
    orders = whole_site.in_order
    sorted_here = {
        at: sorted(found, key=lambda each: (each[0], sort_key(each[1])))
        for at, found in orders.items()
    }

    assert orders == sorted_here
    assert {code for _kind, code in orders} == {*codes()}
    assert sum(map(len, orders.values())) > 400
