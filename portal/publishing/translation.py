from modeltranslation.translator import TranslationOptions, register

from portal.publishing.models import Release


@register(Release)
class ReleaseTranslation(TranslationOptions):
    fields = ("note",)
