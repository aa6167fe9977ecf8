"""Languages by name: in their own words, and in the reader's."""

from django.conf import settings
from django.conf.global_settings import LANGUAGES as KNOWN
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, pgettext_lazy

from portal.languages.sorting import by_name

# Django's own names are capitalised for lists; these stand in a running sentence.
IN_A_SENTENCE = {
    "de": pgettext_lazy("language in a sentence", "German"),
    "en": pgettext_lazy("language in a sentence", "English"),
    "fr": pgettext_lazy("language in a sentence", "French"),
    "nl": pgettext_lazy("language in a sentence", "Dutch"),
}
CODES_KNOWN = sorted({code for code, _ in KNOWN if len(code) == 2})


def own_name(code: str) -> str:
    """``français``: the language in its own words, as the switcher shows it."""
    return dict(settings.LANGUAGES).get(code) or LANG_INFO[code]["name_local"]


def name_of(code: str) -> str:
    """``French``, ``français``, ``Frans``: the name as it stands in a sentence of the reader."""
    if code in IN_A_SENTENCE:
        return str(IN_A_SENTENCE[code])
    name = gettext(LANG_INFO[code]["name"])
    return name.lower() if str(IN_A_SENTENCE["en"]).islower() else name  # as French writes them


def site_languages() -> list[tuple[str, str]]:
    """Callable, so that a new language in the settings changes no migration."""
    return list(settings.LANGUAGES)


def known_languages() -> list[tuple[str, str]]:
    """Every two-letter language by its name, for what is not bound to the site's own."""
    named = [(code, name_of(code)) for code in CODES_KNOWN if code in LANG_INFO]
    return by_name(named, lambda language: language[1])
