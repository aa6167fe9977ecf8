"""While the database is away every page says so, in its language, and when to come back."""

import pytest
from django.db import InterfaceError, OperationalError, connection

from portal.languages.alternates import route_in
from portal.languages.texts import codes
from tests.pages_of_the_site import every_page, fill

pytestmark = pytest.mark.django_db

SENTENCES = {
    "en": "This page cannot be shown at the moment.",
    "fr": "Cette page ne peut pas être affichée pour l’instant.",
    "nl": "Deze pagina kan op dit moment niet worden getoond.",
}


@pytest.fixture(params=[OperationalError, InterfaceError])
def away(request):
    """Every query fails, as when the server has gone."""

    def refuse(execute, sql, params, many, context):
        raise request.param("the server closed the connection")

    def begin():
        return connection.execute_wrapper(refuse)

    return begin


def test_a_search_is_a_503_too_and_the_form_still_answers(client, away):
    with away():
        asked = {code: client.get(route_in("search", code), {"q": "plan"}) for code in codes()}
        form = client.get(route_in("search", "en"))

    assert {code: answer.status_code for code, answer in asked.items()} == dict.fromkeys(
        codes(), 503
    )
    assert {answer["Retry-After"] for answer in asked.values()} == {"10"}
    assert {answer["Cache-Control"] for answer in asked.values()} == {"no-store"}
    assert (form.status_code, form["Cache-Control"]) == (200, "no-store")


def test_a_content_page_is_a_503_in_the_language_of_its_address(client, away):
    fill()
    pages = [page for page in every_page() if page.language]

    with away():
        for page in pages:
            answer = client.get(page.address)
            assert answer.status_code == 503, page
            assert answer["Retry-After"] == "10"
            assert answer["Cache-Control"] == "no-store"
            assert SENTENCES[page.language] in answer.content.decode()
    assert len(pages) > 70


def test_what_needs_no_database_still_answers(client, away):
    with away():
        assert client.get("/").status_code == 200
        assert client.get("/robots.txt").status_code == 200
        assert client.get("/healthz/live").status_code == 200
        assert client.get("/nl/a/b/c/d/").status_code == 404


def test_readiness_is_red_and_comes_back(client, away):
    with away():
        answer = client.get("/healthz/ready")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")

    assert client.get("/healthz/ready").status_code == 200


def test_the_desk_says_so_too(staff, away):
    staff.raise_request_exception = False  # as the real server: the answer counts
    with away():
        assert staff.get("/admin/").status_code == 503
