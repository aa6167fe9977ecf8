from django.contrib import admin

from portal.publishing.admin import RecordAdmin
from tests.kinds.models import Exercise


@admin.register(Exercise)
class ExerciseAdmin(RecordAdmin):
    pass
