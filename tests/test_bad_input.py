"""Whatever is asked: a page that says what is wrong, in the right language, and never a 500."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from policies.models import Plan
from portal.languages.texts import column
from portal.publishing.models import Revision
from tests.factories import published
from tests.publishing.desk import address as desk_address
from tests.publishing.desk import posted

pytestmark = pytest.mark.django_db

SENTENCES = {
    404: {
        "en": "This page does not exist.",
        "fr": "Cette page n’existe pas.",
        "nl": "Deze pagina bestaat niet.",
    },
    400: {
        "en": "This address is not complete or not correct.",
        "fr": "Cette adresse est incomplète ou incorrecte.",
        "nl": "Dit adres is onvolledig of onjuist.",
    },
}
NOT_FOUND = [
    pytest.param("/{}/plans/no-such-plan/", id="unknown-slug"),
    pytest.param("/{}/no-such-section/", id="unknown-section"),
    pytest.param("/{}/plans/plan r/", id="space"),
    pytest.param("/{}//plans/", id="doubled-slash"),
    pytest.param("/{}/./plans/", id="dot"),
    pytest.param("/{}/%2e%2e/admin/", id="dots"),
    pytest.param("/{}/plans/" + "x" * 1500 + "/", id="path-of-1500"),
    pytest.param("/{}/plans/%ff%fe/", id="broken-utf-8"),
    pytest.param("/{}/<script>alert(1)</script>/", id="markup"),
    pytest.param("/{}/plans/?page=0", id="page-0"),
    pytest.param("/{}/plans/?page=99999999999999999999", id="page-huge"),
    pytest.param("/{}/plans/?page=-1", id="page-negative"),
    pytest.param("/{}/plans/?page=x", id="page-word"),
    pytest.param("/{}/plans/?page=２", id="page-wide-digit"),
    pytest.param("/{}/plans/?page=2", id="page-past-the-end"),
    pytest.param("/{}/plans/?kind=no-such-kind", id="unknown-filter-value"),
]
BAD = [
    pytest.param("/{}/plans/?q=%00", id="nul-in-query"),
    pytest.param("/{}/plans/%00/", id="nul-in-path"),
    pytest.param("/{}/?" + "q" * 600, id="query-of-600"),
    pytest.param("/{}/?" + "&".join(f"a{n}=1" for n in range(12)), id="twelve-parameters"),
]
WORDS = {"en": "plans", "fr": "plans", "nl": "plannen"}


def of(address: str, language: str) -> str:
    return address.format(language).replace("/plans/", f"/{WORDS[language]}/")


def is_the_page(answer, status: int, languages: list[str]) -> None:
    html = answer.content.decode()
    assert answer.status_code == status
    said = [code for code, sentence in SENTENCES[status].items() if sentence in html]
    assert said == languages
    assert f'<html lang="{languages[0]}">' in html


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("address", NOT_FOUND)
def test_what_does_not_exist_is_a_404_in_the_language_of_the_address(client, address, language):
    is_the_page(client.get(of(address, language)), 404, [language])


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("address", BAD)
def test_what_is_malformed_is_a_400_in_the_language_of_the_address(client, address, language):
    is_the_page(client.get(of(address, language)), 400, [language])


@pytest.mark.parametrize(
    "address",
    [
        "/xx/plans/",
        "/plans/",
        "/de/",
        "/no-such-page/",
        "/id/not-a-uuid/",
        "/id/6b1f4d0e-58a5-4a3b-9d57-0d4c1f0a2b3c/",
        "/EN/plans/",
        "/en-gb/",
        "/.git/config",
        "/static/../manage.py",
        "/files/6b1f4d0e-58a5-4a3b-9d57-0d4c1f0a2b3c/a.pdf",
        "/index.php",
    ],
)
def test_without_a_language_the_page_speaks_all_three(client, address):
    is_the_page(client.get(address), 404, ["en", "fr", "nl"])


def test_the_word_of_another_language_is_not_an_address(client):
    published(Plan)

    assert client.get("/nl/plannen/").status_code == 200
    assert client.get("/nl/plans/").status_code == 404


def test_a_missing_slash_at_the_end_is_mended_on_this_site_alone(client):
    assert client.get("/en/plans")["Location"] == "/en/plans/"
    assert client.get("/", PATH_INFO="//evil.example").status_code == 404
    assert client.get("/", PATH_INFO="//evil.example/en/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/{}/<i>canary</i>/", "/{}/plans/?page=canary", "/{}/?canary=%00"]
)
def test_nothing_of_the_request_is_repeated(client, address):
    for language in ("en", "fr", "nl"):
        answer = client.get(
            of(address, language), headers={"User-Agent": "canary", "Referer": "canary"}
        )
        assert answer.status_code in (400, 404)
        assert "canary" not in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/en/", "/en/plans/", "/en/glossary/", "/"])
def test_a_public_page_is_only_read(client, method, address):
    answer = getattr(client, method)(address)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "This page can only be read." in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_and_not_repeated(client):
    answer = client.get("/en/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode() + str(answer.headers)


def test_a_language_that_the_site_does_not_speak_is_a_bad_request(client):
    is_the_page(client.get(f"/id/{published(Plan).pk}/?lang=xx"), 400, ["en", "fr", "nl"])


def test_a_form_without_its_token_is_refused_with_a_page_of_ours():
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/admin/login/", {"username": "x", "password": "y"})

    assert answer.status_code == 403
    assert "You may not open this page." in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/actors/actor/no-uuid/change/",
        "/admin/actors/actor/?p=99999999999999999999",
        "/admin/actors/actor/?language=xx",
        "/admin/actors/actor/?level__exact=nowhere",
        "/admin/actors/actor/?state__exact=%00",
        "/admin/actors/actor/?q=%00",
        "/admin/autocomplete/?term=%00&app_label=policies&model_name=plan&field_name=owners",
        "/admin/actors/actor/add/?parent=x",
        "/admin/no/such/",
    ],
)
@pytest.mark.ignore_template_errors
def test_bad_input_at_the_desk_is_refused_or_not_found(staff, address):
    assert staff.get(address).status_code in (200, 302, 400, 404)


@pytest.mark.ignore_template_errors
def test_a_cookie_with_a_nul_is_a_bad_request_at_the_desk_and_nothing_elsewhere(client):
    client.cookies.load({"sessionid": "x"})
    for address, status in (("/admin/login/", 400), ("/en/", 200)):
        answer = client.get(address, HTTP_COOKIE='sessionid="\\000aaaaaaaaaaaa"')
        assert answer.status_code == status


@pytest.mark.proof
@given(
    path=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    query=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    prefix=st.sampled_from(
        ["/", "/en/", "/fr/plans/", "/nl/plannen/", "/en/actors/?level=", "/id/"]
    ),
)
def test_no_address_at_all_makes_an_error_of_ours(client, path, query, prefix):
    """As a server hands it on: a client of Python's would refuse some of them itself."""
    asked, _, typed = (prefix + path).encode().decode("latin-1").partition("?")
    named = urlencode({"page": query, "level": query, "lang": query})
    sent = {"PATH_INFO": asked, "QUERY_STRING": f"{typed}&{named}"}
    answer = client.get("/", **sent)

    assert answer.status_code < 500


def test_more_text_than_can_be_sent_is_told_in_words_and_nothing_is_saved(staff):
    plan = published(Plan)
    typed = posted(staff, plan, **{column("body", "fr"): "x" * 1_100_000})

    answer = staff.post(desk_address(Plan, "change", plan.pk), typed)

    assert answer.status_code == 413
    assert "Nothing was saved. Go back: what you typed is still in the form." in (
        answer.content.decode()
    )
    assert Revision.objects.filter(record=plan.pk).count() == 1
