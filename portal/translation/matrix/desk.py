"""The screen of the matrix, and what is done on it: translations are taken, given, given back."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.publishing.drafts import newest
from portal.publishing.turns import Refused
from portal.records.kinds import kind_named
from portal.staff.models import Account
from portal.translation.assigning import assign, give_back
from portal.translation.matrix.page import WHICH, MatrixPage, numbers


def translation_matrix(request: HttpRequest) -> HttpResponse:
    if not request.user.has_a_role:
        raise PermissionDenied
    if request.method == "POST":
        return _done(request)
    page = MatrixPage(request)
    context = {
        **site.each_context(request),
        "title": _("Translations"),
        "matrix": page,
        "numbers": numbers(page.matrix.cells, codes(), request.user),
        "which": [(name, label) for name, (label, _test) in WHICH.items()],
        "languages": codes(),
    }
    return TemplateResponse(request, "admin/translations.html", context)


def _done(request: HttpRequest) -> HttpResponse:
    """Take, give or give back what was ticked; whatever is refused is told, the rest is done."""
    done = 0
    for key in request.POST.getlist("cell"):
        record, _colon, code = key.partition(":")
        try:
            _act(request, UUID(record), code)
            done += 1
        except ValueError:
            messages.error(request, _("Tick translations of this list."))
        except Refused as refused:
            messages.error(request, _where(UUID(record), code, refused))
    if done:
        said = ngettext(
            "Noted for %(count)s translation.", "Noted for %(count)s translations.", done
        )
        messages.success(request, said % {"count": done})
    elif not request.POST.getlist("cell"):
        messages.error(request, _("Tick a translation first."))
    return HttpResponseRedirect(request.get_full_path())


def _where(record: UUID, code: str, why: Refused) -> str:
    """What was refused, and of which of the translations that were ticked."""
    draft = newest(record)
    row = draft and kind_named(draft.kind).objects.filter(pk=record).first()
    if not row or code not in codes():
        return str(why)
    said = _("“%(record)s” in %(language)s: %(why)s")
    return said % {"record": row, "language": name_of(code), "why": why}


def _act(request: HttpRequest, record: UUID, code: str) -> None:
    asked, me = request.POST.get("do"), request.user
    if asked == "give_back":
        give_back(record, code, me)
    elif asked in ("take", "give"):
        assign(record, code, me if asked == "take" else _chosen(request), me, _until(request))
    else:
        raise BadRequest


def _chosen(request: HttpRequest) -> Account:
    found = Account.objects.filter(username=request.POST.get("to", "")).first()
    if found is None:
        raise Refused(_("Choose who translates."))
    return found


def _until(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(asked) if (asked := request.POST.get("until", "")) else None
    except ValueError as wrong:
        raise Refused(_("Write the day as 2026-12-31.")) from wrong
