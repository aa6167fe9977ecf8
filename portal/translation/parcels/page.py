"""A parcel on paper: one page in two columns, for a colleague without the desk or a tool."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import override

from portal.publishing.reading import Passage
from portal.translation.parcels.parcel import Parcel, Unit

SHEET = Path(__file__).with_name("page.css")


def page_of(parcel: Parcel) -> bytes:
    """A file that holds all it needs, in the translator's language; made to be downloaded.

    Its style stands in it, which our own policy for pages would refuse: never show it as a page.
    """
    with override(parcel.language):
        context = {"parcel": parcel, "style": SHEET.read_text("utf-8"), "sheets": _sheets(parcel)}
        return render_to_string("translation/parcel_page.html", context).encode()


def _sheets(parcel: Parcel) -> list:
    return [
        (sheet, [(unit, _change(parcel, unit)) for unit in sheet.units]) for sheet in parcel.sheets
    ]


def _change(parcel: Parcel, unit: Unit) -> Passage | None:
    """What became of the source since it was translated; None where there is nothing to compare."""
    if unit.followed is None:
        return None
    return Passage(unit.label, parcel.source_language, unit.followed, unit.source)
