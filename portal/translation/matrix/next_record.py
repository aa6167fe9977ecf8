"""From one record to the next in which a translator has something to do."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.staff.models import Account
from portal.translation.matrix.cells import Cell, Matrix
from portal.translation.screen import screen_address


def next_record(request: HttpRequest, language: str, after: UUID) -> HttpResponseRedirect:
    """To the screen of the next record; to the matrix where there is none."""
    if not request.user.has_a_role:
        raise PermissionDenied
    if language not in codes():
        raise Http404
    if found := _next(language, after, request.user):
        return HttpResponseRedirect(screen_address(found.record, language))
    said = _("No other record has anything to do in %(language)s.")
    messages.info(request, said % {"language": name_of(language)})
    return HttpResponseRedirect(reverse("admin:translation_assignment_changelist"))


def _next(code: str, after: UUID, me: Account) -> Cell | None:
    """In the order of the matrix, once around, from the record on that the translator leaves.

    What somebody else has taken comes after everything else.
    """
    cells = [row.in_language(code) for row in Matrix().rows]
    here = next((place for place, cell in enumerate(cells) if cell.record == after), -1)
    around = cells[here + 1 :] + cells[: max(here, 0)]
    to_do = [cell for cell in around if cell.is_to_do]
    return next((cell for cell in to_do if not _is_taken_from(me, cell)), next(iter(to_do), None))


def _is_taken_from(me: Account, cell: Cell) -> bool:
    return bool(cell.assignment) and cell.assignment.translator_id != me.pk
