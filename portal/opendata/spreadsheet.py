"""Rows as a file that a spreadsheet opens, and that can do nothing there."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes the accents for other letters
STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def csv_file(request: HttpRequest, rows: Iterable[Sequence]) -> HttpResponse:
    """UTF-8, to be saved under the last name of its address. The first row holds the headings."""
    name = request.path.rpartition("/")[2]
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return response


def _harmless(cell: str) -> str:
    """Spreadsheets run what begins like a formula; an apostrophe before it makes it a text."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
