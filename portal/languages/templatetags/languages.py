"""Texts in templates, each with its true language."""

from django import template
from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.languages import names
from portal.languages.texts import Text, active, text
from portal.languages.typography import typeset

register = template.Library()


def in_its_language(words: Text) -> str:
    """Escaped; wrapped in its ``lang`` where that is not the language of the page."""
    shown = conditional_escape(typeset(words, words.lang, soft_hyphens=True))
    if words.lang in (None, active()):
        return shown
    return format_html('<span lang="{}">{}</span>', words.lang, shown)


@register.simple_tag(name="text")
def text_tag(record: Model, name: str) -> SafeString:
    return in_its_language(text(record, name))


@register.simple_tag
def plain(record: Model, name: str) -> str:
    """For a page title or an attribute, where no element fits: the bare words."""
    words = text(record, name)
    return typeset(words, words.lang)


@register.filter
def hyphenated(words: str) -> str:
    """A word of the interface where it may be wider than a phone: with its soft hyphens."""
    return typeset(str(words), active(), soft_hyphens=True)


@register.filter
def language_name(code: str) -> str:
    return names.name_of(code)


@register.filter
def languages_in_a_row(codes: list[str]) -> str:
    """“English, French and Dutch”, in a sentence of the reader's language."""
    *first, last = map(names.name_of, codes)
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


@register.filter
def own_name(code: str) -> str:
    return names.own_name(code)
