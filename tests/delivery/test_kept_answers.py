"""A page that is kept is answered as it was made, before anything behind it is asked."""

import gzip

import brotli
import pytest

from policies.models import Plan
from portal.delivery.headers import NOT_KEPT
from portal.delivery.wsgi import _is_for_us
from tests.delivery.front import Front
from tests.factories import published

pytestmark = pytest.mark.only_on("sqlite")  # what is kept asks neither database
HIT, MADE, LEFT = "portal; hit", "portal; fwd=miss; stored", "portal; fwd=miss"
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}
ADDRESS = "/en/plans/slug-kept/"


@pytest.fixture(autouse=True)
def plan(db) -> Plan:
    return published(Plan, slug={"en": "slug-kept"}, languages=["en"])


@pytest.fixture
def kept(front) -> Front:
    assert front.get(ADDRESS).how == MADE
    front.django.asked = 0
    return front


def test_it_asks_neither_django_nor_the_database(kept, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = kept.get(ADDRESS)

    assert (answer.status, answer.how, kept.django.asked) == (200, HIT, 0)


@pytest.mark.parametrize("coding", OPENED)
def test_it_says_what_was_said_when_it_was_made(front, coding):
    made = front.get(ADDRESS, accept_encoding=coding)
    kept = front.get(ADDRESS, accept_encoding=coding)

    assert OPENED[coding](kept.body) == front.alone(ADDRESS).body
    assert (kept.status, kept.body) == (made.status, made.body)
    assert (made.headers.pop("Cache-Status"), kept.headers.pop("Cache-Status")) == (MADE, HIT)
    assert kept.headers == made.headers


def test_its_headers_are_those_of_django_but_for_what_belongs_to_each_answer(kept):
    of_each = {"ETag", "Vary", "Content-Length", "Cache-Status"}
    mine, its = kept.get(ADDRESS).headers, kept.alone(ADDRESS).headers

    assert {k: v for k, v in mine.items() if k not in of_each} == {
        k: v for k, v in its.items() if k not in of_each
    }
    assert mine["Vary"] == "Accept-Encoding"
    assert mine["Content-Length"] == str(len(kept.get(ADDRESS).body))


def test_head_tells_the_same_without_the_body(front):
    made = front.get(ADDRESS, "HEAD")
    kept, whole = front.get(ADDRESS, "HEAD"), front.get(ADDRESS)

    assert (made.how, kept.how) == (MADE, HIT)
    assert (made.body, kept.body) == (b"", b"")
    assert kept.headers == whole.headers


def tags(front) -> dict[str, str]:
    return {c: front.get(ADDRESS, accept_encoding=c).headers["ETag"] for c in OPENED}


def test_every_coding_has_a_strong_tag_of_its_own(kept):
    found = tags(kept)

    assert len(set(found.values())) == len(OPENED)
    assert all(tag.startswith('"') for tag in found.values())


@pytest.mark.parametrize(
    "known", ["{}", "W/{}", '"other", {}', 'W/"a",W/{}', "*", ' "a"  ,  {} ', ' {}, "b"']
)
def test_whoever_has_it_already_gets_no_body(kept, known):
    tag = tags(kept)["identity"]
    answer = kept.get(ADDRESS, if_none_match=known.format(tag))

    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    assert {"Content-Length", "Content-Type", "Content-Encoding"} & {*answer.headers} == set()
    assert {"Vary", "Cache-Control", "Content-Security-Policy"} <= {*answer.headers}
    assert kept.get(ADDRESS, "HEAD", if_none_match=known.format(tag)).status == 304


@pytest.mark.parametrize("known", ["", '"other"', "{bare}", '"', "W/", ",", '"{bare}', "\x00"])
def test_whoever_has_something_else_gets_the_page(kept, known):
    bare = tags(kept)["identity"].strip('"')
    answer = kept.get(ADDRESS, if_none_match=known.format(bare=bare))

    assert (answer.status, len(answer.body) > 1000) == (200, True)


def test_the_tag_of_one_coding_is_never_the_answer_to_another(kept):
    found = tags(kept)
    answers = {
        (mine, other): kept.get(ADDRESS, accept_encoding=mine, if_none_match=found[other]).status
        for mine in OPENED
        for other in OPENED
    }

    assert answers == {(a, b): 304 if a == b else 200 for a in OPENED for b in OPENED}


def test_a_first_reader_who_has_the_page_from_before_a_restart_gets_no_body(front, store):
    tag = front.get(ADDRESS).headers["ETag"]
    store.empty(store.age)
    answer = front.get(ADDRESS, if_none_match=tag)

    assert (answer.status, answer.how, answer.body) == (304, MADE, b"")


@pytest.mark.parametrize(
    ("wanted", "status"),
    [("{}", 200), ("*", 200), ('"other"', 412), ("W/{}", 412), ('"other", {}', 200), ("", 200)],
)
def test_whoever_wants_a_certain_one_gets_no_other(kept, wanted, status):
    answer = kept.get(ADDRESS, if_match=wanted.format(tags(kept)["identity"]))

    assert answer.status == status
    assert (answer.headers["Cache-Control"] == "no-store") == (status == 412)
    assert bool(answer.body) == (status == 200)


@pytest.mark.parametrize(
    "asked",
    [
        {"if_modified_since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"if_unmodified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"range": "bytes=0-9"},
        {"range": "bytes=0-9", "if_range": '"other"'},
        {"accept_language": "nl"},
        {"cookie": "sessionid=abc; csrftoken=broken"},
        {"authorization": "Basic YTpi"},
        {"user_agent": ""},
    ],
)
def test_what_else_a_reader_sends_makes_no_difference(front, asked):
    """No page has a date of its own to compare with, and whole pages alone are kept."""
    with_it = front.get(ADDRESS, **asked)
    plain, again = front.get(ADDRESS), front.get(ADDRESS, **asked)

    assert (with_it.status, with_it.body, with_it.how) == (200, plain.body, MADE)
    assert again == plain
    assert "Set-Cookie" not in plain.headers
    assert "Last-Modified" not in plain.headers


def test_no_date_of_a_record_stands_for_the_date_of_a_page(front):
    address = "/en/changes/feed.atom"

    assert "Last-Modified" in front.alone(address).headers
    assert [front.get(address).how, front.get(address).how] == [MADE, HIT]
    assert "Last-Modified" not in front.get(address).headers


@pytest.mark.parametrize(
    ("method", "status"),
    [("POST", 405), ("PUT", 405), ("DELETE", 405), ("OPTIONS", 200), ("PURGE", 405), ("get", 200)],
)
def test_what_is_no_reading_goes_to_django(kept, method, status):
    answer = kept.get(ADDRESS, method)

    assert (answer.status, answer.how, kept.django.asked) == (status, NOT_KEPT, 1)


@pytest.mark.parametrize(
    "host", ["evil.example", "", "127.0.0.1:80a", "127.0.0.1, evil.example", "a b", "[::1", "."]
)
def test_a_host_that_is_not_ours_is_refused_by_django(kept, settings, host):
    for allowed in (["127.0.0.1"], ["*"]):
        settings.ALLOWED_HOSTS = allowed
        _is_for_us.cache_clear()
        mine = kept.get(ADDRESS, host=host)
        assert mine.how == (HIT if host == "evil.example" and allowed == ["*"] else NOT_KEPT), (
            allowed
        )
        assert mine.status == kept.alone(ADDRESS, host=host).status
    _is_for_us.cache_clear()


def test_over_plain_http_a_site_on_https_leads_there(kept, settings):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    _is_for_us.cache_clear()
    kept = Front(kept.store)  # whose security middleware has read these settings
    told = [{}, *({"x_forwarded_proto": each} for each in ("http", "", "http, https", "HTTPS"))]

    for headers in told:
        answer = kept.get(ADDRESS, **headers)
        assert (answer.status, answer.headers["Location"][:8]) == (301, "https://"), headers
    assert kept.get(ADDRESS, x_forwarded_proto="https").how == HIT
    assert kept.get(ADDRESS, x_forwarded_proto="https, http").how == HIT
    _is_for_us.cache_clear()
