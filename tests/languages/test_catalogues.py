"""The catalogues are whole, their path words are those of the contract, and they load."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from portal.languages.alternates import route_in
from portal.languages.catalogues import (
    compile_catalogue,
    compile_source_language,
    faults_in,
    sources,
)
from portal.languages.checks import languages_have_a_catalogue
from portal.records.kinds import page_kinds

ROOT = Path(settings.BASE_DIR)
COMPILED = shutil.ignore_patterns("__pycache__")  # comes and goes with the tests beside
ADDRESSES = {  # contract: docs/reference/addresses.md
    "actor-list": ("actors/", "acteurs/", "actoren/"),
    "objective-list": ("purposes/", "objectifs/", "doelstellingen/"),
    "plan-list": ("plans/", "plans/", "plannen/"),
    "measure-package-list": ("measure-packages/", "trains-de-mesures/", "maatregelenpakketten/"),
    "measure-list": ("measures/", "mesures/", "maatregelen/"),
    "instrument-list": ("instruments/", "instruments/", "instrumenten/"),
    "membership-list": ("memberships/", "adhesions/", "lidmaatschappen/"),
    "working-group-list": ("working-groups/", "groupes-de-travail/", "werkgroepen/"),
    "document-list": ("documents/", "documents/", "documenten/"),
    "timeline": ("timeline/", "chronologie/", "tijdlijn/"),
    "timeline-csv": (
        "timeline/timeline.csv",
        "chronologie/chronologie.csv",
        "tijdlijn/tijdlijn.csv",
    ),
    "glossary": ("glossary/", "glossaire/", "woordenlijst/"),
    "who-does-what": ("who-does-what/", "qui-fait-quoi/", "wie-doet-wat/"),
    "page-list": ("legal/", "mentions/", "juridisch/"),
}


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.parts[-3])
def test_no_entry_is_empty_or_fuzzy(source):
    assert faults_in(source) == []


def test_an_empty_and_a_fuzzy_entry_would_be_found(tmp_path):
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="empty", msgstr=""))
    catalogue.append(polib.POEntry(msgid="fuzzy", msgstr="flou", flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid="whole", msgstr="entier"))
    catalogue.save(str(path))

    assert len(faults_in(path)) == 2


def test_every_string_of_the_source_is_in_every_catalogue(tmp_path):
    if not shutil.which("xgettext"):
        pytest.fail("Install gettext: apt-get install gettext")
    for name in ("portal", "actors", "policies", "templates", "locale"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=COMPILED)
    shutil.copy(ROOT / "manage.py", tmp_path)
    command = [sys.executable, "manage.py", "makemessages", "--no-location", "--no-obsolete"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    languages = [word for source in sources() for word in ("-l", source.parts[-3])]
    subprocess.run(
        [*command, *languages], cwd=tmp_path, env=environment, check=True, capture_output=True
    )

    for source in sources():
        fresh = tmp_path / source.relative_to(ROOT)
        assert _ids(source) == _ids(fresh)
        assert len(_ids(source)) > 200


def _ids(path: Path) -> set:
    entries = polib.pofile(str(path))
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries if not entry.obsolete
    }


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.parts[-3])
def test_every_translation_keeps_the_variables_of_its_source(source):
    def variables(words: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)[sd]", words))

    entries = list(polib.pofile(str(source)))
    wrong = [e.msgid for e in entries if e.msgstr and variables(e.msgid) != variables(e.msgstr)]

    assert len(entries) > 200
    assert wrong == []


@pytest.mark.parametrize(("route", "words"), ADDRESSES.items())
def test_path_words_are_those_that_outsiders_rely_on(route, words):
    for code, word in zip(("en", "fr", "nl"), words, strict=True):
        assert route_in(route, code) == f"/{code}/{word}"


@pytest.mark.parametrize("code", ["en", "fr", "nl"])
def test_no_two_kinds_share_a_word_in_a_language(code):
    routes = ["timeline", "glossary", *(f"{kind.kind()}-list" for kind in page_kinds())]
    with translation.override(code):
        words = [reverse(route) for route in routes]

    assert len(words) > 10
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Belgium’s policy framework"),
        ("fr", "Le cadre d’action de la Belgique"),
        ("nl", "Het beleidskader van België"),
    ],
)
def test_a_known_string_really_loads(code, words):
    with translation.override(code):
        assert gettext("Belgium's policy framework") == words


def test_compiling_applies_the_typography_of_the_language_and_leaves_path_words(tmp_path):
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Also:", msgstr="Aussi :"))
    catalogue.append(polib.POEntry(msgctxt="address", msgid="plans", msgstr="l'adresse : x"))
    catalogue.save(str(path))

    assert compile_catalogue(path)
    assert not compile_catalogue(path)
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert [entry.msgstr for entry in compiled] == ["Aussi\u00a0:", "l'adresse : x"]


def test_the_source_language_has_every_string_that_any_catalogue_has(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    for code, words in (("de", ["It's one"]), ("fr", ["It's one", "It's another"])):
        path = tmp_path / "locale" / code / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        catalogue = polib.POFile()
        catalogue.extend(polib.POEntry(msgid=each) for each in words)
        catalogue.save(str(path))

    assert compile_source_language()
    compiled = polib.mofile(str(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.mo"))
    assert {entry.msgstr for entry in compiled} == {"It’s one", "It’s another"}


def test_a_language_of_the_site_without_a_catalogue_is_told(settings):
    assert languages_have_a_catalogue(None) == []

    settings.LANGUAGES = [("de", "Deutsch"), *settings.LANGUAGES]

    assert [(fault.id, fault.msg[:4]) for fault in languages_have_a_catalogue(None)] == [
        ("languages.E003", "“de”")
    ]
