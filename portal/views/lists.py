"""The list of a kind: grouped, filtered and paged by what the kind says of itself."""

from collections.abc import Collection, Container, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest

from portal.delivery.kept import LONGEST_NUMBER
from portal.languages.alternates import Alternate, alternates_of_route
from portal.publishing.changes import last_change
from portal.records.listing import Listing
from portal.records.models import PageRecord
from portal.views.public import PublicView

ITEMS_A_PAGE = 50
FILTER_FROM = 8


class RecordList(PublicView):
    """All published records of a kind, in groups where the kind has some."""

    kind: type[PageRecord] = None
    template_name = "records/list.html"

    @classmethod
    def choices(cls, kind: type[PageRecord]) -> Collection[str]:
        return {"page", kind.filter_word} - {None}

    def get_context_data(self, **context: Any) -> dict:
        listing = Listing(self.kind.objects.published().for_list())
        name = self.kind.filter_word or ""
        chosen = chosen_of(self.request, name, dict(listing.choices))
        shown = listing.only(chosen) if chosen else listing
        page = page_of(self.request, shown)
        return super().get_context_data(
            kind=self.kind,
            as_of=last_change(self.kind),
            total=len(listing),
            shown=len(shown),
            page=page,
            groups=listing.grouped(page.object_list),
            filter=listing.choices if len(listing) >= FILTER_FROM else [],
            filter_name=name,
            filter_label=listing.label,
            chosen=chosen,
            kept=urlencode({name: chosen}) if chosen else "",
            item=[self.item_template, "includes/_item.html"],
            **context,
        )

    @property
    def item_template(self) -> str:
        """What a kind shows of itself in its list; a kind without one gets the common item."""
        return f"{self.kind._meta.app_label}/_{self.kind._meta.model_name}_item.html"

    def get_alternates(self) -> list[Alternate]:
        """Language and filter do not depend on each other: the switcher keeps the choice."""
        route = self.request.resolver_match.url_name
        parameter = self.kind.filter_word
        value = self.request.GET.get(parameter) if parameter else None
        return alternates_of_route(route, query=f"?{parameter}={value}" if value else "")


def chosen_of(request: HttpRequest, name: str, choices: Container[str]) -> str:
    """What the address chooses under this name, which may be empty; raises Http404 for a value
    that is none of the choices.
    """
    chosen = request.GET.get(name, "") if name else ""
    if chosen and chosen not in choices:
        raise Http404
    return chosen


def page_of(request: HttpRequest, items: Sequence, of: int = ITEMS_A_PAGE) -> Page:
    """The page of a long list that the address asks for; raises Http404 for one that is not."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Http404
    try:
        return Paginator(items, of).page(int(number))
    except InvalidPage as error:
        raise Http404 from error
