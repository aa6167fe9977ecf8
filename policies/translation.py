from modeltranslation.translator import register

from policies.models import (
    Document,
    Edition,
    Instrument,
    Measure,
    MeasurePackage,
    Objective,
    Plan,
    Responsibility,
)
from portal.records.translation import PageRecordTranslation, RecordTranslation


@register(Objective)
class ObjectiveTranslation(PageRecordTranslation):
    pass


@register(Plan)
class PlanTranslation(PageRecordTranslation):
    fields = ("short_title", "purpose")


@register(MeasurePackage)
class MeasurePackageTranslation(PageRecordTranslation):
    pass


@register(Measure)
class MeasureTranslation(PageRecordTranslation):
    pass


@register(Instrument)
class InstrumentTranslation(PageRecordTranslation):
    fields = ("abbreviation", "relation", "chapters")


@register(Document)
class DocumentTranslation(PageRecordTranslation):
    pass


@register(Edition)
class EditionTranslation(RecordTranslation):
    pass


@register(Responsibility)
class ResponsibilityTranslation(RecordTranslation):
    fields = ("sentence",)
