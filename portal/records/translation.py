"""The base options of translation. Each kind registers itself; the abstract records do not."""

from modeltranslation.translator import TranslationOptions


class RecordTranslation(TranslationOptions):
    """A kind without a page of its own; names its own texts, or none."""


class PageRecordTranslation(TranslationOptions):
    fields = ("title", "slug", "summary", "body", "also")
