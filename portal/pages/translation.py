from modeltranslation.translator import register

from portal.pages.models import Page, Term
from portal.records.translation import PageRecordTranslation, RecordTranslation


@register(Page)
class PageTranslation(PageRecordTranslation):
    pass


@register(Term)
class TermTranslation(RecordTranslation):
    fields = ("term", "abbreviation", "forms", "meaning", "also")
