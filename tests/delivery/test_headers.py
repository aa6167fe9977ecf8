"""Every response carries the header set, whoever made it, and no public page a cookie."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.pages_of_the_site import every_page, fill

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def directives(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


ANSWERS = [
    pytest.param("/en/", 200, id="page"),
    pytest.param("/", 200, id="language-choice"),
    pytest.param("/en/plans", 301, id="redirect"),
    pytest.param("/en/no-such/", 404, id="not-found"),
    pytest.param("/en/?a=%00", 400, id="bad-request"),
    pytest.param("/static/css/tokens.css", 200, id="static"),
    pytest.param("/admin/", 302, id="desk"),
    pytest.param("/admin/login/", 200, id="login"),
    pytest.param("/sitemap.xml", 200, id="sitemap"),
    pytest.param("/healthz/live", 200, id="health"),
]


@pytest.mark.parametrize(("address", "status"), ANSWERS)
@pytest.mark.ignore_template_errors
def test_every_answer_carries_the_header_set(client, address, status):
    answer = client.get(address)
    answer.getvalue()  # read to its end, as a browser does

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert directives(answer)["default-src"] == "'none'"
    assert "Permissions-Policy" in answer.headers
    assert "Strict-Transport-Security" not in answer.headers  # plain http: the trial
    assert "Server" not in answer.headers


def test_a_bad_host_is_refused_with_the_same_headers(client):
    answer = client.get("/en/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_over_https_the_transport_is_bound(client, settings):
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 63072000
    answer = client.get("/en/no-such/", secure=True)

    assert answer["Strict-Transport-Security"] == "max-age=63072000"
    assert "upgrade-insecure-requests" in directives(answer)
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    assert (
        Client()
        .get("/en/", secure=True)["Strict-Transport-Security"]
        .endswith("; includeSubDomains; preload")
    )


def test_public_pages_run_no_script_and_the_desk_its_own_alone(client):
    public, desk = client.get("/en/"), client.get("/admin/")

    assert directives(public)["script-src"] == "'none'"
    assert (directives(desk)["script-src"], directives(desk)["connect-src"]) == ("'self'", "'self'")
    sheet = client.get("/static/css/tokens.css")
    sheet.getvalue()
    assert directives(sheet)["sandbox"] == ""


@pytest.mark.only_on("sqlite")  # cookies come from no database
def test_no_public_page_sets_a_cookie_or_depends_on_one(client, django_assert_max_num_queries):
    fill()
    pages = every_page()
    for page in pages:
        answer = client.get(page.address)
        assert answer.cookies == {}, page
        assert "Cookie" not in answer.headers.get("Vary", ""), page

    assert len(pages) > 70


@pytest.mark.parametrize("cookies", ["a session", "a broken form token"])
def test_no_public_page_reads_or_answers_a_cookie_that_comes_along(
    staff, cookies, django_assert_num_queries
):
    if cookies == "a broken form token":
        staff.cookies["csrftoken"] = "broken"
    for address in ("/en/", "/robots.txt", "/fr/plans/", "/nl/no-such/"):
        answer = staff.get(address)
        assert answer.cookies == {}, address
        assert "ookie" not in answer.headers.get("Vary", ""), address
    with django_assert_num_queries(0):
        staff.get("/robots.txt")


@pytest.mark.parametrize("address", ["/healthz/live", "/healthz/ready"])
def test_health_is_kept_by_nobody(client, address):
    answer = client.get(address)

    assert answer["Cache-Control"] == "no-store"
    assert "CDN-Cache-Control" not in answer.headers


def test_health_answers_the_machine_alone(client):
    assert client.get("/healthz/ready", REMOTE_ADDR="192.0.2.1").status_code == 404
    assert client.get("/healthz/ready", REMOTE_ADDR="::1").status_code == 200


@pytest.mark.ignore_template_errors
def test_no_refusal_at_the_desk_is_kept(client):
    for address in ("/admin/no/such/", "/admin/password/x/y/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_public_pages_may_be_kept_and_the_desk_may_not(client):
    assert client.get("/en/")["Cache-Control"] == (
        "public, max-age=60, s-maxage=300, stale-while-revalidate=60, stale-if-error=86400"
    )
    assert client.get("/en/")["CDN-Cache-Control"].startswith("max-age=300")
    assert "no-store" in client.get("/admin/")["Cache-Control"]
    assert "no-store" in client.get("/admin/css/x.css")["Cache-Control"]


def test_a_page_that_did_not_change_is_answered_with_304(client):
    first = client.get("/en/")

    again = client.get("/en/", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_page_leaves_compressed_and_still_answers_304(client, coding):
    fill()
    first = client.get("/en/plans/", headers={"Accept-Encoding": coding})

    assert first["Content-Encoding"] == coding
    assert "accept-encoding" in first["Vary"].lower()
    again = client.get(
        "/en/plans/", headers={"Accept-Encoding": coding, "If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304


def test_the_stylesheets_exist():
    assert all(
        finders.find(f"css/{name}.css") for name in ("tokens", "base", "layout", "components")
    )
