from django.contrib import admin

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
from portal.publishing.admin import RecordAdmin


@admin.register(Objective)
class ObjectiveAdmin(RecordAdmin):
    pass


@admin.register(Plan)
class PlanAdmin(RecordAdmin):
    pass


@admin.register(MeasurePackage)
class MeasurePackageAdmin(RecordAdmin):
    pass


@admin.register(Measure)
class MeasureAdmin(RecordAdmin):
    pass


@admin.register(Instrument)
class InstrumentAdmin(RecordAdmin):
    pass


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    pass


@admin.register(Edition)
class EditionAdmin(RecordAdmin):
    pass


@admin.register(Responsibility)
class ResponsibilityAdmin(RecordAdmin):
    def get_list_display(self, request):
        return ("actor", *super().get_list_display(request), "subject")
