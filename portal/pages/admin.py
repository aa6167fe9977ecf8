from django.contrib import admin

from portal.pages.models import Page, Term
from portal.publishing.admin import RecordAdmin


@admin.register(Page)
class PageAdmin(RecordAdmin):
    def get_queryset(self, request):
        """Every page: what the public list leaves out has its own place, but one desk."""
        return admin.ModelAdmin.get_queryset(self, request).order_by("position", "pk")


@admin.register(Term)
class TermAdmin(RecordAdmin):
    pass
