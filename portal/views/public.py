"""What every public page has: its counterparts in the other languages."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.views.generic import TemplateView

from portal.languages.alternates import Alternate, alternates_of_route
from portal.languages.texts import active, text
from portal.records.models import Record
from portal.records.prose import linked_uuids
from portal.records.references import addresses_of


class PublicView(TemplateView):
    """A page with its counterparts in the other languages."""

    http_method_names = ["get", "head", "options"]
    is_kept = True

    @classmethod
    def choices(cls, **given: Any) -> Collection[str] | None:
        """The parameters that its pages are made from; None where a query asks for no page."""
        return ()

    def get_alternates(self) -> list[Alternate]:
        return alternates_of_route(self.request.resolver_match.url_name)

    def get_context_data(self, **context: Any) -> dict:
        return super().get_context_data(alternates=self.get_alternates(), **context)


def link_addresses(
    records: Iterable[Record], known: Callable[[set[UUID]], Mapping[UUID, str]]
) -> dict[UUID, str]:
    """Where the links in these records' proses lead, for a reader of the active language.

    What is not ``known`` is asked for; without a link nothing is.
    """
    uuids = linked_in(records)
    found = known(uuids) if uuids else {}
    return {**found, **addresses_of(uuids - found.keys(), active())}


def linked_in(records: Iterable[Record]) -> set[UUID]:
    """Whatever the proses of these records lead to, as a reader of the active language has them."""
    return {
        uuid
        for record in records
        for name in record.prose
        for uuid in linked_uuids(text(record, name))
    }
