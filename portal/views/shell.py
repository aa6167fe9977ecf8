"""The pages of the site itself: language choice, home, glossary, permanent addresses, files."""

from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from actors.models import Actor, Membership
from policies.models import Edition, Instrument, MeasurePackage, Objective, Plan
from portal.languages.alternates import Alternate, alternates_of_route
from portal.languages.names import own_name
from portal.languages.sorting import initial
from portal.languages.texts import active, codes
from portal.pages.glossary import TermsInPlace
from portal.pages.models import Page, Place, Term, in_reading_order
from portal.publishing.changes import RECORDS_A_MOMENT, last_change, moments, of_pages
from portal.records.addresses import find, is_removed
from portal.records.models import READABLE, PageRecord, Record
from portal.records.questions import RecordsAsked
from portal.records.references import known
from portal.translation.freshness import with_bases
from portal.views.errors import missing
from portal.views.public import PublicView, link_addresses, linked_in

LATEST_CHANGES = 3


class LanguageChoice(TemplateView):
    """The bare address: languages of equal rank, no guess and no redirect."""

    template_name = "pages/languages.html"
    is_kept = True

    def get_context_data(self, **context: Any) -> dict:
        return super().get_context_data(
            languages=[self._words_of(code) for code in codes()],
            alternates=alternates_of_route("home"),
            **context,
        )

    def _words_of(self, code: str) -> dict[str, str]:
        with translation.override(code):
            return {
                "code": code,
                "name": own_name(code),
                "address": reverse("home"),
                "site": gettext("Fight against terrorism"),
                "strapline": gettext("Belgium's policy framework"),
            }


class Home(PublicView):
    """What the policy is, the ways in, the framework in time, and where else to turn."""

    template_name = "pages/home.html"
    in_time = (Plan, Instrument, Actor, MeasurePackage, Membership)

    def get_context_data(self, **context: Any) -> dict:
        terms = TermsInPlace()
        linked = linked_in(self.pages.values())
        words = terms.addresses(linked)
        entries = list(of_pages()[: LATEST_CHANGES * RECORDS_A_MOMENT])
        found = known((linked - words.keys()) | {entry.record for entry in entries})
        return super().get_context_data(
            record=self.pages.get(Place.HOME),
            elsewhere=self.pages.get(Place.WHERE_TO_TURN),
            objectives=Objective.objects.published().for_list(),
            in_time=self.first_dated(),
            latest=moments(entries, found)[:LATEST_CHANGES],
            link_addresses={uuid: each.shown_at(active()) for uuid, each in found.items()} | words,
            terms=terms,
            **context,
        )

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {page.place: page for page in _pages_on_home().records()}

    def first_dated(self) -> list[PageRecord]:
        """Of each kind the record whose first date is the earliest; oldest first."""
        found = [record for kind in self.in_time for record in _earliest(kind).records()]
        return sorted(found, key=lambda record: record.dated[0].value.first_day)

    def get_alternates(self) -> list[Alternate]:
        home = self.pages.get(Place.HOME)
        return home.alternates if home else alternates_of_route("home")


@cache
def _pages_on_home() -> RecordsAsked:
    places = [Place.HOME, Place.WHERE_TO_TURN]
    return RecordsAsked(with_bases(Page.objects.published().filter(place__in=places)))


@cache
def _earliest(kind: type[PageRecord]) -> RecordsAsked:
    start = f"{kind.dates[0]}_from"
    dated = kind.objects.published().exclude(**{start: None})
    return RecordsAsked(dated.order_by(start, "position", "pk")[:1])


class Glossary(PublicView):
    template_name = "pages/glossary.html"

    def get_context_data(self, **context: Any) -> dict:
        terms = in_reading_order(with_bases(Term.objects.readable()))
        anchors = {term.pk: f"#{term.anchor}" for term in terms}
        letters = groupby(terms, lambda term: initial(str(term)))
        return super().get_context_data(
            as_of=last_change(Term),
            letters=[(letter, list(entries)) for letter, entries in letters],
            link_addresses=link_addresses(terms, lambda _asked: anchors),
            **context,
        )


@require_safe
def permanent(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The address that outlives titles and languages: leads the reader to the best language.

    ``?lang=fr`` forces one. Never kept by a cache, since it depends on the reader.
    """
    record = find(uuid)
    if record is None:
        missing(removed=is_removed(uuid))
    forced = request.GET.get("lang", "").lower()
    if forced and forced not in codes():
        raise BadRequest
    address = record.shown_at(forced or _best_language(request, record))
    response = HttpResponseRedirect(address)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-store"
    return response


def _best_language(request: HttpRequest, record: Record) -> str:
    """The reader's first choice among the languages of what is shown, else its source."""
    shown = record.shown_with
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (language := code.partition("-")[0]) in shown.languages:
            return language
    return shown.source_language


@require_safe
def file(request: HttpRequest, uuid: UUID, name: str) -> HttpResponse:
    """A document's file, always as an attachment; a former name leads to the present one."""
    shown = Edition.objects.published().filter(document__state__in=READABLE)
    edition = shown.filter(pk=uuid).first()
    if edition is None:
        missing(removed=is_removed(uuid))
    if not edition.file:
        return HttpResponseRedirect(edition.shown_at(edition.document.source_language))
    if name != edition.file_name:
        return HttpResponsePermanentRedirect(edition.href)
    try:
        content = edition.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(content, as_attachment=True, filename=name)
    response.headers["ETag"] = f'"{edition.sha256}"'
    return response
