from django.conf import settings
from django.core.checks import Error, register
from modeltranslation import settings as modeltranslation

from portal.languages.catalogues import languages_without


@register()
def languages_have_no_fallback(app_configs, **kwargs) -> list[Error]:
    """A missing translation must be seen, so nothing may stand in for it unasked."""
    if modeltranslation.ENABLE_FALLBACKS:
        return [
            Error(
                "The silent fallback of modeltranslation is on.",
                hint="Set MODELTRANSLATION_ENABLE_FALLBACKS = False.",
                id="languages.E001",
            )
        ]
    return []


@register()
def languages_agree(app_configs, **kwargs) -> list[Error]:
    """modeltranslation reads its languages at import; they must be those of the site."""
    if list(modeltranslation.AVAILABLE_LANGUAGES) != [code for code, _ in settings.LANGUAGES]:
        return [
            Error(
                "modeltranslation and LANGUAGES name other languages.",
                hint="Name them once, in LANGUAGES; leave MODELTRANSLATION_LANGUAGES unset.",
                id="languages.E002",
            )
        ]
    return []


@register()
def languages_have_a_catalogue(app_configs, **kwargs) -> list[Error]:
    """Without one, pages that say they are in a language would speak that of the source."""
    return [
        Error(
            f"“{code}” is a language of the site and has no catalogue.",
            hint=f"Run mkdir -p locale/{code}/LC_MESSAGES && make messages, and translate it.",
            id="languages.E003",
        )
        for code in languages_without()
    ]
