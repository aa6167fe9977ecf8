"""The framework in time: every dated record, one year of it, and the same as a table."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from portal.delivery.kept import kept
from portal.languages.alternates import Alternate, alternates_of_route
from portal.languages.texts import text
from portal.opendata.spreadsheet import csv_file
from portal.publishing.changes import last_change
from portal.records.dates import Dated, PartialDate
from portal.records.timeline import Row, groups, rows, timeline_kinds, undated, years
from portal.records.years import accounts
from portal.views.public import PublicView


class Timeline(PublicView):
    """All of it: grouped by whom it belongs to, each group in the order of time."""

    template_name = "pages/timeline.html"

    def get_context_data(self, **context: Any) -> dict:
        found = rows()
        shown = years(found)
        period = PartialDate(f"{shown[0]}/{shown[-1]}") if shown else None
        return super().get_context_data(
            groups=groups(found),
            years=shown,
            period=period,
            as_of=last_change(*timeline_kinds()),
            **context,
        )


class YearPage(PublicView):
    """What stood in one year, as far as the dates on record say it."""

    template_name = "pages/year.html"

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        self.rows = rows()
        self.years = years(self.rows)
        if year not in self.years:
            raise Http404
        return super().get(request, year=year)

    def get_context_data(self, year: int, **context: Any) -> dict:
        return super().get_context_data(
            year=year,
            as_of=last_change(*timeline_kinds()),
            accounts=accounts(self.rows, year),
            undated=undated(self.rows),
            earlier=year - 1 if year - 1 in self.years else None,
            later=year + 1 if year + 1 in self.years else None,
            **context,
        )

    def get_alternates(self) -> list[Alternate]:
        return alternates_of_route("timeline-year", **self.kwargs)


@kept
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """One line a date; a record without a known date has a line that says so."""
    dated = [(row, each) for row in rows() for each in row.known or row.dated[:1]]
    return csv_file(request, [_header(), *(_line(*each) for each in dated)])


def _header() -> list[str]:
    return [
        _("Group"),
        _("Name"),
        _("Language of the name"),
        pgettext("column", "What happened"),
        _("Date (EDTF)"),
        _("Precision"),
        _("Added reference"),
        _("Address"),
    ]


def _line(row: Row, dated: Dated) -> list[str]:
    name = text(row.record, "title")
    return [
        str(row.record.belongs_to.label),
        name,
        name.lang,
        capfirst(dated.label),
        dated.value or "",
        _precision(dated),
        _("yes") if dated.is_added else _("no"),
        settings.PORTAL_ORIGIN + row.record.address(),
    ]


def _precision(dated: Dated) -> str:
    return {
        "year": pgettext("precision", "year"),
        "month": pgettext("precision", "month"),
        "day": pgettext("precision", "day"),
        "period": pgettext("precision", "period"),
    }.get(dated.value.precision if dated.value else "", pgettext("precision", "not known"))
