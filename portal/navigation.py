"""The frame of every page as data: where one can go, who publishes, how to reach them."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.db import Error as DatabaseFault
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _

from portal.languages.templatetags.languages import hyphenated, in_its_language
from portal.languages.texts import active, text
from portal.pages.models import LEGAL, SECTIONS, Page, Place
from portal.records.holdings import Holding, holdings
from portal.records.kinds import kind_named, page_kinds
from portal.records.lifelines import axis_of
from portal.records.models import PageRecord
from portal.records.reads import once_a_state, unnoted
from portal.records.references import link_columns
from portal.records.timeline import timeline_kinds


@dataclass(frozen=True)
class NavItem:
    """One word of the navigation; ``is_current`` says “you are here”."""

    label: str
    address: str
    is_current: bool = False


# The kinds in the order in which readers meet them; one that is not named here comes last.
ORDER = (
    *("actor", "objective", "plan", "measure-package", "measure", "instrument"),
    *("membership", "working-group", "document"),
)
# The words of the navigation, each with the kinds on whose pages a reader is “here”.
MAIN = {
    "actor": ("actor",),
    "plan": ("plan", "measure-package", "measure", "instrument", "objective"),
    Place.INTERNATIONAL_COOPERATION: ("membership", "working-group"),
    "document": ("document",),
}


def frame(request: HttpRequest) -> dict:
    """Context of every template. Lazy, so that a page that shows no frame asks nothing."""
    shown = Frame(request)
    return {
        "frame": shown,
        "axis": SimpleLazyObject(lambda: axis_of(shown.holdings.values())),  # of every lifeline
        "publisher": settings.PORTAL_PUBLISHER,
        "is_public_body": settings.PORTAL_PUBLIC_BODY,
        "contact": settings.PORTAL_CONTACT,
        "licence": settings.PORTAL_LICENCE,
        "origin": settings.PORTAL_ORIGIN,
    }


class Frame:
    """Header, navigation and footer of one request: only what exists, and nothing asked twice."""

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        self.request = request
        self.here = request.path if match else ""  # an error page stands nowhere
        self.route = (match.url_name or "").removesuffix("-list") if match else ""

    @cached_property
    def place(self) -> tuple[str, str]:
        """All in which the frame of one page differs from another's of the same language."""
        return self.route, self.here if self.here in self._addresses else ""

    @property
    def _addresses(self) -> frozenset[str]:
        known, lang = _addresses(), active()
        if lang in known:
            return known[lang]
        items = [*self.navigation, *self.contents, *self.legal]
        found = frozenset(item.address for item in items)
        if self.is_complete:
            known[lang] = found
        return found

    @property
    def is_complete(self) -> bool:
        """Whether nothing was missing of what the database holds."""
        return not getattr(self.request, "incomplete", False)

    @property
    def is_search(self) -> bool:
        return self.route == "search"

    @property
    def navigation(self) -> list[NavItem]:
        items = [self._word(name, kinds) for name, kinds in MAIN.items()]
        return [*filter(None, items), *self.overviews]

    @property
    def contents(self) -> list[NavItem]:
        """Everything there is, for the footer and for readers on a phone."""
        known = sorted(page_kinds(), key=_place_in_order)
        lists = [item for kind in known if kind is not Page and (item := self._list(kind))]
        return [*self.sections, *lists, *self.overviews, *self.changes]

    @cached_property
    def sections(self) -> list[NavItem]:
        return [item for place in SECTIONS if (item := self._page(place))]

    @property
    def overviews(self) -> list[NavItem]:
        """What stands beside the lists, each where it has something to show."""
        return [*self.timeline, *self.who_does_what, *self.glossary]

    @property
    def timeline(self) -> list[NavItem]:
        names = [kind._meta.model_name for kind in timeline_kinds()]
        if not any(held.last for name in names if (held := self.holdings.get(name))):
            return []
        here = self.route in ("timeline", "timeline-year")
        return [NavItem(hyphenated(_("Timeline")), reverse("timeline"), here)]

    @property
    def who_does_what(self) -> list[NavItem]:
        if not self.counts.get("responsibility"):
            return []
        address, here = reverse("who-does-what"), self.route == "who-does-what"
        return [NavItem(hyphenated(_("Who does what")), address, here)]

    @property
    def glossary(self) -> list[NavItem]:
        if not self.counts.get("term"):
            return []
        return [NavItem(hyphenated(_("Glossary")), reverse("glossary"), self.route == "glossary")]

    @property
    def changes(self) -> list[NavItem]:
        return [NavItem(hyphenated(_("Changes")), reverse("changes"), self.route == "changes")]

    @property
    def legal(self) -> list[NavItem]:
        return [item for place in LEGAL if (item := self._page(place))]

    def _word(self, name: str, here: tuple[str, ...]) -> NavItem | None:
        if name in Place:
            item = self._page(Place(name), _("International"))
        else:
            item = self._list(kind_named(name))
        return item and replace(item, is_current=item.is_current or self.route in here)

    def _list(self, kind: type[PageRecord]) -> NavItem | None:
        if not self.counts.get(kind._meta.model_name):
            return None
        address = reverse(f"{kind.kind()}-list")
        return NavItem(hyphenated(kind.list_title), address, self.route == kind.kind())

    def _page(self, place: Place, label: str | None = None) -> NavItem | None:
        if page := self._pages.get(place):
            address = page.address()
            words = label or in_its_language(text(page, "title"))
            return NavItem(words, address, address == self.here)
        return None

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return self._asked(_pages, {})

    @property
    def counts(self) -> dict[str, int]:
        """How many published records of each kind there are."""
        return {name: holding.count for name, holding in self.holdings.items()}

    @cached_property
    def holdings(self) -> dict[str, Holding]:
        return self._asked(holdings, {})

    def _asked(self, question, otherwise):
        """The answer; a lesser one, kept by nobody, while the database is away."""
        try:
            with unnoted():  # what of it is on every page is watched as a whole
                return question()
        except DatabaseFault:
            self.request.incomplete = True
            return otherwise


@once_a_state
def _pages() -> dict[str, Page]:
    """By their places, with what a link needs."""
    shown = Page.objects.published().only("place", *link_columns())
    return {page.place: page for page in shown}


@once_a_state
def _addresses() -> dict[str, frozenset[str]]:
    """Where the frame leads, by language, of those that were asked for so far."""
    return {}


def _place_in_order(kind: type[PageRecord]) -> int:
    return ORDER.index(kind.kind()) if kind.kind() in ORDER else len(ORDER)
