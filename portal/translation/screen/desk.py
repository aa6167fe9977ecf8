"""What a request to the translator's screen does: shows the sheet, keeps what was typed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.publishing.admin import KEPT
from portal.publishing.models import Item, Revision
from portal.publishing.review import submit
from portal.publishing.standing import form_address
from portal.publishing.turns import Refused
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.staff.models import Account
from portal.translation.acts import Overtaken
from portal.translation.behind import history_of
from portal.translation.freshness import must_be_translated
from portal.translation.screen import screen_address
from portal.translation.screen.form import TranslationForm
from portal.translation.screen.sheet import Sheet


def translation_screen(request: HttpRequest, record: UUID, language: str) -> HttpResponse:
    """Reading is for everybody at the desk; what an account may write, its form says."""
    if not request.user.has_a_role:
        raise PermissionDenied
    saved = history_of(record)
    row = _row(record, saved, language)
    history = [each for each in saved if each.content]
    if row.is_removed or not history:
        return _shown(request, row, language, None)
    if request.method == "POST":
        return _posted(request, row, history, language)
    return _shown(
        request, row, language, TranslationForm(Sheet(row, history, language), request.user)
    )


def _row(record: UUID, saved: list[Revision], language: str) -> Record:
    """Raises Http404 for what has no texts, and for a language that the site does not have."""
    kind = kind_named(saved[0].kind) if saved else None
    if kind is None or not must_be_translated(kind) or language not in codes():
        raise Http404
    return get_object_or_404(kind, pk=record)


def _posted(request: HttpRequest, row: Record, history: list[Revision], code: str) -> HttpResponse:
    """Whatever is refused, what was typed stands in the form again."""
    seen, numbers = request.POST.get("seen", ""), [str(each.number) for each in history]
    since = history[numbers.index(seen) :] if seen in numbers else history
    form = TranslationForm(Sheet(row, since, code), request.user, request.POST)
    if not (form.may_write or form.may_confirm):
        raise PermissionDenied
    asked = request.POST.get("do")
    try:
        if form.is_valid():
            submitted = asked == "submit"
            _tell(request, *form.keep(all_valid=asked == "confirm"), submitted=submitted)
            return HttpResponseRedirect(_next(request, row, code, submitted=submitted))
    except ValidationError as wrong:
        form.add_error(None, wrong)
    except Overtaken as other:
        form = form.begun_anew(Sheet(row, history, code))
        return _shown(request, row, code, form, overtaken=other)
    except Refused as refused:
        messages.error(request, str(refused))
    return _shown(request, row, code, form)


def _tell(request: HttpRequest, saved: Revision | None, confirmed: int, *, submitted: bool) -> None:
    if saved:
        messages.success(request, KEPT)
    if confirmed:
        said = ngettext("%(count)s text confirmed.", "%(count)s texts confirmed.", confirmed)
        messages.success(request, said % {"count": confirmed})
    if not (saved or confirmed or submitted):
        messages.info(request, _("Nothing was changed."))


def _next(request: HttpRequest, row: Record, code: str, *, submitted: bool) -> str:
    """The release that has the record; without one, the same screen."""
    if not submitted:
        return screen_address(row.pk, code)
    waiting = Item.objects.filter(record_uuid=row.pk, is_open=True).select_related("release")
    try:
        item = waiting.first()  # it asks to take in what is newer
        return form_address(item.release if item else submit([row.pk], request.user))
    except Refused as refused:
        messages.error(request, str(refused))
        return screen_address(row.pk, code)


def _shown(
    request: HttpRequest,
    row: Record,
    code: str,
    form: TranslationForm | None,
    overtaken: Overtaken | None = None,
) -> HttpResponse:
    """Without a form there is nothing to read: the texts were removed by law."""
    sheet = form.sheet if form else None
    return TemplateResponse(
        request,
        "admin/translate.html",
        {
            **site.each_context(request),
            "title": _("“%(record)s” in %(language)s") % {"record": row, "language": name_of(code)},
            "record": row,
            "record_address": form_address(row),
            "language": code,
            "language_name": name_of(code),
            "form": form,
            "sheet": sheet,
            "source_name": name_of(sheet.source) if sheet else "",
            "overtaken": overtaken,
            "preview": reverse("preview-at-the-desk", args=[code, row.kind(), row.pk]),
            **_what_may_be_done(form, row, request.user),
        },
    )


def _what_may_be_done(form: TranslationForm | None, row: Record, by: Account) -> Mapping[str, Any]:
    """What was typed is never hidden, even where it can no longer be saved."""
    is_open = bool(form) and (form.is_bound or not row.is_closed) and not form.sheet.is_source
    return {
        "may_write": is_open and form.may_write,
        "may_confirm": is_open and form.may_confirm,
    }
