"""From one record to the next in which a translator has something to do."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.translation.matrix import DUE, MACHINE, MISSING, Cell, Matrix


def next_record(request: HttpRequest, language: str, after: UUID) -> HttpResponseRedirect:
    """To the screen of the next record; to the matrix where there is none."""
    if not (request.user.is_editor or request.user.is_approver):
        raise PermissionDenied
    if language not in codes():
        raise Http404
    if found := _next(language, after):
        return HttpResponseRedirect(found.screen)
    said = _("No other record has anything to do in %(language)s.")
    messages.info(request, said % {"language": name_of(language)})
    return HttpResponseRedirect(reverse("admin:translation_assignment_changelist"))


def _next(code: str, after: UUID) -> Cell | None:
    """In the order of the matrix, once around; the most urgent one after what is done."""
    rows = sorted(Matrix().rows, key=lambda row: row.in_order([code]))
    cells = [cell for row in rows for cell in row.cells if cell.language == code]
    to_do = [cell for cell in cells if {DUE, MISSING, MACHINE} & {*cell.states}]
    here = next((place for place, cell in enumerate(to_do) if cell.record == after), -1)
    others = to_do[here + 1 :] + to_do[: max(here, 0)]
    return others[0] if others else None
