"""What readers find where a law had a text removed: that it was, and nothing of what it said."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from actors.models import Actor, Membership
from policies.models import Document, Edition, MeasurePackage, Plan
from portal.languages.texts import codes, set_texts
from portal.pages.models import Term
from portal.publishing.publish import publish
from tests.factories import published
from tests.pages_of_the_site import every_page, fill
from tests.past import twice
from tests.reading import as_typed, in_one_line, read, words
from tests.test_changes import ADDRESS

pytestmark = pytest.mark.django_db

CANARY = {code: f"Kanarie {code}" for code in codes()}
SENTENCES = {
    "en": "This text was removed by law.",
    "fr": "Ce texte a été supprimé en vertu de la loi.",
    "nl": "Deze tekst is verwijderd op grond van de wet.",
}


def removed(record, *versions: int, **options):
    call_command("remove_by_law", str(record.pk), versions=list(versions), yes=True, **options)
    return type(record).objects.get(pk=record.pk)


def plan_with_three_versions() -> Plan:
    """The second one has the canary, in its texts and in its note."""
    plan = published(Plan, title={code: f"Plan Zeal {code}" for code in codes()})
    set_texts(plan, "summary", CANARY)
    publish([plan], by=None, notes=CANARY)
    return twice(plan)


def says_that_it_is_gone(client, address: str) -> bool:
    """In the language of the address, or in all where it has none; and nothing of the text."""
    answer = client.get(address)
    said = in_one_line(answer.content.decode())
    prefix = address.split("/")[1]
    told = [code for code in codes() if SENTENCES[code] in said]
    expected = [prefix] if prefix in codes() else codes()
    return (answer.status_code, told, "kanarie" in said.lower()) == (410, expected, False)


def pages_with_the_canary(client) -> list[str]:
    pages = [page.address for page in every_page()]
    logs = [each for address in ADDRESS.values() for each in (address, f"{address}feed.atom")]
    assert len(pages) > 50
    return [
        address
        for address in [*pages, *logs, "/sitemap.xml"]
        if "kanarie" in client.get(address).getvalue().decode(errors="ignore").lower()
    ]


# --- older versions ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", codes())
def test_a_removed_version_says_so_at_each_of_its_addresses(client, code):
    plan = removed(plan_with_three_versions(), 2)
    base = plan.history_at(code)

    for tail in ("2/", "2.json", "1-2/", "2-3/"):
        assert says_that_it_is_gone(client, base + tail), tail
    for tail in ("", "1/", "3/", "1-3/", "3.json"):
        assert client.get(base + tail).status_code == 200, tail


@pytest.mark.parametrize("code", codes())
def test_the_list_of_versions_names_it_without_a_link_and_without_its_note(client, code):
    plan = removed(plan_with_three_versions(), 2, notes=True)
    main = next(read(client, plan.history_at(code)).iter("main"))
    (listed,) = [ol for ol in main.iter("ol") if ol.get("class") == "items"]
    items = [words(li) for li in listed.iter("li")]
    addresses = [a.get("href") for a in listed.iter("a")]
    chosen = [o.get("value") for o in main.iter("option")]

    assert len(items) == 4  # the removal itself stands on top
    assert "2" in items[2].split()
    assert [address.removeprefix(plan.history_at(code)) for address in addresses] == ["3/", "1/"]
    assert chosen == ["1", "3", "1", "3"]
    assert "Kanarie" not in words(main)


def test_in_english_the_list_and_the_changes_say_removed_by_law(client):
    plan = removed(plan_with_three_versions(), 2, notes=True)

    history = as_typed(words(next(read(client, plan.history_at("en")).iter("main"))))
    changes = as_typed(words(next(read(client, ADDRESS["en"]).iter("main"))))

    assert "Removal by law" in history
    assert "The law required that this text be removed." in history
    assert history.count("removed by law") == 1
    assert "Version 2 · removed by law" in changes
    assert "The law required that this text be removed." in changes


def test_its_note_stays_where_nobody_asked_for_it(client):
    plan = removed(plan_with_three_versions(), 2)

    for address in (plan.history_at("en"), ADDRESS["en"]):
        assert "Kanarie en" in words(read(client, address)), address


def test_no_page_leads_to_a_removed_version(client):
    plan = removed(plan_with_three_versions(), 2)

    for address in (plan.address("nl"), plan.history_at("nl"), ADDRESS["nl"], "/nl/"):
        found = [a.get("href") for a in read(client, address).iter("a") if a.get("href")]
        assert found
        gone = [each for each in found if "/2/" in each or "-2/" in each or "/2-" in each]
        assert gone == [], address


# --- a whole record ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", codes())
def test_a_removed_record_says_so_at_each_of_its_addresses(client, code):
    plan = published(Plan, title=CANARY)
    former = plan.address(code)
    plan = twice(plan, slug={each: f"other-{each}" for each in codes()})
    base = plan.history_at(code)
    entry = {"en": "entries", "fr": "notices", "nl": "vermeldingen"}[code]

    removed(plan, notes=True)

    tails = ("", "1/", "2.json", "1-2/", "9/")
    for address in (
        plan.address(code),
        former,
        f"{former}versions/1/",
        *(base + tail for tail in tails),
        *(f"/{code}/{entry}/{plan.pk}/versions/{tail}" for tail in tails),
        plan.permanent,
        f"{plan.permanent}?lang={code}",
    ):
        assert says_that_it_is_gone(client, address), address


def test_an_unknown_address_is_still_not_found(client):
    removed(published(Plan))

    for address in ("/en/plans/never/", "/en/plans/never/versions/1/", "/en/never/"):
        assert client.get(address).status_code == 404, address


def test_an_entry_without_a_page_says_so_too(client):
    term = published(Term, term=CANARY)
    address = term.history_at("fr")

    removed(term)

    assert says_that_it_is_gone(client, address)
    assert says_that_it_is_gone(client, f"{address}1.json")
    assert says_that_it_is_gone(client, term.permanent)
    assert "Kanarie" not in words(read(client, "/fr/glossaire/"))


def test_a_file_says_so_under_every_name_it_had(client):
    file = ContentFile(b"%PDF-1.7 kanarie", name="kanarie.pdf")
    edition = published(Edition, document=published(Document), file=file)
    address = edition.href

    removed(edition)

    assert says_that_it_is_gone(client, address)
    assert says_that_it_is_gone(client, f"/files/{edition.pk}/other.pdf")


def test_nothing_of_removed_records_is_on_any_page_and_every_page_still_answers(client):
    """They are what most others hang on: as owners, packages, organisations, documents."""
    fill()
    hidden = [
        record
        for kind in (Plan, Actor, MeasurePackage, Membership, Document)
        for record in kind.objects.published()
    ]
    for record in hidden:
        for name in ("title", "summary"):
            words = {code: f"{CANARY[code]} {record.pk}" for code in codes()}
            set_texts(record, name, words)
    publish(hidden, by=None, notes=CANARY)
    assert len(pages_with_the_canary(client)) > 30

    for record in hidden:
        removed(record, notes=True)

    assert pages_with_the_canary(client) == []
    left = [page.address for page in every_page()]
    assert len(left) > 50
    assert [address for address in left if client.get(address).status_code != 200] == []
