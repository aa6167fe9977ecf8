from modeltranslation.translator import register

from portal.records.translation import PageRecordTranslation
from tests.kinds.models import Exercise


@register(Exercise)
class ExerciseTranslation(PageRecordTranslation):
    pass
