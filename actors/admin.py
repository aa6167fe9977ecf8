from django.contrib import admin

from actors.models import Actor, Membership, WorkingGroup
from portal.publishing.admin import RecordAdmin


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    pass


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    pass


@admin.register(WorkingGroup)
class WorkingGroupAdmin(RecordAdmin):
    pass
