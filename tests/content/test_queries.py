"""No page of the founding content asks the database more often than a page may."""

import pytest

from portal.languages.alternates import route_in
from portal.languages.texts import codes

# how often a page asks is decided in Python: one database is enough
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


def test_no_page_of_the_founding_content_asks_more_than_twelve_times(whole_site):
    addresses = {*whole_site.every_address, *(route_in("home", code) for code in codes())}
    addresses |= {address for records in whole_site.records.values() for address in records}
    asked = {address: whole_site.answers[address].queries for address in addresses}

    assert {page: number for page, number in asked.items() if number > 12} == {}
    assert len(asked) > 400
    assert min(asked[address] for address in asked if address != "/") > 0
