"""Whatever a reader's program says that it accepts, it gets the page in a coding that it allows."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.delivery.negotiation import LONGEST, coding_for
from portal.delivery.page import CODINGS, Page, head_of, page_from
from tests.factories import published

OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}

NAMED = {
    None: "identity",
    "": "identity",
    "br": "br",
    "BR": "br",
    "gzip": "gzip",
    "x-gzip": "gzip",
    "X-GZip;q=0.5": "gzip",
    "gzip, deflate, br": "br",
    "gzip,deflate,br,zstd": "br",
    "deflate, zstd, compress": "identity",
    "*": "br",
    "*;q=0": "identity",
    "*;q=0, identity": "identity",
    "*;q=0.1, br;q=0": "gzip",
    "br;q=0, gzip;q=0": "identity",
    "br;q=0.0, gzip;q=0.000, *": "identity",
    "br;q=0, *": "gzip",
    "gzip;q=1.0, br;q=0.1": "br",
    "gzip;q=0.001": "gzip",
    " gzip ; q=1 , br ; q=0 ": "gzip",
    "gzip;Q=1,br;Q=0": "gzip",
    "br;q=1.": "br",
    "identity": "identity",
    "identity;q=0": "identity",
    "identity;q=0, br": "br",
    "identity;q=0, *;q=0": "identity",
    "br;q=2": "identity",
    "br;q=-1": "identity",
    "br;q=x": "identity",
    "br;q=": "identity",
    "br;q": "identity",
    "br;level=5": "identity",
    "br gzip": "identity",
    "br;gzip": "identity",
    "br,,gzip": "br",
    ",": "identity",
    ",,,br": "br",
    ";": "identity",
    ";q=1": "identity",
    "b\u0433": "identity",
    "br\x00": "identity",
    "br\tq": "identity",
    "\tbr\t": "br",
    "br" + "r" * 50: "identity",
    "x," * LONGEST + "br": "identity",
    "br," + "y" * LONGEST: "identity",
    "gzip, gzip;q=0": "identity",
    "gzip;q=0, x-gzip": "identity",
    "%62r": "identity",
    '"br"': "identity",
}


@pytest.mark.parametrize("accepted", NAMED)
def test_of_every_form_the_best_that_is_allowed_is_taken(accepted):
    assert coding_for(accepted) == NAMED[accepted]


WORDS = st.sampled_from(["br", "gzip", "identity", "*", "x-gzip", "deflate", "", "BR", "br\x00"])
WEIGHTS = st.sampled_from(["", ";q=0", ";q=1", ";q=0.000", ";q=.5", ";q=1.5", "; Q=0.2", ";x=1"])
PARTS = st.tuples(WORDS, WEIGHTS, st.sampled_from(["", " ", "\t"])).map("".join)


@given(st.lists(PARTS, max_size=6).map(",".join) | st.text(max_size=40))
def test_no_form_is_answered_in_a_coding_that_it_does_not_name(accepted):
    coding = coding_for(accepted)
    named = [each.strip().lower() for each in accepted.split(",")]

    assert coding in CODINGS
    if coding != "identity":
        wanted = {coding, "*", *(["x-gzip"] if coding == "gzip" else [])}
        assert any(each.partition(";")[0].strip() in wanted for each in named)
        assert f"{coding};q=0" not in named


@pytest.mark.only_on("sqlite")
def test_every_form_gets_the_same_page(front, db):
    address = published_address()
    plain = front.alone(address).body
    for accepted, coding in NAMED.items():
        answer = front.get(address, **({} if accepted is None else {"accept_encoding": accepted}))
        assert OPENED[coding](answer.body) == plain, accepted
        assert answer.headers.get("Content-Encoding", "identity") == coding
        assert answer.headers["Vary"] == "Accept-Encoding"

    assert len(NAMED) > 40


def published_address() -> str:
    from policies.models import Plan

    return published(Plan, languages=["en"]).address("en")


@given(st.binary(max_size=300), st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9))))
def test_a_page_comes_back_from_the_disk_as_it_went_there_and_a_damaged_one_does_not(body, headers):
    page = Page.made(headers, body)
    for coding in CODINGS:
        assert OPENED[coding](page.bodies[coding]) == body
        back = page_from(head_of(page), page.bodies[coding], coding)
        assert (back.headers, back.bodies) == (headers, {coding: page.bodies[coding]})
        assert back.digests == {coding: page.digests[coding]}
        for damaged in (page.bodies[coding] + b"x", page.bodies[coding][1:] + b"xx"):
            assert page_from(head_of(page), damaged, coding) is None


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_head_in_which_a_byte_is_another_is_read_as_it_was_or_not_at_all(place, change):
    page = Page.made([("Content-Type", "text/html"), ("Cache-Control", "public")], b"words")
    head = bytearray(head_of(page))
    head[place % len(head)] ^= change
    back = page_from(bytes(head), b"words", "identity")

    assert back is None or (back.headers, back.digests["identity"]) == (
        page.headers,
        page.digests["identity"],
    )


@given(st.binary(max_size=60) | st.sampled_from([b"[]", b"{}", b"null", b'{"digests": 5}']))
def test_no_damaged_head_is_read_as_a_page(head):
    assert page_from(head, b"", "identity") is None
