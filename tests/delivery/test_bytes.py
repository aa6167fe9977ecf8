"""The first view fits the first flight of a connection: 14,000 bytes, whatever the language."""

import os
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from policies.models import Plan
from portal.content.loading import load
from portal.languages.texts import codes
from portal.records.kinds import page_kinds
from tests.factories import published

pytestmark = pytest.mark.django_db

FIRST_FLIGHT = 14_000
SHEETS = ("tokens", "base", "layout", "components", "utilities")  # print.css blocks nothing
CSS_LIMIT = 6_000
ON_THE_WIRE = 250  # what the real server adds: hashed names of files, Date, Connection


def compressed(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


def every_record_page() -> list[str]:
    return [
        record.address(code)
        for kind in page_kinds()
        for record in kind.objects.published()
        for code in codes()
    ]


def header_bytes(answer) -> int:
    return sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items()) + 30


@pytest.fixture(scope="module")
def css() -> int:
    sheets = (Path(finders.find(f"css/{name}.css")) for name in SHEETS)
    return sum(compressed(sheet.read_bytes()) for sheet in sheets)


def test_home_and_every_record_page_fit_the_first_flight(client, css):
    load()
    static_headers = 0
    for name in SHEETS:
        sheet = client.get(f"/static/css/{name}.css")
        sheet.getvalue()
        static_headers += header_bytes(sheet)
    sizes = {}
    for address in every_record_page():
        answer = client.get(address)
        sizes[address] = compressed(answer.content) + header_bytes(answer)

    heaviest = max(sizes, key=sizes.get)
    total = {page: size + css + static_headers + ON_THE_WIRE for page, size in sizes.items()}
    print(f"\ncss {css}, headers of its answers {static_headers}")
    print(f"heaviest page {heaviest} {sizes[heaviest]}")
    assert len(sizes) > 200
    assert {page: size for page, size in total.items() if size > FIRST_FLIGHT} == {}


def test_the_stylesheets_keep_their_budget(css):
    assert css <= CSS_LIMIT
    assert compressed(b"a { color: red }" * 3) < 60


def test_a_page_that_is_too_heavy_would_be_found(client):
    heavy = published(Plan, body=dict.fromkeys(codes(), os.urandom(FIRST_FLIGHT).hex()))

    assert compressed(client.get(heavy.address("en")).content) > FIRST_FLIGHT
