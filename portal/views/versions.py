"""The past of a record: its versions, each as it was, compared, and as bytes to prove."""

from copy import copy
from functools import partial
from typing import Any
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.text import capfirst

from portal.languages.alternates import Alternate
from portal.languages.texts import active, codes, columns
from portal.pages.models import Page, Place
from portal.publishing.changes import history_of, lines_of, note_of
from portal.publishing.content import lay
from portal.publishing.models import Version
from portal.publishing.reading import compared, content_in
from portal.records.addresses import find, found_at, is_removed, is_removed_at
from portal.records.models import PageRecord, Record
from portal.records.references import Relation
from portal.views.errors import Gone, missing
from portal.views.public import PublicView, link_addresses


def record_at(kind: type[PageRecord] | None, slug: str | None, uuid: UUID | None) -> Record:
    """The readable record below whose address a page of its past stands; home has no slug."""
    if uuid:
        record = find(uuid)
    elif slug:
        record = found_at(kind, active(), slug)
    else:
        record = Page.objects.readable().filter(place=Place.HOME).first()
    if record is None:
        missing(removed=is_removed(uuid) if uuid else is_removed_at(kind, active(), slug))
    return record


def template_of(record: Record) -> str:
    """The template that shows the text of such a record; home is told as a section is."""
    if isinstance(record, Page) and record.route(active())[0] in ("home", "section"):
        return "pages/section.html"
    return f"{record._meta.app_label}/{record._meta.model_name}.html"


def own_relations(record: Record) -> list[Relation]:
    """What its own sets name, laid over it; what others say of it is not part of its text."""
    return [
        Relation(name, each)
        for name, members in record.proposed_sets.items()
        for each in members
        if each.is_readable
    ]


def between(record: Record, old: int, new: int) -> str:
    """Where these two versions are compared; one and the same is shown."""
    tail = f"{old}-{new}/" if old != new else f"{old}/"
    return record.history_at(active()) + tail


class PastPage(PublicView):
    """A page below a record's address; below a former address it leads to the present one."""

    kind: type[PageRecord] | None = None
    tail = ""  # what follows the address of the record's history

    def get(self, request: HttpRequest, slug=None, uuid=None, **numbers: int) -> HttpResponse:
        self.record = record_at(self.kind, slug, uuid)
        self.numbers = numbers
        present = self.record.history_at(active()) + self.tail.format(**numbers)
        if request.path != present:
            return HttpResponsePermanentRedirect(present)
        return self.answer()

    def answer(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def version(self, number: int) -> Version:
        versions = Version.objects.select_related("revision", "entry__version")
        return get_object_or_404(versions, record=self.record.pk, number=number)

    def get_alternates(self) -> list[Alternate]:
        return self.alternates_in(codes())

    def alternates_in(self, here: list[str]) -> list[Alternate]:
        """This page in every language; it is missing in those that are not ``here``."""
        tail = self.tail.format(**self.numbers)
        return [
            Alternate(code, self.record.history_at(code) + tail, code not in here)
            for code in codes()
        ]

    def get_context_data(self, **context: Any) -> dict:
        return super().get_context_data(current=self.record, **context)


class Versions(PastPage):
    """Everything that the public log tells of one record, newest first."""

    template_name = "records/versions.html"

    @classmethod
    def choices(cls, **given: Any) -> None:
        """Its form leads to another page."""

    def answer(self) -> HttpResponse:
        """The form asks for two versions; each comparison has an address of its own."""
        asked = [self.request.GET.get(name, "") for name in ("old", "new")]
        if all(number.isascii() and number.isdigit() for number in asked):
            return HttpResponseRedirect(between(self.record, *sorted(map(int, asked))))
        return super().answer()

    def get_context_data(self, **context: Any) -> dict:
        entries = history_of(self.record)
        lines = lines_of(entries, {self.record.pk: self.record})
        return super().get_context_data(
            lines=[(line, note_of(line.entry)) for line in lines],
            numbers=sorted(line.entry.version.number for line in lines if line.has_text),
            **context,
        )


class VersionPage(PastPage):
    """One version as it was. What other pages said of the record at the time is not repeated."""

    tail = "{number}/"

    def answer(self) -> HttpResponse:
        if not self.shown.revision.content:
            raise Gone
        return super().answer()

    @cached_property
    def shown(self) -> Version:
        return self.version(self.numbers["number"])

    @cached_property
    def past(self) -> Record:
        """The record as it was; addresses stay the present ones, which lead there today."""
        content = content_in(self.shown.revision)
        if isinstance(self.record, PageRecord):
            content = {name: content[name] for name in content if name not in columns("slug")}
        past = lay(content, copy(self.record))
        past.version, past.changed = self.shown.number, self.shown.published
        past.alternates = self.alternates_in(past.languages or codes())
        return past

    def get_alternates(self) -> list[Alternate]:
        return self.past.alternates

    def get_template_names(self) -> list[str]:
        is_page = isinstance(self.record, PageRecord)
        return ["records/version.html" if is_page else "records/entry_version.html"]

    def get_context_data(self, **context: Any) -> dict:
        content = content_in(self.shown.revision)
        return super().get_context_data(
            shown=self.shown,
            record=self.past,
            kind_label=capfirst(self.record._meta.verbose_name),
            kind_template=template_of(self.record),
            lines=partial(compared, type(self.record), content, content),
            link_addresses=link_addresses([self.past], lambda _asked: {}),
            relations=own_relations(self.past),
            terms=None,
            **context,
        )


class Comparison(PastPage):
    """What came, what went and what stayed between two versions."""

    template_name = "records/comparison.html"
    tail = "{old}-{new}/"

    def answer(self) -> HttpResponse:
        old, new = self.old.number, self.new.number
        if old >= new:
            return HttpResponsePermanentRedirect(between(self.record, new, old))
        if not (self.old.revision.content and self.new.revision.content):
            raise Gone
        return super().answer()

    @cached_property
    def old(self) -> Version:
        return self.version(self.numbers["old"])

    @cached_property
    def new(self) -> Version:
        return self.version(self.numbers["new"])

    def get_context_data(self, **context: Any) -> dict:
        old, new = content_in(self.old.revision), content_in(self.new.revision)
        lines = compared(type(self.record), old, new)
        here = [line for line in lines if line.language in (None, active())]
        elsewhere = {line.language for line in lines if line.is_changed} - {None, active()}
        return super().get_context_data(
            old=self.old,
            new=self.new,
            note=note_of(self.new.entry),
            lines=[line for line in here if line.is_changed],
            unchanged=sum(not line.is_changed for line in here),
            elsewhere=[each for each in self.get_alternates() if each.code in elsewhere],
            **context,
        )


class Content(PastPage):
    """The canonical bytes of a version: their SHA-256 is the one on its page."""

    tail = "{number}.json"

    def answer(self) -> HttpResponse:
        shown = self.version(self.numbers["number"])
        if not shown.revision.content:
            raise Gone
        response = HttpResponse(shown.revision.content, content_type="application/json")
        response.headers["X-Robots-Tag"] = "noindex"
        return response
