"""The page of who does what: its rows, its filters, its gaps, and the ways that lead there."""

from urllib.parse import parse_qs, urlsplit

import pytest

from actors.enums import Level
from actors.models import Actor
from policies.models import Instrument, Plan, Responsibility
from portal.languages.alternates import route_in
from portal.languages.texts import codes, column
from tests.factories import published
from tests.policies.drawn import drawn, picture_of, rows, told
from tests.policies.filled import PAGE, PICTURE, TABLE, fill
from tests.reading import links, read, words

pytestmark = pytest.mark.django_db


def actors_on(client, query: str = "", code: str = "en") -> int:
    return len(rows(read(client, route_in("who-does-what", code) + query)))


def by_id(document, name: str):
    return next(element for element in document.iter() if element.get("id") == name)


def test_a_row_leads_to_the_actor_and_to_the_subject_and_says_what_exactly(client):
    row = published(Responsibility, added_reference=True, sources="A | https://example.org/a")
    (found,) = rows(read(client, PAGE))

    assert [a.get("href") for cell in found for a in cell.iter("a")] == [
        row.actor.address("en"),
        "https://example.org/a",
        row.plan.address("en"),
    ]
    assert words(found[1]) == "Coordinates"
    sentence = getattr(row, column("sentence", "en"))
    assert words(found[2]) == f"{sentence} Added reference · A"


def test_a_key_from_elsewhere_leads_to_the_sources_of_its_record(client):
    text = published(
        Instrument, adopted_by=published(Actor), added_reference=True, sources="A | https://a.eu/"
    )
    (found,) = rows(read(client, PAGE))

    assert words(found[2]) == "Added reference · Sources"
    assert next(found[2].iter("a")).get("href") == f"{text.address('en')}#sources"
    assert by_id(read(client, text.address("en")), "sources") is not None


def test_filters_combine_and_the_count_is_in_words(client):
    purpose = fill()["purpose"].slug_in("en")

    assert actors_on(client) == 8
    assert actors_on(client, "?level=federal") == 6
    assert actors_on(client, "?level=federal&role=coordinates") == 2
    assert actors_on(client, f"?purpose={purpose}") == 2
    assert actors_on(client, f"?level=local&role=sets&purpose={purpose}") == 1
    assert actors_on(client, "?level=&role=&purpose=none") == 6
    chosen = read(client, f"{PAGE}?level=federal&role=coordinates")
    assert "2 of 8 shown" in words(by_id(chosen, "table"))


def test_a_choice_is_taken_back_by_its_own_link(client):
    fill()
    document = read(client, f"{PAGE}?level=federal&role=coordinates")
    table = by_id(document, "table")
    back = {
        words(a): a.get("href") for a in table.iter("a") if (a.get("href") or "").startswith(PAGE)
    }

    assert back == {
        "Show all": PAGE,
        "Without the choice “Federal”": f"{PAGE}?role=coordinates",
        "Without the choice “coordinates”": f"{PAGE}?level=federal",
    }
    assert [o.get("value") for o in table.iter("option") if o.get("selected") is not None] == [
        "federal",
        "coordinates",
    ]


@pytest.mark.parametrize("address", [PAGE, PICTURE, TABLE])
def test_a_value_that_no_row_has_does_not_exist(client, address):
    fill()
    queries = ["level=nowhere", "role=no-such", "purpose=no-such", "level=international"]
    queries += ["level=Federal"]

    assert client.get(address).status_code == 200
    assert {q: client.get(f"{address}?{q}").status_code for q in queries} == dict.fromkeys(
        queries, 404
    )


def test_a_choice_that_nothing_fits_says_so_and_leads_on(client):
    fill()
    document = read(client, f"{PAGE}?level=local&role=reports")
    table = by_id(document, "table")

    assert "No responsibility on record fits this choice." in words(table)
    assert PAGE in [a.get("href") for a in table.iter("a")]
    assert (rows(document), picture_of(document)) == ([], None)
    assert client.get(f"{PICTURE}?level=local&role=reports").status_code == 404


def test_without_anything_on_record_the_page_says_so(client):
    document = read(client, PAGE)

    assert "No responsibilities are listed here." in words(document)
    assert (rows(document), picture_of(document)) == ([], None)
    assert client.get(PICTURE).status_code == 404
    assert len(client.get(TABLE).content.decode().splitlines()) == 1


def test_another_language_keeps_the_choice_in_its_own_words(client):
    purpose = fill()["purpose"]
    for code in codes():
        chosen = f"?level=local&purpose={purpose.slug_in(code)}"
        document = read(client, route_in("who-does-what", code) + chosen)
        switcher = next(e for e in document.iter("nav") if e.get("data-languages") is not None)
        offered = {a.get("hreflang"): a.get("href") for a in switcher.iter("a")}
        assert len(offered) == len(codes()) - 1
        for other, address in offered.items():
            assert parse_qs(urlsplit(address).query)["purpose"] == [purpose.slug_in(other)]
            assert len(rows(read(client, address))) == 1


def test_a_chosen_page_names_the_whole_one_as_its_address(client, settings):
    fill()
    document = read(client, f"{PAGE}?level=federal")

    assert links(document, rel="canonical") == {"canonical": settings.PORTAL_ORIGIN + PAGE}
    found = links(document, rel="alternate")
    assert {code: found[code] for code in codes()} == {
        code: settings.PORTAL_ORIGIN + route_in("who-does-what", code) for code in codes()
    }


def test_a_count_of_the_matrix_leads_to_as_many_rows(client):
    fill()
    matrix = next(e for e in read(client, PAGE).iter("table") if e.get("class") == "matrix")
    counts = [(words(a), a.get("href")) for td in matrix.iter("td") for a in td.iter("a")]
    empty = [td for td in matrix.iter("td") if not list(td.iter("a"))]

    assert [int(count) for count, _address in counts] == [1, 1, 5, 1]
    assert [len(rows(read(client, address))) for _count, address in counts] == [1, 1, 5, 1]
    assert {words(td) for td in empty} == {"– nothing on record"}
    assert len(counts) + len(empty) == 2 * len(Level)


def test_every_line_is_a_row_of_the_table_beside_it(client):
    fill()
    document = read(client, PAGE)

    assert drawn(picture_of(document)).ties == told(document, "en")
    assert drawn(picture_of(document)).ties.total() == 8


def test_too_many_lines_are_not_drawn_until_some_are_chosen(client):
    fill()
    actor, plan = published(Actor, level=Level.EUROPEAN), published(Plan)
    for _ in range(33):
        published(Responsibility, actor=actor, plan=plan)
    whole, chosen = read(client, PAGE), read(client, f"{PAGE}?level=federal")

    assert picture_of(whole) is None
    assert "With more than 40 lines" in words(whole)
    assert client.get(PICTURE).status_code == 404
    assert drawn(picture_of(chosen)).ties.total() == 6
    assert client.get(f"{PICTURE}?level=federal").status_code == 200


def test_menus_home_and_sitemap_lead_there_once_there_is_something(client):
    def offered(address: str) -> list[str]:
        return [a.get("href") for a in read(client, address).iter("a") if a.get("href") == PAGE]

    published(Plan)
    published(Actor)
    assert offered("/en/") == []

    published(Responsibility)

    assert len(offered("/en/")) == 3  # navigation, door, contents
    sitemap = client.get("/sitemap.xml").content.decode()
    assert all(f"{route_in('who-does-what', code)}</loc>" in sitemap for code in codes())
