"""The frame of every page as data: where one can go, who publishes, how to reach them."""

from dataclasses import dataclass

from django.conf import settings
from django.db import Error as DatabaseFault
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages.templatetags.languages import hyphenated, in_its_language
from portal.languages.texts import columns, text
from portal.pages.models import LEGAL, SECTIONS, Page, Place


@dataclass(frozen=True)
class NavItem:
    """One word of the navigation. ``routes`` are the pages on which it says “you are here”."""

    label: str
    address: str
    is_current: bool = False


# label, route of the list, other routes that belong to it
LISTS = [
    (_("Actors"), "actor-list", ("actor",)),
    (_("Plans"), "plan-list", ("plan",)),
    (_("Documents"), "document-list", ("document",)),
    (_("Glossary"), "glossary", ()),
]
MORE_LISTS = [
    (_("Shared purposes"), "objective-list", ("objective",)),
    (_("Measure packages"), "measure-package-list", ("measure-package",)),
    (_("Measures"), "measure-list", ("measure",)),
    (_("Instruments"), "instrument-list", ("instrument",)),
    (_("Memberships"), "membership-list", ("membership",)),
    (_("Working groups"), "working-group-list", ("working-group",)),
]


def frame(request: HttpRequest) -> dict:
    """Context of every template. Lazy, so that a page that shows no frame asks nothing."""
    return {
        "frame": Frame(request),
        "publisher": settings.PORTAL_PUBLISHER,
        "contact": settings.PORTAL_CONTACT,
        "licence": settings.PORTAL_LICENCE,
        "origin": settings.PORTAL_ORIGIN,
    }


class Frame:
    """Header, navigation and footer of one request."""

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        self.route = match.url_name if match else ""
        self.path = request.path
        self._pages: dict[str, Page] | None = None

    @property
    def pages(self) -> dict[str, Page]:
        """The site's own pages by place; none while the database is away."""
        if self._pages is None:
            self._pages = _pages()
        return self._pages

    @property
    def navigation(self) -> list[NavItem]:
        items = [self._list(*entry) for entry in LISTS]
        if international := self._page(Place.INTERNATIONAL_COOPERATION, _("International")):
            items.insert(2, international)
        return items

    @property
    def contents(self) -> list[NavItem]:
        """Everything there is, for the footer and for readers on a phone."""
        sections = [item for place in SECTIONS if (item := self._page(place))]
        return [*sections, *(self._list(*entry) for entry in [*LISTS[:2], *MORE_LISTS, *LISTS[2:]])]

    @property
    def legal(self) -> list[NavItem]:
        return [item for place in LEGAL if (item := self._page(place))]

    def _list(self, label: str, route: str, others: tuple[str, ...]) -> NavItem:
        return NavItem(hyphenated(label), reverse(route), self.route in (route, *others))

    def _page(self, place: Place, label: str | None = None) -> NavItem | None:
        if page := self.pages.get(place):
            address = page.address()
            words = label or in_its_language(text(page, "title"))
            return NavItem(words, address, address == self.path)
        return None


def _pages() -> dict[str, Page]:
    shown = ("uuid", "place", "state", "source_language", *columns("title"), *columns("slug"))
    try:
        return {page.place: page for page in Page.objects.published().only(*shown)}
    except DatabaseFault:
        return {}
