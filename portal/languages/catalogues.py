"""Catalogues of the interface: written with plain spaces, compiled with the right ones."""

from pathlib import Path

import polib
from django.conf import settings

from portal.languages.typography import typeset

PATH_WORDS = "address"


def sources() -> list[Path]:
    return sorted(Path(settings.BASE_DIR, "locale").glob("*/LC_MESSAGES/django.po"))


def compile_catalogue(source: Path) -> bool:
    """Write the ``.mo`` beside its ``.po``; False where it is already up to date."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    language = source.parent.parent.name
    catalogue = polib.pofile(str(source))
    for entry in catalogue:
        if entry.msgctxt != PATH_WORDS:
            _typeset_entry(entry, language)
    catalogue.save_as_mofile(str(target))
    return True


def _typeset_entry(entry: polib.POEntry, language: str) -> None:
    entry.msgstr = typeset(entry.msgstr, language)
    entry.msgstr_plural = {
        number: typeset(words, language) for number, words in entry.msgstr_plural.items()
    }


def faults_in(source: Path) -> list[str]:
    """Entries that would show the reader another language: empty or fuzzy ones."""
    catalogue = polib.pofile(str(source))
    empty = [f"{source}: no translation of {e.msgid!r}" for e in catalogue.untranslated_entries()]
    fuzzy = [f"{source}: fuzzy translation of {e.msgid!r}" for e in catalogue.fuzzy_entries()]
    return empty + fuzzy
