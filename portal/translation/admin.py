"""Translations at the desk: which are due, the screen of one, and parcels for translators."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.translation.matrix.desk import translation_matrix
from portal.translation.matrix.next_record import next_record
from portal.translation.models import Assignment
from portal.translation.parcels import desk as parcels
from portal.translation.screen.desk import translation_screen


@admin.register(Assignment)
class TranslationDesk(admin.ModelAdmin):
    """Nothing is added or changed by Django's own forms: each page here has its own acts."""

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return translation_matrix(request)

    def get_urls(self) -> list:
        screen = self.admin_site.admin_view(translation_screen)
        onward = self.admin_site.admin_view(next_record)
        return [
            path("<uuid:record>/<slug:language>/", screen, name="translation-screen"),
            path("next/<slug:language>/<uuid:after>/", onward, name="translation-next"),
            *parcels.routes(self),
            *super().get_urls(),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        user = request.user
        return user.is_authenticated and user.has_a_role

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
