"""What tools make of a parcel, each in its own words: states, languages, marks and segments."""

import unicodedata

import pytest
from lxml import etree

from policies.models import Plan
from portal.languages.texts import in_language
from portal.translation.parcels.arriving import take_in
from portal.translation.parcels.xliff import V1, V2
from tests.factories import published
from tests.translation.drafts import FIRST, due, in_dutch, write
from tests.translation.parcels import VERSIONS, Opened, fates, parcel_of, shown, translated, why
from tests.translation.there_and_back import STORES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("version", VERSIONS),
]


@pytest.fixture
def data(behind, version) -> bytes:
    return translated(parcel_of(behind, version=version), title="Ander", summary="Anders.")


OPEN = {V1: ("new", "needs-translation", "needs-l10n"), V2: ("initial", "")}


def test_words_that_are_not_said_to_be_done_are_kept_as_unfinished(behind, translator, version):
    for number, state in enumerate(OPEN[version]):
        file = Opened(parcel_of(behind, version=version))
        file.translate("title", f"Half {number}")
        file.stateful("title").set("state", state)
        arrival = take_in(file.data, translator)
        assert fates(arrival) == {"Title": "unfinished", "Summary": "same"}
        assert in_dutch(behind, "title") == f"Half {number}"
        assert due(behind)["nl"] == ("title", "summary")


def test_a_first_attempt_is_kept_and_due(author, translator, version):
    plan = published(Plan, languages=["en", "fr"])
    data = translated(parcel_of(plan, version=version), None, title="Half")

    assert fates(take_in(data, translator))["Title"] == "unfinished"
    assert in_dutch(plan, "title") == "Half"
    assert due(plan) == {"nl": ("title",)}


def test_a_source_that_a_tool_put_in_the_place_of_the_translation_is_left_alone(
    author, translator, version
):
    plan = published(Plan, languages=["en", "fr"])
    same = in_language(plan, "title", FIRST)
    for state in OPEN[version]:
        file = Opened(parcel_of(plan, version=version))
        file.translate("title", same)
        file.stateful("title").set("state", state)
        arrival = take_in(file.data, translator)
        assert fates(arrival)["Title"] == "left"
        assert shown(arrival, "Title") == [("nl", same)]
    done = translated(file.data, title=same)
    assert fates(take_in(done, translator))["Title"] == "taken"


def test_what_a_well_known_tool_marks_as_doubtful_is_kept_as_unfinished(
    behind, translator, version
):
    store = STORES[version].parsestring(parcel_of(behind, version=version))
    for unit in store.units:
        if ".title" in unit.getid():
            unit.target = "Half"
            unit.markfuzzy()

    assert fates(take_in(bytes(store), translator))["Title"] == "unfinished"
    assert in_dutch(behind, "title") == "Half"


def test_what_is_approved_is_done_whatever_its_state(behind, translator, version):
    file = Opened(parcel_of(behind, version=version))
    file.translate("title", "Ander", None)
    file.unit("title").set("approved", "yes")

    fate = {V1: "taken"}.get(version, "unfinished")  # 2.0 knows no such word
    assert fates(take_in(file.data, translator))["Title"] == fate


def test_a_text_that_is_translated_in_part_is_left_alone(behind, translator, version):
    file = Opened(translated(parcel_of(behind, version=version), summary="Said "))
    if version == V1:
        file.target("summary").text = ""
    else:
        segment = file.segment("summary")
        segment.find(file.named("source")).text = "Said "
        rest = etree.SubElement(segment.getparent(), segment.tag, dict(segment.attrib, id="s2"))
        etree.SubElement(rest, file.named("source")).text = "anew."

    arrival = take_in(file.data, translator)

    assert fates(arrival)["Summary"] == "left"
    assert "no translation of this text, or not of all of it" in why(arrival, "Summary")


@pytest.mark.parametrize("country", [str.upper, "{}-BE".format, "{}-Latn-nl".format])
def test_a_tool_may_name_a_language_by_its_country(behind, translator, version, country):
    file = Opened(translated(parcel_of(behind, version=version), title="Ander"))
    for each in (file.root, *file.files):
        for name in {"source-language", "target-language", "srcLang", "trgLang"} & {*each.keys()}:
            each.set(name, country(each.get(name)))
    file.target("title").set("{http://www.w3.org/XML/1998/namespace}lang", country("nl"))

    arrival = take_in(file.data, translator)

    assert fates(arrival) == {"Title": "taken", "Summary": "same"}
    assert arrival.language == "nl"


def test_a_source_that_was_laid_out_anew_does_no_harm(data, translator, version):
    file = Opened(data)
    source = file.segment("summary").find(file.named("source"))
    source.text = f"\n   {source.text.replace(' ', '  ')}\n"

    assert fates(take_in(file.data, translator))["Summary"] == "taken"


def test_a_source_whose_letters_were_taken_apart_does_no_harm(plan, author, translator, version):
    write(plan, author, summary={FIRST: "Élan."})
    data = translated(parcel_of(plan, version=version), summary="Elan.")

    arrival = take_in(unicodedata.normalize("NFD", data.decode()).encode(), translator)

    assert fates(arrival) == {"Summary": "taken"}


def test_a_letter_under_a_million_marks_is_refused_alone(data, translator, version):
    """To sort them would take hours."""
    file = Opened(data)
    file.translate("title", "a" + "\u0301\u0327" * 500_000)
    file.segment("summary").find(file.named("source")).text += "\u0301" * 40

    arrival = take_in(file.data, translator)

    assert fates(arrival) == {"Title": "refused", "Summary": "refused"}
    assert {each.judgement.why for each in arrival.outcomes} == {
        "A letter of this text bears more than 30 marks. Type the text again."
    }


def test_a_tool_that_runs_lines_together_is_found_out(plan, author, translator, version):
    write(plan, author, body={FIRST: "Two things:\n\n- one\n- and\n  two"})
    parcel = parcel_of(plan, version=version)

    run_on = take_in(translated(parcel, body="Twee dingen: - een - en twee"), translator)
    assert "have run into one" in why(run_on, "Text")
    assert [code for code, _words in shown(run_on, "Text")] == ["en", "nl"]

    good = take_in(translated(parcel, body="Twee dingen:\n\n- een\n- en twee"), translator)
    assert fates(good) == {"Text": "taken"}


def test_marks_of_a_tool_among_the_words(data, translator, version):
    file = Opened(data)
    target = file.target("title")
    target.text = "An"
    inner = target.makeelement(file.named("x" if version == V1 else "ph"), {"id": "1"})
    target.append(inner)
    inner.tail = "der"

    arrival = take_in(file.data, translator)

    assert fates(arrival) == {"Title": "refused", "Summary": "taken"}
    assert "marks of its own" in why(arrival, "Title")


def test_a_note_of_a_tool_on_words_does_no_harm(data, behind, translator, version):
    file = Opened(data)
    target = file.target("title")
    target.text = "An"
    note = target.makeelement(file.named("mrk"), {"id": "1", "mtype": "seg", "mid": "1"})
    note.text, note.tail = "de", "r"
    target.append(note)

    assert fates(take_in(file.data, translator))["Title"] == "taken"
    assert in_dutch(behind, "title") == "Ander"
