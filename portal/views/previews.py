"""A draft as readers would see it: for staff while they type, for others through a shared link."""

from copy import copy
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.admin import site
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.text import capfirst

from portal.languages.alternates import Alternate, route_in
from portal.languages.texts import active, codes, column, in_language
from portal.publishing.content import content_of, lay
from portal.publishing.faults import faults_in
from portal.publishing.models import Act, Item
from portal.publishing.reading import compared, content_in
from portal.publishing.sharing import shared
from portal.records.kinds import kind_named, kinds
from portal.records.models import PageRecord, Record
from portal.views.public import PublicView, link_addresses
from portal.views.versions import own_relations, template_of


class DraftPage(PublicView):
    """One record as a draft has it; nobody keeps the page and no search engine lists it."""

    is_kept = False
    together: list[Record]  # what becomes public with it, itself included
    draft: Record
    to_be_withdrawn = False
    refused: list[str] = []  # what was typed and cannot be shown, as sentences

    def answer(self) -> HttpResponse:
        response = self.render_to_response(self.get_context_data())
        patch_cache_control(response, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def address_of(self, record: Record, code: str) -> str:
        raise NotImplementedError

    def get_template_names(self) -> list[str]:
        """What is incomplete is told field by field: its page would have holes."""
        whole = isinstance(self.record, PageRecord) and not faults_in(self.record, self.together)
        return ["records/preview.html" if whole else "records/entry_preview.html"]

    @cached_property
    def record(self) -> Record:
        if isinstance(self.draft, PageRecord):
            self.draft.alternates = self.get_alternates()
        return self.draft

    def get_alternates(self) -> list[Alternate]:
        here = self.draft.languages or codes()
        return [
            Alternate(code, self.address_of(self.draft, code), code not in here) for code in codes()
        ]

    def get_context_data(self, **context: Any) -> dict:
        content = content_of(self.record)
        return super().get_context_data(
            record=self.record,
            together=[(self.address_of(each, active()), each) for each in self.together],
            refused=self.refused,
            to_be_withdrawn=self.to_be_withdrawn,
            kind_label=capfirst(self.record._meta.verbose_name),
            kind_template=partial(template_of, self.record),
            lines=compared(type(self.record), content, content),
            link_addresses=link_addresses([self.record], lambda _asked: {}),
            relations=own_relations(self.record),
            terms=None,
            **context,
        )


class SharedDraft(DraftPage):
    """One record of a release, for whoever has the link; the others are a link away."""

    def get(self, request: HttpRequest, token: str, uuid: UUID | None = None) -> HttpResponse:
        release = shared(token)
        if release is None:
            raise Http404
        self.token, self.to_be_withdrawn = token, release.act == Act.WITHDRAWAL
        self.together = [as_drafted(item) for item in release.items.select_related("revision")]
        chosen = [record for record in self.together if uuid in (None, record.pk)]
        if not chosen:
            raise Http404
        self.draft = chosen[0]
        return self.answer()

    def address_of(self, record: Record, code: str) -> str:
        return route_in("preview", code, token=self.token, uuid=record.pk)


class DraftAtTheDesk(DraftPage):
    """For staff: the newest draft, or what stands in the form and is not saved yet."""

    http_method_names = ["get", "head", "post"]

    def get(
        self, request: HttpRequest, code: str, kind: str, uuid: UUID | None = None
    ) -> HttpResponse:
        known = {each.kind() for each in kinds()}
        is_nothing = uuid is None and request.method != "POST"
        if code not in codes() or kind not in known or is_nothing:
            raise Http404
        with transaction.atomic():
            desk = site.get_model_admin(kind_named(kind))
            record, self.refused = desk.as_typed(request, str(uuid) if uuid else None)
        with translation.override(code):
            self.draft = as_read(record)
            self.together = [self.draft]
            return self.answer().render()

    post = get

    def get_alternates(self) -> list[Alternate]:
        """Of what is typed the form has a button for each language; no link could show it."""
        return [] if self.request.method == "POST" else super().get_alternates()

    def address_of(self, record: Record, code: str) -> str:
        return reverse("preview-at-the-desk", args=[code, record.kind(), record.pk])


def as_drafted(item: Item) -> Record:
    return as_read(lay(content_in(item.revision), copy(item.record)))


def as_read(record: Record) -> Record:
    """Fit for its page: it has no version that could be cited, and some address."""
    source = record.source_language
    if isinstance(record, PageRecord) and not in_language(record, "slug", source):
        setattr(record, column("slug", source), record.pk.hex)
    record.version = None
    return record
