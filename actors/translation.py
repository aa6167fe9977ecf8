from modeltranslation.translator import register

from actors.models import Actor, Membership, WorkingGroup
from portal.records.translation import PageRecordTranslation


@register(Actor)
class ActorTranslation(PageRecordTranslation):
    fields = ("abbreviation", "forms", "website")


@register(Membership)
class MembershipTranslation(PageRecordTranslation):
    pass


@register(WorkingGroup)
class WorkingGroupTranslation(PageRecordTranslation):
    pass
