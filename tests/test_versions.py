"""A record's past in public: every version as it was, compared, cited and proved."""

import json
from hashlib import sha256

import pytest

from policies.models import Instrument, Measure, MeasurePackage, Plan
from portal.languages.texts import codes
from portal.pages.models import Page, Term
from portal.publishing.models import Revision, Version
from portal.records.models import State
from tests.factories import published, unpublished, withdrawn
from tests.past import NOTES, plan_with_a_past, twice
from tests.reading import as_typed, in_one_line, links, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db) -> Plan:
    return plan_with_a_past()


OLD_VERSION = {
    "en": "You are reading version 1, of",
    "fr": "Vous lisez la version 1, du",
    "nl": "U leest versie 1, van",
}


def notice(document) -> dict[str, str]:
    main = next(document.iter("main"))
    return {e.get("data-notice"): words(e) for e in main.iter("div") if e.get("data-notice")}


def version_links(document) -> dict[str, str]:
    found = links(document)
    return {rel: address for rel, address in found.items() if rel and rel.endswith("version")} | {
        "version-history": found["version-history"]
    }


@pytest.mark.parametrize("code", codes())
def test_a_past_version_shows_its_text_and_says_that_it_is_past(client, plan, code):
    document = read(client, plan.history_at(code) + "1/")
    main = next(document.iter("main"))

    assert f"A plan badly said {code}" in words(main)
    assert "said better" not in words(main)
    assert notice(document).keys() == {"old-version"}
    assert as_typed(notice(document)["old-version"]).startswith(OLD_VERSION[code])
    assert (main.get("data-record"), main.get("data-version")) == (str(plan.pk), "1")


def test_the_newest_version_at_its_own_address_is_not_called_old(client, plan):
    document = read(client, plan.history_at("en") + "2/")

    assert "A plan said better en" in words(document)
    assert notice(document) == {}


def test_a_version_is_for_quoting_and_not_for_search_engines(client, plan):
    for tail in ("", "1/", "2/", "1-2/"):
        (robots,) = [
            e.get("content")
            for e in read(client, plan.history_at("en") + tail).iter("meta")
            if e.get("name") == "robots"
        ]
        assert robots == "noindex", tail


def test_versions_lead_to_each_other_as_rfc_5829_says(client, plan):
    origin = "http://127.0.0.1:8000"
    base = origin + plan.history_at("en")
    newest = {"version-history": base, "latest-version": base + "2/"}

    page, first, second = (
        version_links(read(client, address))
        for address in (
            plan.address("en"),
            plan.history_at("en") + "1/",
            base[len(origin) :] + "2/",
        )
    )

    assert page == newest
    assert first == newest | {"successor-version": base + "2/"}
    assert second == newest | {"predecessor-version": base + "1/"}


def test_the_page_says_its_version_and_how_to_cite_it(client, plan):
    document = read(client, plan.address("en"))
    main = next(document.iter("main"))
    (cite,) = [s for s in main.iter("section") if s.get("id") == "cite"]

    assert main.get("data-version") == "2"
    assert "Plan Zeal en, version 2 of" in as_typed(words(cite))
    assert "Trial copy, not an official website" in words(cite)
    assert [words(code) for code in cite.iter("code")] == [
        f"http://127.0.0.1:8000{plan.history_at('en')}2/",
        f"http://127.0.0.1:8000{plan.permanent}",
    ]


def test_the_bytes_of_a_version_have_the_hash_that_its_page_prints(client, plan):
    answer = client.get(plan.history_at("fr") + "1.json")
    page = words(read(client, plan.history_at("fr") + "1/"))
    version = Version.objects.get(record=plan.pk, number=1)

    assert answer["Content-Type"] == "application/json"
    assert sha256(answer.content).hexdigest() == version.revision.digest
    assert version.revision.digest in page
    assert version.sha256 in page
    said = json.loads(answer.content)["content"]
    assert {f"A plan badly said {code}" for code in codes()} <= {
        value for value in said.values() if isinstance(value, str)
    }


@pytest.mark.parametrize("code", codes())
def test_a_comparison_shows_whole_words_that_came_and_went(client, plan, code):
    document = read(client, plan.history_at(code) + "1-2/")
    changes = [(e.tag, words(e).split()[-1]) for e in document.iter() if e.tag in ("ins", "del")]

    assert changes == [("del", "badly"), ("ins", "better")]
    assert NOTES[code] in as_typed(words(document))
    others = [a.get("href") for a in document.iter("a") if a.get("hreflang")]
    assert [address for address in others if address.endswith("1-2/")] != []


def test_a_comparison_told_aloud_says_what_was_added_and_what_removed(client, plan):
    document = read(client, plan.history_at("en") + "1-2/")

    (removed,) = [words(e) for e in document.iter("del")]
    assert removed.startswith("removed:")
    assert all(words(e).startswith("added:") for e in document.iter("ins"))


def test_two_versions_chosen_in_the_form_lead_to_their_comparison(client, plan):
    base = plan.history_at("en")

    for query, tail in (("old=2&new=1", "1-2/"), ("old=1&new=2", "1-2/"), ("old=2&new=2", "2/")):
        answer = client.get(f"{base}?{query}")
        assert (answer.status_code, answer["Location"]) == (302, base + tail)
    assert client.get(f"{base}?old=x&new=²").status_code == 200


@pytest.mark.parametrize("tail", ["0/", "3/", "9-1/", "1-9/", "9.json", "01/", "99999/"])
def test_a_version_that_does_not_exist_is_not_found(client, plan, tail):
    assert client.get(plan.history_at("en") + tail).status_code == 404


def test_two_versions_the_other_way_round_and_one_with_itself_lead_on(client, plan):
    history = plan.history_at("en")

    for tail, leads_to in (("2-1/", "1-2/"), ("2-2/", "2/")):
        answer = client.get(history + tail)
        assert (answer.status_code, answer["Location"]) == (301, history + leads_to)


def test_the_history_lists_every_act_with_its_note(client, plan):
    (items,) = [
        [words(li) for li in ol.iter("li")]
        for ol in next(read(client, plan.history_at("en")).iter("main")).iter("ol")
        if ol.get("class") == "items"
    ]

    assert [item.split(maxsplit=2)[:2] for item in items] == [["Version", "2"], ["Version", "1"]]
    assert "The summary is clearer." in items[0]
    assert "The summary is clearer." not in items[1]


def test_below_a_former_address_the_past_leads_to_the_present_one(client, plan):
    former = plan.history_at("en")
    present = twice(plan, slug={code: f"other-{code}" for code in codes()})

    for tail in ("", "1/", "1-2/", "2.json"):
        answer = client.get(former + tail)
        assert (answer.status_code, answer["Location"]) == (301, present.history_at("en") + tail)
    assert "A plan badly said en" in words(read(client, present.history_at("en") + "1/"))


def test_a_withdrawn_page_keeps_its_versions(client):
    plan = withdrawn(Plan)

    assert client.get(plan.history_at("en") + "1/").status_code == 200


def test_what_is_not_public_has_no_past_either(client, plan):
    secret = unpublished(Plan)
    Plan.objects.filter(pk=plan.pk).update(state=State.UNPUBLISHED)

    for record in (plan, secret):
        for tail in ("", "1/", "1-2/", "1.json"):
            assert client.get(record.history_at("en") + tail).status_code == 404, tail
            entry = f"/en/entries/{record.pk}/versions/{tail}"
            assert client.get(entry).status_code == 404, tail


def test_an_entry_without_a_page_has_its_versions_too(client):
    term = published(Term, term={code: f"zeal {code}" for code in codes()})
    base = term.history_at("fr")

    assert base == f"/fr/notices/{term.pk}/versions/"
    assert "zeal fr" in words(read(client, base))
    assert "zeal nl" in words(read(client, base + "1/"))
    assert client.get(base + "1.json").status_code == 200


def test_a_page_asked_for_as_an_entry_leads_to_its_own_history(client, plan):
    answer = client.get(f"/en/entries/{plan.pk}/versions/1/")

    assert (answer.status_code, answer["Location"]) == (301, plan.history_at("en") + "1/")


@pytest.mark.parametrize("place", ["home", "approach", "privacy"])
def test_the_pages_of_the_site_itself_have_a_past(client, place):
    page = published(Page, place=place)

    assert client.get(page.history_at("nl")).status_code == 200
    assert client.get(page.history_at("nl") + "1/").status_code == 200


def test_the_chapters_of_an_instrument_are_part_of_its_past(client):
    instrument = published(Instrument, chapters={code: f"- Chapter {code}" for code in codes()})

    assert "Chapter en" in words(read(client, instrument.history_at("en") + "1/"))


def test_of_a_measure_the_past_does_not_say_what_its_package_says_at_present(client):
    package = published(MeasurePackage, announced="2015-11-19", taken="2016-03")
    measure = published(Measure, package=package, number=3)

    present = words(read(client, measure.address("en")))
    past = words(read(client, f"{measure.address('en')}versions/1/"))

    assert "November 2015" in present
    assert "November 2015" not in past
    assert str(package) in past


def test_a_text_in_one_language_says_in_the_others_that_it_is_missing_there(client):
    plan = published(Plan, languages=["fr"], title={"fr": "Plan Zèle"})
    document = read(client, plan.history_at("nl") + "1/")

    assert notice(document).keys() == {"missing"}
    assert next(e.get("lang") for e in document.iter("span") if "Zèle" in words(e)) == "fr"


@pytest.mark.parametrize("tail", ["1/", "1-2/", "1.json"])
def test_a_text_removed_by_law_is_gone_and_says_so(client, plan, tail):
    Revision.objects.filter(record=plan.pk, number=1).update(content="")

    answer = client.get(plan.history_at("fr") + tail)

    assert answer.status_code == 410
    assert "badly said" not in answer.content.decode()
    assert "supprimé en vertu de la loi" in in_one_line(answer.content.decode())
