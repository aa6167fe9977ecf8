"""A draft as readers would see it, for whoever has the link that somebody of the desk shared."""

from copy import copy
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.text import capfirst

from portal.languages.alternates import Alternate, route_in
from portal.languages.texts import active, codes, column, in_language
from portal.publishing.content import lay
from portal.publishing.faults import faults_in
from portal.publishing.models import Item
from portal.publishing.reading import compared, content_in
from portal.publishing.sharing import shared
from portal.records.models import PageRecord, Record
from portal.views.public import PublicView, link_addresses
from portal.views.versions import own_relations, template_of


class Preview(PublicView):
    """One record of a release as its draft has it; the others are a link away."""

    def get(self, request: HttpRequest, token: str, uuid: UUID | None = None) -> HttpResponse:
        release = shared(token)
        if release is None:
            raise Http404
        self.token, self.items = token, list(release.items.select_related("revision"))
        chosen = [item for item in self.items if uuid in (None, item.record_uuid)]
        if not chosen:
            raise Http404
        self.item = chosen[0]
        response = self.render_to_response(self.get_context_data())
        patch_cache_control(response, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_template_names(self) -> list[str]:
        """What is incomplete is told field by field: its page would have holes."""
        whole = isinstance(self.record, PageRecord) and not faults_in(self.record, self.together)
        return ["records/preview.html" if whole else "records/entry_preview.html"]

    @cached_property
    def together(self) -> list[Record]:
        return [as_drafted(item) for item in self.items]

    @cached_property
    def record(self) -> Record:
        record = as_drafted(self.item)
        if isinstance(record, PageRecord):
            record.alternates = self.alternates_in(record.languages or codes())
        return record

    def get_alternates(self) -> list[Alternate]:
        return self.alternates_in(self.record.languages or codes())

    def alternates_in(self, here: list[str]) -> list[Alternate]:
        return [
            Alternate(code, self.address_of(self.item, code), code not in here) for code in codes()
        ]

    def address_of(self, item: Item, code: str) -> str:
        return route_in("preview", code, token=self.token, uuid=item.record_uuid)

    def get_context_data(self, **context: Any) -> dict:
        content = content_in(self.item.revision)
        return super().get_context_data(
            record=self.record,
            together=[
                (self.address_of(item, active()), record)
                for item, record in zip(self.items, self.together, strict=True)
            ],
            kind_label=capfirst(self.record._meta.verbose_name),
            kind_template=partial(template_of, self.record),
            lines=compared(type(self.record), content, content),
            link_addresses=link_addresses([self.record], lambda _asked: {}),
            relations=own_relations(self.record),
            terms=None,
            **context,
        )


def as_drafted(item: Item) -> Record:
    """The record with its draft laid over it; one without an address gets a stand-in."""
    record = lay(content_in(item.revision), copy(item.record))
    source = record.source_language
    if isinstance(record, PageRecord) and not in_language(record, "slug", source):
        setattr(record, column("slug", source), record.pk.hex)
    record.version = None  # it has none yet, so nothing on the page offers to cite it
    return record
