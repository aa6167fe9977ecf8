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
    if _is_up_to_date(target, source):
        return False
    language = source.parent.parent.name
    catalogue = polib.pofile(str(source))
    for entry in catalogue:
        _typeset_entry(entry, language)
    catalogue.save_as_mofile(str(target))
    return True


def compile_source_language() -> bool:
    """The source language needs no translation, but it too is read with the right marks.

    Its strings are those of every catalogue, for a new one may not have them all.
    """
    target = _source_of(settings.LANGUAGE_CODE).with_suffix(".mo")
    if all(_is_up_to_date(target, source) for source in sources()):
        return False
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.extend(map(_as_translation_of_itself, _strings_of_the_source()))
    for entry in catalogue:
        _typeset_entry(entry, settings.LANGUAGE_CODE)
    target.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save_as_mofile(str(target))
    return True


def _strings_of_the_source() -> list[polib.POEntry]:
    entries = (entry for source in sources() for entry in polib.pofile(str(source)))
    return list({(entry.msgctxt, entry.msgid): entry for entry in entries}.values())


def languages_without() -> list[str]:
    """Languages of the site whose pages would speak the language of the source."""
    spoken = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [code for code in spoken if not _source_of(code).exists()]


def _source_of(code: str) -> Path:
    return Path(settings.BASE_DIR, "locale", code, "LC_MESSAGES", "django.po")


def _is_up_to_date(target: Path, source: Path) -> bool:
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def _as_translation_of_itself(entry: polib.POEntry) -> polib.POEntry:
    words = {"msgid": entry.msgid, "msgctxt": entry.msgctxt, "msgid_plural": entry.msgid_plural}
    if entry.msgid_plural:
        return polib.POEntry(**words, msgstr_plural={0: entry.msgid, 1: entry.msgid_plural})
    return polib.POEntry(**words, msgstr=entry.msgid)


def _typeset_entry(entry: polib.POEntry, language: str) -> None:
    if entry.msgctxt == PATH_WORDS:
        return
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
