"""The help of the desk, a page at a time."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from portal.publishing.help import NAMES, help_named


def help_page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in NAMES:
        raise Http404
    others = [help_named(other) for other in NAMES if other != name]
    context = {**admin.site.each_context(request), "help": help_named(name), "others": others}
    return TemplateResponse(request, "admin/help.html", context)
