"""From one record to the next in which a translator has something to do."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import codes
from portal.publishing.models import Revision
from portal.publishing.reading import content_in
from portal.records.kinds import kind_named
from portal.translation.freshness import Bases, bases_of, freshness_of


def next_record(request: HttpRequest, language: str, after: UUID) -> HttpResponseRedirect:
    """To the screen of the next record; to the first page of the desk where there is none."""
    if not (request.user.is_editor or request.user.is_approver):
        raise PermissionDenied
    if language not in codes():
        raise Http404
    if found := _next(language, after):
        return HttpResponseRedirect(reverse("admin:translation-screen", args=[found, language]))
    said = _("No other record has anything to do in %(language)s.")
    messages.info(request, said % {"language": name_of(language)})
    return HttpResponseRedirect(reverse("admin:index"))


def _next(code: str, after: UUID) -> UUID | None:
    """Once around, in the order of kinds, from the record on that the translator leaves."""
    drafts = _newest_drafts()
    known = bases_of(each.record for each in drafts)
    here = next((place for place, each in enumerate(drafts) if each.record == after), -1)
    for draft in [*drafts[here + 1 :], *drafts[: max(here, 0)]]:
        if _has_something_to_do(draft, code, known[draft.record]) and _is_open(draft):
            return draft.record
    return None


def _newest_drafts() -> list[Revision]:
    later = Revision.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    newest = Revision.objects.exclude(content="").filter(~Exists(later))
    return list(newest.order_by("kind", "record"))


def _has_something_to_do(draft: Revision, code: str, known: Bases) -> bool:
    content = content_in(draft)
    if code == content["source_language"]:
        return False
    every = freshness_of(kind_named(draft.kind), content, known)
    return any(each.language == code and not each.is_same for each in every)


def _is_open(draft: Revision) -> bool:
    return not kind_named(draft.kind).objects.get(pk=draft.record).is_closed
