"""What was translated elsewhere comes in as drafts, and nobody's work is lost."""

import pytest

from policies.models import Plan
from portal.languages.texts import column
from portal.publishing.drafts import newest
from portal.publishing.models import Revision
from portal.publishing.reading import content_in
from portal.translation.parcels.arriving import take_in
from portal.translation.parcels.xliff import V1, V2
from tests.factories import published
from tests.translation.drafts import FIRST, due, in_dutch, machine_made, seen, write
from tests.translation.parcels import (
    VERSIONS,
    Opened,
    fates,
    parcel_of,
    shown,
    translated,
    why,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("version", VERSIONS),
]


def test_a_translated_parcel_is_one_draft_of_each_record(behind, author, translator, version):
    other = published(Plan)
    write(other, author, summary={FIRST: "Said anew too."})
    file = Opened(parcel_of(behind, version=version))
    file.translate("title", "Ander")
    file.translate("summary", "Anders gezegd.")
    before = seen(behind)

    arrival = take_in(file.data, translator)

    assert fates(arrival) == {"Title": "taken", "Summary": "taken"}
    assert (arrival.written, arrival.refused) == (2, 0)
    assert (in_dutch(behind, "title"), in_dutch(behind, "summary")) == ("Ander", "Anders gezegd.")
    assert seen(behind) == before + 1
    assert newest(behind.pk).author == translator
    assert set(due(behind)) == {"fr"}
    assert due(other) == dict.fromkeys(["fr", "nl"], ("summary",))


def test_many_records_go_in_one_parcel(behind, author, translator, version):
    other = published(Plan)
    write(other, author, summary={FIRST: "Said anew too."})
    file = Opened(parcel_of(behind, other, version=version))
    for unit in file.units:
        for target in unit.iter(file.named("target")):
            target.text = f"Nieuw {unit.get('id')}"
        for holder in unit.iter(file.named("target" if version == V1 else "segment")):
            holder.set("state", "final")

    assert take_in(file.data, translator).written == 3
    assert in_dutch(other, "summary") == f"Nieuw {other.pk}.summary"
    assert "nl" not in due(other) | due(behind)


def test_the_other_languages_and_the_facts_stay_as_they_are(behind, translator, version):
    before = content_in(newest(behind.pk))

    take_in(translated(parcel_of(behind, version=version), title="Ander"), translator)

    after = content_in(newest(behind.pk))
    assert {n: v for n, v in after.items() if v != before[n]} == {column("title", "nl"): "Ander"}


def test_work_on_a_source_that_changed_since_is_kept_and_told_as_still_due(
    behind, author, translator, version
):
    data = translated(parcel_of(behind, version=version), title="Ander", summary="Anders.")
    write(behind, author, summary={FIRST: "Third."})

    arrival = take_in(data, translator)

    assert fates(arrival) == {"Title": "taken", "Summary": "behind"}
    assert in_dutch(behind, "summary") == "Anders."
    assert due(behind)["nl"] == ("summary",)
    write(behind, author, summary={FIRST: "Said anew."})
    assert "nl" not in due(behind)


def test_a_text_that_somebody_changed_meanwhile_is_refused_alone_with_both_texts(
    behind, author, translator, version
):
    data = translated(parcel_of(behind, version=version), title="Ander", summary="Van buiten.")
    write(behind, author, summary={"nl": "Met de hand."})

    arrival = take_in(data, translator)

    assert fates(arrival) == {"Title": "taken", "Summary": "refused"}
    assert "Somebody changed this text" in why(arrival, "Summary")
    assert shown(arrival, "Summary") == [("nl", "Met de hand."), ("nl", "Van buiten.")]
    assert (in_dutch(behind, "title"), in_dutch(behind, "summary")) == ("Ander", "Met de hand.")


def test_what_the_translator_left_alone_keeps_what_somebody_wrote_meanwhile(
    behind, author, translator, version
):
    data = translated(parcel_of(behind, version=version), title="Ander")
    write(behind, author, summary={"nl": "Met de hand."})

    assert fates(take_in(data, translator))["Summary"] == "same"
    assert in_dutch(behind, "summary") == "Met de hand."


def test_the_same_parcel_twice_brings_nothing_new(behind, translator, version):
    data = translated(parcel_of(behind, version=version), title="Ander", summary="Anders.")
    take_in(data, translator)
    count = Revision.objects.count()

    again = take_in(data, translator)

    assert fates(again) == {"Title": "same", "Summary": "same"}
    assert again.has_nothing_new
    assert Revision.objects.count() == count


def test_a_parcel_that_comes_back_as_it_left_says_what_is_still_due(behind, translator, version):
    arrival = take_in(parcel_of(behind, version=version), translator)

    assert arrival.has_nothing_new
    assert fates(arrival) == {"Title": "same", "Summary": "same"}
    assert "still due" in why(arrival, "Title")
    assert due(behind)["nl"] == ("title", "summary")


def test_an_empty_translation_empties_nothing(behind, translator, version):
    data = translated(parcel_of(behind, version=version), title=" \n ")

    assert fates(take_in(data, translator))["Title"] == "left"
    assert in_dutch(behind, "title")


def test_work_in_a_file_whose_state_nobody_touched_is_kept_as_unfinished(
    behind, translator, version
):
    data = translated(parcel_of(behind, version=version), None, title="Half")

    assert fates(take_in(data, translator)) == {"Title": "unfinished", "Summary": "same"}
    assert in_dutch(behind, "title") == "Half"
    assert due(behind)["nl"] == ("title", "summary")


def test_what_a_machine_made_waits_for_a_person(behind, translator, version):
    file = Opened(parcel_of(behind, version=version))
    marks = {
        V1: [{"state_qualifier": "mt-suggestion"}, {"state_qualifier": "leveraged-mt"}],
        V2: [{"subState": "portal:machine"}, {"subState": "tool:mt"}],
    }[version]
    for field, mark in zip(["title", "summary"], marks, strict=True):
        file.translate(field, f"Machine {field}", "translated", **mark)

    assert fates(take_in(file.data, translator)) == {"Title": "machine", "Summary": "machine"}
    assert machine_made(behind) == {"nl": ("title", "summary")}


def test_a_machine_made_text_leaves_and_returns_as_such(behind, translator, version):
    file = Opened(parcel_of(behind, version=version))
    mark = {"state_qualifier": "mt-suggestion"} if version == V1 else {"subState": "x:machine"}
    file.translate("title", "Machine", "translated", **mark)
    take_in(file.data, translator)

    edited = translated(parcel_of(behind, version=version), None, title="Machine, changed")

    assert fates(take_in(edited, translator))["Title"] == "machine"
    assert machine_made(behind) == {"nl": ("title",)}


def test_whitespace_and_composed_letters_are_put_into_one_form(behind, translator, version):
    file = Opened(parcel_of(behind, version=version))
    file.translate("title", "  Cafe\u0301\n  plan\u2028\u0085a ")

    take_in(file.data, translator)

    assert in_dutch(behind, "title") == "Café plan a"


def test_a_missing_language_comes_with_its_address(author, translator, version):
    plan = published(Plan, languages=["en", "fr"])
    data = parcel_of(plan, version=version)
    file = Opened(data)
    fields = [unit.get("id").partition(".")[2] for unit in file.units]
    assert set(fields) >= {"title", "slug", "summary", "body"}
    for field in fields:
        file.translate(field, f"nieuw-{field}")

    arrival = take_in(file.data, translator)

    assert set(fates(arrival).values()) == {"taken"}
    assert {field: in_dutch(plan, field) for field in fields} == {f: f"nieuw-{f}" for f in fields}
    assert "nl" not in due(plan)
