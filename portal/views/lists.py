"""The list of a kind: grouped, filtered and paged by what the kind says of itself."""

from collections.abc import Collection, Container, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from portal.delivery.kept import LONGEST_NUMBER
from portal.languages.alternates import Alternate, alternates_of_route
from portal.languages.sorting import sort_key
from portal.languages.texts import columns
from portal.publishing.changes import last_change
from portal.records.models import PageRecord
from portal.records.references import link_columns
from portal.views.public import PublicView

ITEMS_A_PAGE = 50
FILTER_FROM = 8


class Groups:
    """The groups of a list: those of a choice field in its order, or of a key as they come."""

    def __init__(self, kind: type[PageRecord], records: list[PageRecord]) -> None:
        self.kind = kind
        self.name = kind.group_by
        self.parameter = kind.filter_word or ""
        field = kind._meta.get_field(self.name) if self.name else None
        self.label = field.verbose_name if field else ""
        self.choices = [
            (value, label)
            for value, label in (field.flatchoices if self.parameter else [])
            if any(getattr(record, self.name) == value for record in records)
        ]
        self.order = {value: place for place, (value, _label) in enumerate(self.choices)}
        for record in records:
            self.order.setdefault(self.value(record), len(self.order))
        self.in_order = sorted(records, key=self._key)

    def value(self, record: PageRecord) -> Any:
        return getattr(record, self.name) if self.name else None

    def of(self, records: Iterable[PageRecord]) -> list[tuple[str, list[PageRecord]]]:
        """``[(label, records)]``, one pair a group, in order."""
        grouped: dict[Any, list[PageRecord]] = {}
        for record in records:
            grouped.setdefault(self.value(record), []).append(record)
        labels = dict(self.choices) | self.kind.group_titles
        return [(labels.get(value, value), members) for value, members in grouped.items()]

    def _key(self, record: PageRecord) -> tuple:
        return self.order[self.value(record)], record.position, sort_key(str(record))


class RecordList(PublicView):
    """All published records of a kind, in groups where the kind has some."""

    kind: type[PageRecord] = None
    template_name = "records/list.html"

    @classmethod
    def choices(cls, kind: type[PageRecord]) -> Collection[str]:
        return {"page", kind.filter_word} - {None}

    def get_context_data(self, **context: Any) -> dict:
        rows = self.kind.objects.published().for_list()
        records = list(in_brief(rows))
        groups = Groups(self.kind, records)
        chosen = chosen_of(self.request, groups.parameter, dict(groups.choices))
        shown = [r for r in groups.in_order if not chosen or groups.value(r) == chosen]
        page = page_of(self.request, shown)
        page.object_list = whole(page.object_list, rows)
        return super().get_context_data(
            kind=self.kind,
            as_of=last_change(self.kind),
            total=len(records),
            shown=len(shown),
            page=page,
            groups=groups.of(page.object_list),
            filter=groups.choices if len(records) >= FILTER_FROM else [],
            filter_name=groups.parameter,
            filter_label=groups.label,
            chosen=chosen,
            kept=urlencode({groups.parameter: chosen}) if chosen else "",
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


def in_brief(rows: QuerySet) -> QuerySet:
    """What a list is ordered and grouped by: of all of them, so that little is read of each."""
    kind, name = rows.model, rows.model.group_by
    shown = {"state", "source_language", "position", *columns("title")} | ({name} - {None})
    brief = rows.prefetch_related(None).select_related(None)
    if name and kind._meta.get_field(name).is_relation:
        linked = {f"{name}__{each}" for each in link_columns()}
        return brief.select_related(name).only(*shown, *linked)
    return brief.only(*shown)


def whole(records: Iterable[PageRecord], rows: QuerySet) -> list[PageRecord]:
    """The same records with all that a list shows of them."""
    places = [record.pk for record in records]
    found = rows.in_bulk(places)
    return [found[place] for place in places if place in found]


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
