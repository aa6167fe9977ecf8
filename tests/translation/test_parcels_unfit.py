"""Texts of a parcel that are refused alone: the reason, and the texts to compare."""

from uuid import uuid4

import pytest

from policies.models import Plan
from portal.languages.texts import in_language
from portal.publishing.drafts import save_draft, with_draft
from portal.publishing.models import Revision
from portal.publishing.removal import Order, remove
from portal.translation.parcels.arriving import take_in
from portal.translation.parcels.xliff import OURS, V1
from tests.factories import published
from tests.publishing.review import NOTES
from tests.translation.drafts import FIRST, go_public, in_dutch, write
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


@pytest.fixture
def data(behind, version) -> bytes:
    return translated(parcel_of(behind, version=version), title="Ander", summary="Anders.")


def reasons(data: bytes, by) -> set[str]:
    """Where every text is refused: why; and that nothing was written."""
    before = Revision.objects.count()
    arrival = take_in(data, by)
    assert arrival.refused == len(arrival.outcomes) == 2
    assert Revision.objects.count() == before
    return {each.judgement.why for each in arrival.outcomes}


def said_of(data: bytes, name: str, value: str) -> bytes:
    file = Opened(data)
    file.say(name, value)
    return file.data


def test_a_revision_that_never_was(data, translator, version):
    for number in ("99", "0", "-1", "x", "9" * 30, "²", ""):
        (said,) = reasons(said_of(data, "revision", number), translator)
        assert said.startswith(f"This record has no revision “{number[:20]}”")


def test_a_revision_whose_text_the_law_removed(behind, author, translator, version):
    go_public(behind, author)
    data = translated(parcel_of(behind, version=version), title="Ander", summary="Anders.")
    write(behind, author, title={FIRST: "Third"}, summary={FIRST: "Third."})
    go_public(behind, author)
    remove(Order(behind.pk, frozenset({2})), NOTES)

    (said,) = reasons(data, translator)

    assert said == "The text from which this was translated was removed by law. Make a new parcel."


def test_a_record_that_is_closed(data, behind, translator, version):
    Plan.objects.filter(pk=behind.pk).update(state="withdrawn")

    assert reasons(data, translator) == {
        "This record was withdrawn or removed. It can no longer be translated."
    }


def test_a_record_that_is_not_here(data, behind, translator, version):
    unknown = {"This portal has no such record. Ask whoever made the parcel."}
    upper = str(behind.pk).upper()

    for record in (str(uuid4()), "x", "../etc", upper, f"{{{behind.pk}}}", "9" * 400):
        assert reasons(said_of(data, "record", record), translator) == unknown
    for kind in ("actor", "edition", "account", "", "Plan"):
        assert reasons(said_of(data, "kind", kind), translator) == unknown


def test_what_is_unknown_is_named_as_the_file_names_it(data, translator, version):
    arrival = take_in(said_of(data, "record", "x" * 400), translator)

    assert {each.place.record for each in arrival.outcomes} == {"x" * 100}
    assert {each.place.address for each in arrival.outcomes} == {""}


def test_a_text_that_the_record_has_not(data, behind, translator, version):
    other = published(Plan)
    file = Opened(data)
    unit = file.unit("title")
    for wrong in ("x", "", f"{behind.pk}.state", f"{behind.pk}.position", f"{other.pk}.title"):
        unit.set("id", wrong)
        arrival = take_in(file.data, translator)
        refused = [each.judgement for each in arrival.outcomes if each.is_refused]
        assert [each.why for each in refused] == [
            f"This record has no text “{wrong}”. Ask whoever made the parcel."
        ]
    assert in_dutch(other, "title") == in_language(other, "title", "nl")


def test_a_text_that_is_not_the_one_that_left(data, translator, version):
    file = Opened(data)
    file.unit("title").set(f"{{{OURS}}}source", "0" * 64)
    file.unit("summary").set(f"{{{OURS}}}target", "0" * 64)

    (said,) = reasons(file.data, translator)

    assert said.startswith("The text in the parcel is not the one that stood here.")


def test_a_source_that_was_rewritten_in_the_file(data, translator, version):
    file = Opened(data)
    file.segment("title").find(file.named("source")).text = "Another"

    arrival = take_in(file.data, translator)

    assert fates(arrival) == {"Title": "refused", "Summary": "taken"}
    assert shown(arrival, "Title") == [("en", "Other"), ("en", "Another")]


def test_another_source_language(behind, data, translator, version):
    file = Opened(data)
    holder, name = (file.files[0], "source-language") if version == V1 else (file.root, "srcLang")
    holder.set(name, "fr")

    assert reasons(file.data, translator) == {
        "The parcel says that this is translated from French, and it was from English."
    }


def test_a_record_that_is_written_first_in_this_language_since(
    behind, data, author, translator, version
):
    draft = with_draft(Plan.objects.get(pk=behind.pk))
    draft.source_language = "nl"
    save_draft(draft, author)

    (said,) = reasons(data, translator)

    assert "is written first in Dutch" in said


def test_a_text_that_is_marked_as_another_language(data, translator, version):
    file = Opened(data)
    file.target("title").set("{http://www.w3.org/XML/1998/namespace}lang", "fr")

    arrival = take_in(file.data, translator)

    assert fates(arrival) == {"Title": "refused", "Summary": "taken"}
    assert "says that this text is in “fr”, and the parcel is in Dutch" in why(arrival, "Title")


def test_a_text_too_long_for_its_place(data, translator, version):
    arrival = take_in(translated(data, title="x" * 201), translator)

    assert fates(arrival) == {"Title": "refused", "Summary": "taken"}
    assert "at most 200 characters" in why(arrival, "Title")


@pytest.mark.parametrize("much", ["[" * 300, "*a " * 300, "- a\n" * 15_000])
def test_a_text_that_would_take_minutes_to_read(data, translator, version, much):
    arrival = take_in(translated(data, summary=much), translator)

    assert fates(arrival) == {"Title": "taken", "Summary": "refused"}
    assert "far more words or marks than its source" in why(arrival, "Summary")


# --- links ----------------------------------------------------------------------------------------

LINK, LAW = "/id/6b1f4d0e-58a5-4a3b-9d57-0d4c1f0a2b3c/", "https://example.org/law"


def with_links(plan: Plan, author, translator_words: str | None = None) -> Plan:
    if translator_words:
        write(plan, author, body={FIRST: f"[a]({LINK}) and [b]({LAW})", "nl": translator_words})
    write(plan, author, body={FIRST: f"See [a]({LINK}) and [b]({LAW}) *well*."})
    return plan


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        (f"Zie [b]({LAW}).", [LINK]),
        (f"Zie [a]({LINK.replace('/id/', '/id/0')}) en [b]({LAW}).", [LINK]),
        (f"Zie [a]({LINK}) en b.", [LAW]),
        (f"Zie [a] ({LINK}) en [b]({LAW}).", [LINK]),
        ("Zie a en b.", [LINK, LAW]),
        (f"Zie [a]({LINK}) en []({LAW}).", [LAW]),
    ],
)
def test_a_lost_or_changed_link(plan, author, translator, version, words, lost):
    data = translated(parcel_of(with_links(plan, author), version=version), body=words)

    arrival = take_in(data, translator)

    if LINK.replace("/id/", "/id/0") in words:
        assert "cannot be linked" in why(arrival, "Text")
    else:
        assert f"lacks a link: {', '.join(lost)}." in why(arrival, "Text")
        assert shown(arrival, "Text")[0] == ("en", f"See [a]({LINK}) and [b]({LAW}) *well*.")
    assert shown(arrival, "Text")[-1] == ("nl", words)
    assert in_dutch(plan, "body") == in_language(plan, "body", "nl")


def test_links_may_change_places_and_words(plan, author, translator, version):
    words = f"- [wet]({LAW})\n- *zie* [een]({LINK})"
    data = translated(parcel_of(with_links(plan, author), version=version), body=words)

    assert fates(take_in(data, translator)) == {"Text": "taken"}
    assert in_dutch(plan, "body") == words


def test_an_address_that_the_translation_had_replaced_by_its_own_stays_replaced(
    plan, author, translator, version
):
    own = "https://example.org/wet"
    with_links(plan, author, f"[a]({LINK}) en [b]({own})")
    parcel = parcel_of(plan, version=version)

    kept = take_in(translated(parcel, body=f"Zie [a]({LINK})."), translator)
    assert f"lacks a link: {own}." in why(kept, "Text")
    assert shown(kept, "Text")[0] == ("nl", f"[a]({LINK}) en [b]({own})")

    good = translated(parcel, body=f"Zie [a]({LINK}) en [b]({own}).")
    assert fates(take_in(good, translator)) == {"Text": "taken"}


@pytest.mark.parametrize(
    "words",
    ["Zie *[a]({0}) en [b]({1}).", "Zie _[a]({0}) en [b]({1}).", "Zie [a]({0}) [c](x en [b]({1})."],
)
def test_a_mark_that_is_not_closed(plan, author, translator, version, words):
    words = words.format(LINK, LAW)
    data = translated(parcel_of(with_links(plan, author), version=version), body=words)

    arrival = take_in(data, translator)

    assert "is not closed" in why(arrival, "Text")
    assert len(shown(arrival, "Text")) == 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://example.org/", "/nl/x/"])
def test_an_address_that_no_page_may_link_to(plan, author, translator, version, address):
    words = f"[a]({LINK}) [b]({LAW}) [c]({address})"
    data = translated(parcel_of(with_links(plan, author), version=version), body=words)

    assert "cannot be linked" in why(take_in(data, translator), "Text")
