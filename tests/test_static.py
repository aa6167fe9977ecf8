"""Behind the real server: hashed static files, kept for ever, and pages that leave compressed."""

import re
import urllib.error
import urllib.request

import pytest

from tests.served import served


def ask(address: str, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("var")) as (site, said):
        yield site, said


def test_a_stylesheet_has_a_hashed_name_and_is_kept_for_ever(server):
    site, _said = server
    _status, _headers, page = ask(f"{site}/en/")
    sheet = re.search(rb'href="(/static/css/tokens\.[0-9a-f]{12}\.css)"', page)[1].decode()

    status, headers, _content = ask(site + sheet, Accept_Encoding="br")

    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["Content-Security-Policy"].endswith("sandbox")


def test_a_page_leaves_compressed_and_names_no_server_version(server):
    site, _said = server
    status, headers, _content = ask(f"{site}/nl/", Accept_Encoding="gzip, br")

    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert "ETag" in headers
    assert not re.search(r"\d", headers.get("Server", ""))


def test_the_founding_content_is_there_in_every_language(server):
    site, said = server

    assert re.search(r"[1-9]\d+ records published, 0 as in their files", said)
    for address in ("/en/plans/plan-r/", "/fr/plans/plan-r/", "/nl/plannen/plan-r/"):
        status, _headers, page = ask(site + address)
        assert status == 200
        assert b"Plan" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en//plans/", 404),
        ("//en/plans/", 404),
        ("/en/plans/%00/", 400),
        ("/%ff%fe/", 404),
        ("/en/plans/?page=%00", 400),
        ("/static/../manage.py", 404),
        ("/.git/HEAD", 404),
        ("/en/" + "x" * 1500 + "/", 404),
        ("/healthz/ready", 200),
    ],
)
def test_odd_requests_are_answered_by_the_real_server_too(server, path, status):
    site, _said = server

    assert ask(site + path)[0] == status
