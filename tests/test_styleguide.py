"""The style guide: every component of the public pages, for staff and for development alone."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.languages.texts import codes
from portal.records.kinds import kinds
from portal.records.models import Address
from portal.staff.models import Account
from tests.growth import multiply
from tests.pages_of_the_site import every_page, fill
from tests.reading import read, words
from tests.test_settings import GOOD, ask, manage

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]  # it shows no row

CSS = Path(__file__).resolve().parent.parent / "portal" / "static" / "css"
SHEETS = ("components.css", "lists.css", "who-does-what.css")
STAFF_COOKIES = {"sessionid", "csrftoken"}
TITLES = {
    "en": "Every component of the public pages",
    "fr": "Tous les éléments des pages publiques",
    "nl": "Alle onderdelen van de openbare pagina’s",
}


def classes_in(css: str) -> set[str]:
    """Every class that a rule is about; a comment and a value hold none."""
    rules = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    heads = re.findall(r"([^{};]+)\{", rules)
    return {name for head in heads for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", head)}


def classes_on(document) -> set[str]:
    return {name for element in document.iter() for name in (element.get("class") or "").split()}


@pytest.mark.parametrize("code", codes())
def test_every_class_of_the_components_stands_on_it_in_every_language(staff, code):
    classes = classes_in("".join((CSS / name).read_text("utf-8") for name in SHEETS))
    shown = classes_on(read(staff, f"/styleguide/?lang={code}"))

    assert len(classes) > 80
    assert classes - shown == set()


def test_a_class_that_does_not_stand_on_it_is_found(staff):
    planted = (
        "@media (min-width: 37.5rem) { .tag:not(.planted--x) > p, a.planted { top: 0.5rem; } }"
    )

    classes = classes_in(f"/* .comment {{ }} */ {planted}")

    assert classes == {"tag", "planted--x", "planted"}
    assert classes - classes_on(read(staff, "/styleguide/")) == {"planted--x", "planted"}


@pytest.mark.parametrize("code", codes())
def test_it_speaks_the_language_asked_for(staff, code):
    document = read(staff, f"/styleguide/?lang={code}")

    assert document.get("lang") == code
    assert staff.get(f"/styleguide/?lang={code}")["Content-Language"] == code
    assert words(next(document.iter("h1"))) == TITLES[code]


@pytest.mark.parametrize("asked", ["", "?lang=", "?lang=de", "?lang=EN", "?lang=<b>"])
def test_without_a_language_of_the_site_it_speaks_that_of_the_account(staff, administrator, asked):
    administrator.language = "nl"
    administrator.save()

    assert read(staff, f"/styleguide/{asked}").get("lang") == "nl"


def test_the_language_of_one_answer_is_not_left_for_the_next(staff):
    read(staff, "/styleguide/?lang=fr")

    assert read(staff, "/styleguide/").get("lang") == "en"
    assert read(staff, "/").get("lang") == "en"


def test_readers_get_the_page_of_an_unknown_address_and_no_cookie(client):
    answer, unknown = client.get("/styleguide/"), client.get("/no-such-page")

    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert b"This page does not exist." in answer.content
    assert b"life__day" not in answer.content
    assert not answer.cookies


def test_an_account_without_the_desk_is_a_reader(client):
    reader = Account.objects.create_user("reader", is_staff=False)
    client.force_login(reader)

    assert client.get("/styleguide/").status_code == 404
    Account.objects.filter(pk=reader.pk).update(is_staff=True)
    assert client.get("/styleguide/").status_code == 200


def test_in_development_it_needs_no_account(client, settings):
    settings.DEBUG = True
    answer = client.get("/styleguide/")

    assert answer.status_code == 200
    assert not answer.cookies


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> dict[str, str]:
    """The environment of a portal of its own, with the static files that a page names."""
    here = {"PORTAL_VAR": str(tmp_path_factory.mktemp("var")), "ALLOWED_HOSTS": "testserver"}
    collected = manage("collectstatic", "--noinput", **here)
    assert collected.returncode == 0, collected.stderr
    return here


@pytest.mark.parametrize(
    ("environment", "status"),
    [
        pytest.param({}, "404", id="trial"),
        pytest.param({"PORTAL_DEBUG": "1"}, "200", id="development"),
        pytest.param({"PORTAL_DEBUG": "1", "PUBLIC_ONLY": "1"}, "404", id="public-node"),
    ],
)
def test_only_development_shows_it_to_everyone_and_a_public_node_has_none(
    place, environment, status
):
    assert ask("/styleguide/", **place, **environment).startswith(status)


def test_in_production_readers_find_nothing(place):
    here = GOOD | place | {"PORTAL_BEHIND_PROXY": "1"}
    answer = ask("/styleguide/", "('X-Forwarded-Proto', 'https')", **here)

    assert answer.startswith("404")
    assert "Set-Cookie" not in answer


def test_it_is_kept_by_no_cache_and_by_no_search_engine(staff):
    answer = staff.get("/styleguide/")
    document = read(staff, "/styleguide/")
    robots = [m.get("content") for m in document.iter("meta") if m.get("name") == "robots"]

    assert answer["Cache-Control"] == "no-store"
    assert robots == ["noindex"]


def test_it_stands_on_no_public_page_and_in_no_sitemap(client):
    fill()
    pages = [page.address for page in every_page()]
    found = [page for page in [*pages, "/sitemap.xml"] if b"styleguide" in client.get(page).content]

    assert len(pages) > 70
    assert found == []


def test_it_writes_nothing_and_sets_no_cookie_of_its_own(staff):
    before = [kind.objects.count() for kind in kinds()], Address.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = staff.get("/styleguide/?lang=nl")
    writing = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "(SELECT"))]

    assert [sql for sql in writing if "django_session" not in sql and "SAVEPOINT" not in sql] == []
    assert ([kind.objects.count() for kind in kinds()], Address.objects.count()) == before
    assert set(answer.cookies) <= STAFF_COOKIES


def test_its_records_are_in_no_database(staff):
    document = read(staff, "/styleguide/")
    (permanent,) = {words(e) for e in document.iter("code") if "/id/" in words(e)}
    address = permanent[permanent.index("/id/") :]

    assert staff.get(address).status_code == 404


def test_it_costs_the_same_however_much_there_is(staff):
    counts = []
    for grow in (fill, lambda: multiply(30)):
        grow()
        with CaptureQueriesContext(connection) as queries:
            assert staff.get("/styleguide/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_it_is_read_and_not_written_to(staff):
    assert staff.post("/styleguide/", {}).status_code == 405
