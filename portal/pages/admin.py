from django.contrib import admin

from portal.pages.models import Page, Term
from portal.publishing.admin import RecordAdmin


@admin.register(Page)
class PageAdmin(RecordAdmin):
    pass


@admin.register(Term)
class TermAdmin(RecordAdmin):
    pass
