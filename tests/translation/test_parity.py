"""French and Dutch both exist, in every catalogue and in every published record."""

from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from policies.models import Edition, Plan, Responsibility
from portal.content.loading import load
from portal.languages.texts import codes, column
from portal.pages.models import Term
from portal.records.kinds import kinds
from portal.translation.freshness import must_be_translated
from portal.translation.parity import REQUIRED
from tests.factories import published, unpublished, withdrawn

pytestmark = pytest.mark.django_db


def check() -> str:
    said = StringIO()
    call_command("check_translations", stdout=said)
    return said.getvalue()


def faults() -> list[str]:
    """What the command names before its counts, which come last."""
    with pytest.raises(CommandError) as refused:
        check()
    return str(refused.value).splitlines()[:-1]


@pytest.fixture
def locale(tmp_path, settings) -> Path:
    """Catalogues of our own: one whole entry in each required language."""
    settings.BASE_DIR = tmp_path
    for code in REQUIRED:
        write(tmp_path, code, polib.POEntry(msgid="whole", msgstr="whole"))
    return tmp_path


def write(root: Path, code: str, *entries: polib.POEntry) -> None:
    path = root / "locale" / code / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile()
    catalogue.extend(entries)
    catalogue.save(str(path))


def test_the_founding_content_and_the_catalogues_pass():
    load()

    said = check()

    assert said.startswith("2 catalogues, 0 faults; ")
    assert said.endswith(
        " published records, 0 gaps (French, Dutch), 0 names in another form, 0 names missing.\n"
    )
    assert int(said.split("; ")[1].split()[0]) > 150


def test_french_and_dutch_are_required_and_english_is_not():
    published(Plan, languages=["fr", "nl"])

    assert [code for code in codes() if code not in REQUIRED] == ["en"]
    assert "1 published records, 0 gaps" in check()


@pytest.mark.parametrize("kind", [Actor, Plan, Term])
@pytest.mark.parametrize(("code", "name"), [("fr", "French"), ("nl", "Dutch")])
def test_a_published_record_without_a_required_language_is_named(kind, code, name, settings):
    there = [other for other in codes() if other != code]
    record = published(kind, languages=there)
    published(kind)

    assert faults() == [
        f"{kind.kind()} “{record}”: not in {name}. {settings.PORTAL_ORIGIN}/id/{record.pk}/"
    ]


def test_a_record_in_english_alone_lacks_both():
    published(Plan, languages=["en"])

    assert [line.split(": ")[1].split(".")[0] for line in faults()] == [
        "not in French",
        "not in Dutch",
    ]


def test_a_responsibility_has_a_sentence_to_translate():
    published(Responsibility, sentence={"en": "takes part"})

    assert len(faults()) == 2


def test_a_single_text_that_other_languages_have_is_named():
    """Publishing refuses this; whoever writes past it, or adds a text to a kind, may cause it."""
    plan = published(Plan)
    Plan.objects.filter(pk=plan.pk).update(**{column("summary", "nl"): None})

    assert [line.split(": ")[1].split(".")[0] for line in faults()] == ["no summary in Dutch"]


def test_a_text_that_stands_in_no_language_is_missing_in_none():
    published(Plan, purpose=dict.fromkeys(codes()))

    assert "1 published records, 0 gaps" in check()


def test_a_loose_text_may_stand_in_one_language_alone():
    published(Actor, abbreviation={"nl": "OCAD"}, website={"en": "https://example.org/"})
    published(Term, abbreviation={"en": "FPS"}, also={"fr": "ministère"})

    assert "2 published records, 0 gaps" in check()


def test_an_edition_has_no_texts_and_may_be_in_any_language():
    published(Edition, language="de", address="https://example.org/")

    assert must_be_translated(Edition) == []
    assert "1 published records, 0 gaps" in check()  # its document


def test_what_the_public_does_not_list_is_not_asked():
    unpublished(Plan, languages=["en"])
    withdrawn(Plan, languages=["en"])

    assert "0 published records, 0 gaps" in check()


@pytest.mark.parametrize("code", REQUIRED)
@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (polib.POEntry(msgid="planted", msgstr=""), "no translation of 'planted'"),
        (
            polib.POEntry(msgid="planted", msgstr="x", flags=["fuzzy"]),
            "fuzzy translation of 'planted'",
        ),
        (
            polib.POEntry(msgid="planted", msgid_plural="x", msgstr_plural={0: "a", 1: ""}),
            "no translation of 'planted'",
        ),
    ],
    ids=["empty", "fuzzy", "half-plural"],
)
def test_a_faulty_entry_of_a_catalogue_is_named(locale, code, entry, said):
    write(locale, code, polib.POEntry(msgid="whole", msgstr="whole"), entry)

    assert faults() == [f"{locale}/locale/{code}/LC_MESSAGES/django.po: {said}"]


def test_a_required_language_without_a_catalogue_is_named(locale):
    (locale / "locale" / "nl" / "LC_MESSAGES" / "django.po").unlink()

    assert faults() == ["locale/nl: no catalogue"]


def test_every_fault_is_told_at_once_and_counted_at_the_end(locale):
    write(locale, "fr", polib.POEntry(msgid="planted", msgstr=""))
    published(Plan, languages=["en"])

    with pytest.raises(CommandError) as refused:
        check()

    lines = str(refused.value).splitlines()
    assert len(lines) == 4
    assert lines[-1] == (
        "2 catalogues, 1 faults; 1 published records, 2 gaps (French, Dutch), "
        "0 names in another form, 0 names missing."
    )


def test_it_asks_once_for_each_kind_and_once_for_the_names_however_many_records_there_are():
    load()
    with_texts = [kind for kind in kinds() if must_be_translated(kind)]

    with CaptureQueriesContext(connection) as queries:
        check()

    assert len(with_texts) > 10
    assert len(queries) == len(with_texts) + 1
