"""Filters of the desk's lists."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.languages.names import name_of
from portal.languages.texts import codes, column


class LanguageFilter(SimpleListFilter):
    """Records by the languages that they have or lack."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        if not model_admin.model.headline:
            return []
        return [
            *((code, _("in %(language)s") % {"language": name_of(code)}) for code in codes()),
            *(
                (f"-{code}", _("not in %(language)s") % {"language": name_of(code)})
                for code in codes()
            ),
        ]

    def queryset(self, request, queryset):
        code = (self.value() or "").removeprefix("-")
        if code not in codes():
            return queryset
        here = Q(**{f"{column(queryset.model.headline, code)}__isnull": False})
        return queryset.exclude(here) if self.value().startswith("-") else queryset.filter(here)
