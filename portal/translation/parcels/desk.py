"""Parcels at the desk: one page to make them, one to hand them in."""

from functools import partial

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.languages.names import name_of, own_name
from portal.languages.texts import codes
from portal.publishing.turns import Refused
from portal.staff.models import Account
from portal.translation.parcels.arriving import Arrival, take_in
from portal.translation.parcels.packing import Original, originals, packed
from portal.translation.parcels.page import page_of
from portal.translation.parcels.parcel import Parcel
from portal.translation.parcels.unwrapping import LARGEST, BadParcel
from portal.translation.parcels.writer import written
from portal.translation.parcels.xliff import V1, V2

PAGE = "html"
FORMATS = {V2: _("XLIFF 2.0"), V1: _("XLIFF 1.2"), PAGE: _("Page to read and print")}
NOTHING_CHOSEN = _("Nothing of this is due. Choose records, and all of their texts.")


def routes(desk: ModelAdmin) -> list[URLPattern]:
    seen_by_staff = desk.admin_site.admin_view
    return [
        path("parcel/", seen_by_staff(partial(make, desk)), name="translation-parcel"),
        path("parcel/in/", seen_by_staff(partial(hand_in, desk)), name="translation-parcel-in"),
    ]


# --- out ------------------------------------------------------------------------------------------


def make(desk: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Choose a language and what to send; posted, the parcel itself."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    code = _language(request)
    found = originals(code)
    if request.method == "POST":
        if parcel := _chosen(request, found):
            return _sent(parcel, request.POST.get("format", ""))
        messages.error(request, NOTHING_CHOSEN)
    context = {
        "title": _("Make a parcel"),
        "language": name_of(code),
        "languages": [(each, own_name(each), each == code) for each in codes()],
        "code": code,
        "groups": list(_by_source(found)),
        "formats": FORMATS.items(),
        "may_hand_in": request.user.is_editor,
    }
    return _shown(desk, request, "admin/parcel_out.html", context)


def _language(request: HttpRequest) -> str:
    """The one that was asked for; else the first into which the account translates."""
    asked = request.POST.get("language") or request.GET.get("language")
    return asked if asked in codes() else _first_of(request.user)


def _first_of(account: Account) -> str:
    return next(iter([*account.translates.split(), *codes()]))


def _by_source(found: list[Original]):
    """A parcel is of one pair of languages, so each source language makes its own."""
    for code in codes():
        if own := [each for each in found if each.source_language == code]:
            due = [each for each in own if each.due]
            yield code, name_of(code), due, [each for each in own if not each.due]


def _chosen(request: HttpRequest, found: list[Original]) -> Parcel | None:
    """What was ticked; where nothing was, whatever is due."""
    asked, source = request.POST.getlist("record"), request.POST.get("source")
    own = [each for each in found if each.source_language == source]
    chosen = [each for each in own if str(each.row.pk) in asked] if asked else own
    is_whole = request.POST.get("what") == "all" and bool(asked)
    parcel = packed(chosen, whole=is_whole) if chosen else None
    return parcel if parcel and parcel.sheets else None


def _sent(parcel: Parcel, form: str) -> HttpResponse:
    """Always as a file: its style would be refused on a page of ours."""
    if form == PAGE:
        content, kind, tail = page_of(parcel), "text/html; charset=utf-8", "html"
    else:
        version = form if form in (V1, V2) else V2
        content, kind, tail = written(parcel, version), "application/x-xliff+xml", "xlf"
    name = f"{parcel.source_language}-{parcel.language}-{localdate():%Y-%m-%d}.{tail}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


# --- in -------------------------------------------------------------------------------------------


def hand_in(desk: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form, and once posted what became of each text."""
    if not (desk.has_view_permission(request) and request.user.is_editor):
        raise PermissionDenied
    arrival = _arrived(request) if request.method == "POST" else None
    context = {
        "title": _("Hand in a parcel"),
        "arrival": arrival,
        "language": name_of(arrival.language) if arrival else "",
        "largest": LARGEST // 1024**2,
    }
    return _shown(desk, request, "admin/parcel_in.html", context)


def _arrived(request: HttpRequest) -> Arrival | None:
    try:
        file = request.FILES.get("parcel")
        if file is None:
            raise BadParcel(_("No file was chosen. Choose the parcel that was translated."))
        return take_in(file.read(LARGEST + 1), request.user)
    except Refused as refused:
        messages.error(request, _("Nothing was taken in. %(why)s") % {"why": refused})
    return None


def _shown(desk: ModelAdmin, request: HttpRequest, template: str, context: dict) -> HttpResponse:
    frame = {**desk.admin_site.each_context(request), "opts": desk.opts}
    return TemplateResponse(request, template, frame | context)
