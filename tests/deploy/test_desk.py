"""The desk behind nginx: on its own listener, with its own application, on the same pages."""

import re
import ssl
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.deploy.asking import HOST, Answer, Server
from tests.deploy.machine import DESK, Machine
from tests.deploy.processes import running
from tests.deploy.test_refusals import raw

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def desk(machine) -> Iterator[Machine]:
    with running(machine.desk):
        yield machine


def signing_in(desk: Machine, whose: str = "127.0.0.2", **headers: str) -> Answer:
    """A wrong password in a form that is otherwise right."""
    form = desk.at_the_desk.ask("/admin/login/", whose=whose)
    assert form.status == 200, form
    cookie = form.headers["set-cookie"].partition(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', form.body)[1].decode()
    fields = {"csrfmiddlewaretoken": token, "username": "nobody", "password": "a wrong one"}
    return desk.at_the_desk.ask(
        "/admin/login/",
        "POST",
        whose=whose,
        body=(body := urlencode(fields).encode()),
        Cookie=cookie,
        Origin=f"https://{DESK}",
        Content_Type="application/x-www-form-urlencoded",
        Content_Length=str(len(body)),
        **headers,
    )


def test_forms_reach_the_desk_whatever_else_a_browser_sends(desk):
    answer = signing_in(desk, X_Forwarded_Host="evil.example", X_Forwarded_Proto="http")

    assert (answer.status, b"evil" in answer.body) == (200, False)
    assert "no-store" in answer.headers["cache-control"]
    form = desk.at_the_desk.ask("/admin/login/")
    assert form.headers["set-cookie"].startswith("__Host-csrftoken=")
    assert "script-src 'self'" in form.headers["content-security-policy"]
    assert "server" not in form.headers


def test_who_tries_many_passwords_is_asked_to_wait(desk):
    tries = [desk.at_the_desk.ask("/admin/login/", "POST", whose="127.0.0.254") for _ in range(30)]

    assert [answer.status for answer in tries[-5:]] == [429] * 5
    assert tries[-1].body == desk.error_page(429, None)
    assert desk.at_the_desk.ask("/admin/login/", whose="127.0.0.3").status == 200


def test_the_desk_keeps_the_pages_that_readers_get(desk):
    current = desk.var / "pages" / "current"
    stores = [path for path in (desk.var / "pages").iterdir() if not path.is_symlink()]

    assert [current.resolve()] == stores
    page = desk.site["pages"][1]
    assert desk.at_the_desk.ask(page).body == desk.front.ask(page).body


def test_the_desk_is_not_where_readers_are(desk):
    for address in ("/admin/", "/admin/login/", "/styleguide/"):
        answer = desk.front.ask(address)
        assert (answer.status, "set-cookie" in answer.headers) == (404, False), address
    assert desk.at_the_desk.ask("/healthz/live").status == 404


def test_at_the_desk_another_host_gets_no_answer_not_even_that_of_the_site(desk):
    for host in (HOST, "evil.example", "127.0.0.1"):
        assert desk.at_the_desk.ask_raw(raw("/admin/login/", host=host)) == b"", host
    reader = Server(desk.at_the_desk.port, desk.front.certificate)
    with pytest.raises(ssl.SSLError):
        reader.ask("/en/")
    assert desk.at_the_desk.ask_raw(raw("/admin/login/", host=DESK)).startswith(b"HTTP/1.1 200 ")
