"""The first view fits the first flight of a connection: 14,000 bytes, whatever the language."""

import os
from itertools import chain
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from hpack import Encoder

from policies.models import Plan
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from tests.factories import published

# the bytes of a page come from its template: one database is enough
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

FIRST_FLIGHT = 14_000
SHEETS = ("tokens", "base", "layout", "components", "utilities")  # print.css blocks nothing
CSS_LIMIT = 6_000
TIMELINE_LIMIT = 7_000
PICTURE_PAGE, PICTURE = 7_000, 6_000  # who does what, and its picture by itself
HEADERS = 2_000  # of its answers, and a little more
FRAMES = 2 * 9  # HTTP/2: one of headers and one of data for each answer
OF_THE_SERVER = {"date": "Wed, 25 Nov 2026 01:20:24 GMT", "content-encoding": "br"}


def compressed(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


def header_bytes(answers: list) -> int:
    """As nginx sends them over HTTP/2: shorter letters, and every header each time."""
    encoder = Encoder()
    encoder.header_table_size = 0  # nginx keeps no table
    return sum(len(encoder.encode(header_block(each))) + FRAMES for each in answers)


def header_block(answer) -> list[tuple[str, str]]:
    named = {name.lower(): value for name, value in answer.headers.items()}
    return [(":status", str(answer.status_code)), *{**named, **OF_THE_SERVER}.items()]


@pytest.fixture(scope="module")
def css() -> int:
    sheets = (Path(finders.find(f"css/{name}.css")) for name in SHEETS)
    return sum(compressed(sheet.read_bytes()) for sheet in sheets)


def test_home_and_every_record_page_fit_the_first_flight(client, css, whole_site):
    sheets = [client.get(f"/static/css/{name}.css") for name in SHEETS]
    for sheet in sheets:
        sheet.getvalue()
    total = {}
    for address in ["/en/", "/fr/", "/nl/", *chain(*whole_site.records.values())]:
        answer = whole_site.answers[address]
        total[address] = compressed(answer.content) + css + header_bytes([answer, *sheets])

    heaviest = max(total, key=total.get)
    page = compressed(whole_site.answers[heaviest].content)
    print(f"\nsheets {css}, headers {total[heaviest] - css - page}")
    print(f"heaviest {heaviest}: {page}, in all {total[heaviest]}")
    assert len(total) > 400
    assert {page: size for page, size in total.items() if size > FIRST_FLIGHT} == {}


def test_the_timeline_and_its_years_keep_their_budget(whole_site):
    weighed = {
        address: compressed(answer.content)
        for address, answer in whole_site.answers.items()
        if address.startswith(tuple(route_in("timeline", code) for code in codes()))
    }

    heaviest = max(weighed, key=weighed.get)
    print(f"\nheaviest {heaviest}: {weighed[heaviest]}")
    assert len(weighed) > 3 * 17
    assert weighed[heaviest] <= TIMELINE_LIMIT


def test_the_stylesheets_keep_their_budget(css):
    assert css <= CSS_LIMIT
    assert compressed(b"a { color: red }" * 3) < 60


@pytest.mark.parametrize("code", codes())
def test_who_does_what_and_its_picture_keep_their_budgets(css, whole_site, code):
    page = whole_site.answers[route_in("who-does-what", code)]
    file = whole_site.answers[route_in("who-does-what-picture", code)]
    within = page.content.partition(b'<svg class="net"')[2].partition(b"</svg>")[0]
    sizes = [compressed(each) for each in (page.content, within, file.content)]

    sheet = compressed(Path(finders.find("css/who-does-what.css")).read_bytes())
    print(f"\n{code}: sheet {sheet}, page {sizes[0]}, picture in it {sizes[1]}, file {sizes[2]}")
    assert sizes[0] <= PICTURE_PAGE
    assert sizes[0] + sheet + css <= FIRST_FLIGHT - HEADERS
    assert 0 < min(sizes) <= max(sizes[1:]) <= PICTURE


def test_a_page_that_is_too_heavy_would_be_found(client):
    heavy = published(Plan, body=dict.fromkeys(codes(), os.urandom(FIRST_FLIGHT).hex()))

    assert compressed(client.get(heavy.address("en")).content) > FIRST_FLIGHT
