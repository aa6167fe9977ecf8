"""The steps of docs/how-to/add-a-language.md, taken literally on a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib

from portal.languages.catalogues import sources
from tests.own_database import ROOT

PARTS = ("portal", "actors", "policies", "templates", "locale", "docs", "tests")
FILES = ("manage.py", "pyproject.toml")
BLOCK = re.compile(r"^```(\w+)\n(.+?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"\((\"\w+\"), \"\d{4}_(texts_in_german)\"\)")
# A small catalogue: the rest stays empty, as it is after the second step.
GERMAN = {
    ("address", "plans"): "plaene",
    ("address", "glossary"): "glossar",
    ("language in a sentence", "German"): "Deutsch",
    ("language in a sentence", "English"): "Englisch",
    ("language in a sentence", "French"): "Französisch",
    ("language in a sentence", "Dutch"): "Niederländisch",
    (None, "in %(language)s"): "auf %(language)s",
    (None, "This page does not exist in %(language)s yet."): (
        "Diese Seite gibt es noch nicht auf %(language)s."
    ),
    (None, "not yet in %(language)s"): "noch nicht auf %(language)s",
    (None, "%(day)s %(month)s %(year)s"): "%(day)s. %(month)s %(year)s",
    ("first of the month", "%(day)s %(month)s %(year)s"): "%(day)s. %(month)s %(year)s",
}


def with_german(folder: Path) -> Path:
    """A copy of the project in which every step was taken that is not the database's."""
    setting, claim = _blocks("python")
    _copy(folder)
    settings = folder / "portal" / "settings.py"
    settings.write_text(
        re.sub(r"(?m)^LANGUAGES = .*\n", lambda _: setting, settings.read_text("utf-8")), "utf-8"
    )
    _write_catalogue(folder)
    for line in _blocks("sh")[1].splitlines():
        run(folder, line.replace(".venv/bin/python", sys.executable).split())
    path = folder / "portal" / "records" / "migrations" / "0002_addresses_in_german.py"
    path.write_text(NAMED.sub(lambda found: _numbered(folder, found), claim), "utf-8")
    return folder


def migrate(database: str) -> None:
    """To the tables of before, without German."""
    run(ROOT, [sys.executable, "manage.py", "migrate", "-v0"], database)


def load_founding_content(database: str) -> None:
    """In the languages of before."""
    run(ROOT, [sys.executable, "manage.py", "load_framework"], database)


def read_in_german(house: Path, database: str, *options: str) -> str:
    """What pytest says of the site with German; fails when it found anything wrong."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    return run(house, [*command, "tests/fourth_language"], database)


def run(folder: Path, command: list[str], database: str = "sqlite:///:memory:") -> str:
    surroundings = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    kept = {n: value for n, value in os.environ.items() if not n.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=folder, env=kept | surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _blocks(language: str) -> list[str]:
    text = (ROOT / "docs" / "how-to" / "add-a-language.md").read_text("utf-8")
    return [block for name, block in BLOCK.findall(text) if name == language]


def _copy(folder: Path) -> None:
    folder.mkdir()
    left_out = shutil.ignore_patterns("node_modules", "__pycache__")
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)


def _write_catalogue(folder: Path) -> None:
    catalogue = polib.pofile(str(sources()[0]))
    catalogue.metadata |= {"Language": "de", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for entry in catalogue:
        entry.msgstr = GERMAN.get((entry.msgctxt, entry.msgid), "")
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    path = folder / "locale" / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue.save(str(path))


def _numbered(folder: Path, found: re.Match) -> str:
    """The name that makemigrations gave, whatever number the page says."""
    app = found[1].strip('"')
    (path,) = folder.glob(f"**/{app}/migrations/*_{found[2]}.py")
    return f'({found[1]}, "{path.stem}")'
