"""Which text, and in which language: the only door to a translated column.

A text never leaves this module without its language, and nothing falls back in
silence: whoever shows a text can see that it is not in the reader's language.
"""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language, override
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname


class Text(str):
    """A text that knows its language; empty, with no language, where there is none."""

    lang: str | None

    def __new__(cls, value: str, lang: str | None) -> "Text":
        text = super().__new__(cls, value)
        text.lang = lang
        return text


def codes() -> list[str]:
    """The site's languages, in the order of their own names (see ``LANGUAGES``)."""
    return [*_codes()]


@cache  # every text of every page asks
def _codes() -> tuple[str, ...]:
    return tuple(code for code, _ in settings.LANGUAGES)


@cache
def column(name: str, code: str) -> str:
    """The database column that holds ``name`` in the language ``code``."""
    return build_localized_fieldname(name, code)


def columns(name: str) -> list[str]:
    return [column(name, code) for code in codes()]


def translated_names(model: type[Model] | Model) -> list[str]:
    """The translated fields of a model, in the order in which the model declares them."""
    opts = translator.get_options_for_model(model if isinstance(model, type) else type(model))
    return [field.name for field in model._meta.fields if field.name in opts.all_fields]


def language_columns(model: type[Model]) -> dict[str, tuple[str, str]]:
    """``{column: (name, code)}`` of every language column of a model."""
    return {
        column(name, code): (name, code) for name in translated_names(model) for code in codes()
    }


def active() -> str:
    """The reader's language; the default one where code runs outside any language."""
    language = get_language()
    return language if language in _codes() else settings.LANGUAGE_CODE


def in_language(record: Model, name: str, code: str) -> str:
    """The text in exactly this language, or the empty string."""
    return getattr(record, column(name, code)) or ""


def text(record: Model, name: str, lang: str | None = None) -> Text:
    """The best text there is, with its language: asked, then source, then any other."""
    asked = lang or active()
    if words := in_language(record, name, asked):
        return Text(words, asked)
    source = getattr(record, "source_language", asked)
    return nearest({code: in_language(record, name, code) for code in codes()}, source)


def nearest(words: Mapping[str, str], *wanted: str) -> Text:
    """The first of these texts that exists: in the languages wanted, then in any other."""
    for code in dict.fromkeys([*wanted, *codes()]):
        if value := words.get(code):
            return Text(value, code)
    return Text("", None)


def in_every_language(words: str) -> dict[str, str]:
    """A lazily translated text, said in each language of the site."""
    said = {}
    for code in codes():
        with override(code):
            said[code] = str(words)
    return said


def languages_with(record: Model, name: str) -> list[str]:
    """The languages in which the record has this text."""
    return [code for code in codes() if in_language(record, name, code)]


def set_texts(record: Model, name: str, values: dict[str, str | None]) -> None:
    """Write a text in several languages at once, whatever language is active."""
    for code, value in values.items():
        setattr(record, column(name, code), value)
