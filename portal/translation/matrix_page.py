"""The screen of the matrix: what is asked for, and the acts on what was ticked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.languages.texts import codes
from portal.publishing.release_admin import record_named
from portal.publishing.turns import Refused
from portal.staff.models import Account
from portal.translation import assigning
from portal.translation.asked import LABELS, Asked
from portal.translation.matrix import Matrix

ROWS_A_PAGE = 100


def answer(request: HttpRequest, context: dict) -> HttpResponse:
    if request.method == "POST":
        try:
            done = _perform(request)
            told = ngettext("%(texts)s translation.", "%(texts)s translations.", done)
            messages.success(request, told % {"texts": done})
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(request.get_full_path())
    return TemplateResponse(request, "admin/translations.html", {**context, **_shown(request)})


def _shown(request: HttpRequest) -> dict:
    asked, matrix = Asked.read(request.GET, request.user), Matrix()
    for each in asked.unknown:
        messages.warning(request, _("“%(word)s” is no filter here.") % {"word": each})
    rows = sorted(filter(asked.wants, matrix.rows), key=lambda row: row.in_order(asked.languages))
    counts = matrix.counts(asked.languages)
    accounts = [each for each in matrix.accounts.values() if each.can_sign_in and each.is_editor]
    return {
        "asked": asked,
        "codes": codes(),
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "counts": {
            code: [(state, LABELS[state], n) for state, n in found.items()]
            for code, found in counts.items()
        },
        "accounts": accounts if request.user.sets_facts else [],
    }


@transaction.atomic
def _perform(request: HttpRequest) -> int:
    """All that was ticked, or nothing. Raises Refused."""
    asked, by = request.POST, request.user
    ticked = [each.partition(":") for each in asked.getlist("text")]
    if not ticked:
        raise Refused(_("Tick the translations first."))
    for typed, _colon, code in ticked:
        record, until = record_named(typed), assigning.day_named(asked.get("until", ""))
        match asked.get("do"):
            case "take":
                assigning.take(record, code, by, until)
            case "give":
                assigning.give(record, code, _account(asked.get("to", "")), by, until)
            case "give_back":
                assigning.give_back(record, code, by)
            case _:
                raise Refused(_("This page has changed. Open it again."))
    return len(ticked)


def _account(typed: str) -> Account:
    found = Account.objects.filter(pk=typed).first() if typed.isdecimal() else None
    if found is None:
        raise Refused(_("Choose an account from the list."))
    return found
