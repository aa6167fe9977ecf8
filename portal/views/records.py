"""The page of one record."""

from functools import cache
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from actors.models import Membership
from policies.enums import InstrumentKind
from policies.models import Instrument, MeasurePackage, Objective, Plan
from portal.languages.alternates import Alternate
from portal.languages.texts import active
from portal.pages.glossary import TermsInPlace
from portal.pages.models import Page, Place
from portal.records.addresses import SOME_LANGUAGE, SOME_SLUG, at_address, is_removed_at
from portal.records.models import PageRecord
from portal.records.questions import RecordsAsked
from portal.records.references import relations_of
from portal.translation.freshness import with_bases
from portal.views.errors import missing
from portal.views.public import PublicView, link_addresses


class RecordPage(PublicView):
    """One record at its address; a former address leads to the present one."""

    kind: type[PageRecord] = None

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = _question(self.kind).records({SOME_LANGUAGE: active(), SOME_SLUG: slug})
        if not found:
            missing(removed=is_removed_at(self.kind, active(), slug))
        self.record = found[0]
        if request.path != self.record.address():
            return HttpResponsePermanentRedirect(self.record.address())
        return super().get(request)

    def get_template_names(self) -> list[str]:
        return [f"{self.kind._meta.app_label}/{self.kind._meta.model_name}.html"]

    def get_alternates(self) -> list[Alternate]:
        return self.record.alternates

    def get_context_data(self, **context: Any) -> dict:
        terms = TermsInPlace()
        return super().get_context_data(
            record=self.record,
            relations=relations_of(self.record, without=["documents", "documents_published"]),
            link_addresses=link_addresses([self.record], terms.addresses),
            terms=terms,
            **context,
        )


@cache
def _question(kind: type[PageRecord]) -> RecordsAsked:
    return RecordsAsked(with_bases(at_address(kind, SOME_LANGUAGE, SOME_SLUG).for_page())[:1])


FRAMEWORKS = Q(instrument_kind=InstrumentKind.FRAMEWORK)
RESTS_ON = {
    Place.APPROACH: [(Objective, Q())],
    Place.NATIONAL_POLICY: [(Plan, Q()), (MeasurePackage, Q()), (Instrument, FRAMEWORKS)],
    Place.INTERNATIONAL_COOPERATION: [(Membership, Q()), (Instrument, ~FRAMEWORKS)],
}


class SectionPage(RecordPage):
    """A section stands at the root of its language, with the records that it rests on."""

    kind = Page

    def get_template_names(self) -> list[str]:
        return ["pages/section.html"]

    def get_context_data(self, **context: Any) -> dict:
        rests_on = [
            (kind, records)
            for kind, which in RESTS_ON.get(self.record.place, [])
            if (records := kind.objects.published().filter(which).for_list())
        ]
        return super().get_context_data(rests_on=rests_on, **context)
