"""Who does what: the table, its filters and its picture, and both as files."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from actors.enums import Level
from policies.enums import Decision, Role
from policies.facts import Fact, facts, objectives, told_in_facts
from policies.picture import MOST_DRAWN, Picture
from policies.purposes import by_level
from portal.languages.alternates import Alternate, alternates_of_route, route_in
from portal.languages.texts import active, codes, text
from portal.opendata.spreadsheet import csv_file
from portal.publishing.changes import last_change
from portal.views.lists import FILTER_FROM, chosen_of
from portal.views.public import PublicView

NO_PURPOSE = "none"
COLOURS = {  # the light ones of tokens.css, which does not reach a file
    "paper": "#fcfbf8",
    "ink": "#1c2130",
    "muted": "#565a68",
    "link": "#30398c",
    "mark": "#3b46a0",
}
HEADINGS = (
    pgettext_lazy("column", "Level"),
    pgettext_lazy("column", "Actor"),
    pgettext_lazy("column", "Address of the actor"),
    pgettext_lazy("column", "Role"),
    pgettext_lazy("column", "What exactly"),
    pgettext_lazy("column", "Subject"),
    pgettext_lazy("column", "Address of the subject"),
    pgettext_lazy("column", "Purposes"),
    pgettext_lazy("column", "Added reference"),
    pgettext_lazy("column", "Sources"),
)


class Filter(NamedTuple):
    """One choice above the table; ``values`` tells under which of its choices a fact falls."""

    name: str
    label: str
    choices: dict[str, str]
    values: Callable[[Fact], set[str]]
    chosen: str

    @property
    def chosen_label(self) -> str:
        return self.choices[self.chosen]

    def shows(self, fact: Fact) -> bool:
        return not self.chosen or self.chosen in self.values(fact)


class WhoDoesWhat(PublicView):
    """Every fact of an actor, a role and a subject; filters combine."""

    template_name = "policies/who_does_what.html"

    @classmethod
    def choices(cls, **given: Any) -> Collection[str]:
        return {"level", "purpose", "role"}

    def get_context_data(self, **context: Any) -> dict:
        return super().get_context_data(
            as_of=last_change(*told_in_facts()),
            total=len(self.every),
            shown=len(self.shown),
            groups=[(Level(level), list(rows)) for level, rows in groupby(self.shown, _level)],
            filters=self.filters if len(self.every) >= FILTER_FROM else [],
            removable=[(each.chosen_label, self.here(without=each.name)) for each in self.chosen],
            query=self.query(active()),
            picture=self.picture,
            most_drawn=MOST_DRAWN,
            levels=list(Level),
            purposes=self.matrix,
            unfiltered=alternates_of_route("who-does-what"),
            **context,
        )

    @cached_property
    def purposes(self) -> list:
        return objectives()

    @cached_property
    def every(self) -> list[Fact]:
        return facts(self.purposes)

    @cached_property
    def shown(self) -> list[Fact]:
        return [fact for fact in self.every if all(each.shows(fact) for each in self.filters)]

    @property
    def picture(self) -> Picture | None:
        return Picture(self.shown) if 0 < len(self.shown) <= MOST_DRAWN else None

    @property
    def matrix(self) -> list[tuple]:
        """Each purpose with its value in the address, and its counts by level."""
        rows = by_level(self.every, self.purposes) if self.every and self.purposes else []
        return [(row, self._value(row.purpose, active())) for row in rows]

    @cached_property
    def filters(self) -> list[Filter]:
        levels, roles = {_level(fact) for fact in self.every}, {fact.role for fact in self.every}
        purposes = {self._value(each, active()): str(each) for each in self.purposes}
        nothing = {NO_PURPOSE: _("No purpose on record")} if self.purposes else {}
        return [
            self._filter("level", _("level"), _among(Level, levels), lambda fact: {_level(fact)}),
            self._filter("purpose", _("purpose"), purposes | nothing, self._purposes_of),
            self._filter(
                "role", _("role"), _among((*Role, *Decision), roles), lambda fact: {fact.role}
            ),
        ]

    @property
    def chosen(self) -> list[Filter]:
        return [each for each in self.filters if each.chosen]

    def query(self, code: str, *, without: str = "") -> str:
        """The choice as a reader of this language would have made it."""
        values = {each.name: each.chosen for each in self.chosen if each.name != without}
        for purpose in self.purposes:
            if values.get("purpose") == self._value(purpose, active()):
                values["purpose"] = self._value(purpose, code)
        return f"?{urlencode(values)}" if values else ""

    def here(self, *, without: str) -> str:
        return reverse("who-does-what") + self.query(active(), without=without)

    def get_alternates(self) -> list[Alternate]:
        """Of the page: its files have no switcher."""
        pages = [route_in("who-does-what", code) + self.query(code) for code in codes()]
        return [Alternate(code, page) for code, page in zip(codes(), pages, strict=True)]

    def _filter(self, name: str, label: str, choices: dict, values: Callable) -> Filter:
        return Filter(name, label, choices, values, chosen_of(self.request, name, choices))

    def _purposes_of(self, fact: Fact) -> set[str]:
        return {self._value(each, active()) for each in fact.purposes or [None]}

    @staticmethod
    def _value(purpose, code: str) -> str:
        return purpose.slug_in(code) if purpose else NO_PURPOSE


class PictureFile(WhoDoesWhat):
    """The picture by itself, to be kept and quoted: its colours, title, date and source in it."""

    template_name = "policies/who_does_what_file.html"
    content_type = "image/svg+xml"

    def get_context_data(self, **context: Any) -> dict:
        if self.picture is None:
            raise Http404
        return super().get_context_data(**context) | {
            "colours": COLOURS,
            "root": settings.PORTAL_ORIGIN,
            "published": self.published,
            "address": settings.PORTAL_ORIGIN + reverse("who-does-what") + self.query(active()),
        }

    @property
    def published(self) -> datetime:
        """When the newest of what it shows became public: the same facts, the same file."""
        return max(fact.published for fact in self.shown)


class TableFile(WhoDoesWhat):
    """The rows that the page shows, all of them."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return csv_file(request, [HEADINGS, *map(_cells, self.shown)])


def _cells(fact: Fact) -> list[str]:
    origin, by = settings.PORTAL_ORIGIN, fact.stated_by
    return [
        Level(fact.actor.level).label,
        text(fact.actor, "title"),
        origin + fact.actor.address(),
        fact.verb,
        text(by, "sentence") if fact.is_in_words else "",
        text(fact.subject, "title"),
        origin + fact.subject.address(),
        "; ".join(str(purpose) for purpose in fact.purposes),
        _("yes") if by.added_reference else _("no"),
        "; ".join(f"{each.title} {each.address}".strip() for each in by.source_list),
    ]


def _level(fact: Fact) -> str:
    return fact.actor.level


def _among(choices, found: set[str]) -> dict[str, str]:
    return {each.value: each.label for each in choices if each.value in found}
