"""The page of one record."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from portal.languages.alternates import Alternate
from portal.languages.texts import active
from portal.pages.models import Page
from portal.records.addresses import at_address
from portal.records.models import PageRecord
from portal.records.references import relations_of
from portal.views.public import PublicView, link_addresses


class RecordPage(PublicView):
    """One record at its address; a former address leads to the present one."""

    kind: type[PageRecord] = None

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.record = get_object_or_404(at_address(self.kind, active(), slug).for_page())
        if request.path != self.record.address():
            return HttpResponsePermanentRedirect(self.record.address())
        return super().get(request)

    def get_template_names(self) -> list[str]:
        return [f"{self.kind._meta.app_label}/{self.kind._meta.model_name}.html"]

    def get_alternates(self) -> list[Alternate]:
        return self.record.alternates

    def get_context_data(self, **context: Any) -> dict:
        return super().get_context_data(
            record=self.record,
            relations=relations_of(self.record, without=["documents"]),
            link_addresses=link_addresses([self.record]),
            **context,
        )


class SectionPage(RecordPage):
    """A section stands at the root of its language."""

    kind = Page
