"""A lifeline as a reader sees it, and the dates that the words beside it tell.

Both are read back from the page, without the code that wrote them, so that they can be compared.
"""

import re
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element

import pytest
from django.utils import translation
from django.utils.translation import gettext

from actors.models import Membership
from policies.models import Plan
from tests.reading import words

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
SVG = "{http://www.w3.org/2000/svg}"
POINT = re.compile(r"(?:(?:(\d{1,2})(?:er)? )?([^\W\d]+) )?(\d{4})")


class Mark(NamedTuple):
    shape: str  # year, month, day, or end: a day on which it was over
    start: float
    width: float
    is_added: bool


class Told(NamedTuple):
    """One date as its words tell it."""

    days: list[tuple[date, date, str]]  # first day, the day after the last, precision
    is_added: bool
    is_end: bool


def told(label: str, value: str, *, is_added: bool, code: str) -> Told:
    with translation.override(code):
        ends = [Plan._meta.get_field("replaced"), Membership._meta.get_field("until")]
        is_end = label.lower() in [str(field.verbose_name) for field in ends]
    days = [_days(POINT.fullmatch(part), code) for part in re.split("[-–]", value)]
    return Told(days, is_added, is_end)


def _days(point: re.Match, code: str) -> tuple[date, date, str]:
    day, month, year = point[1], point[2], int(point[3])
    if not month:
        return date(year, 1, 1), date(year + 1, 1, 1), "year"
    number = MONTHS[code].split().index(month) + 1
    if not day:
        after = date(year + number // 12, number % 12 + 1, 1)
        return date(year, number, 1), after, "month"
    start = date(year, number, int(day))
    return start, date.fromordinal(start.toordinal() + 1), "day"


def expected(dates: list[Told], years: tuple[int, int]) -> list[Mark]:
    return [_expected(each, *days, years) for each in dates for days in each.days]


def _expected(each: Told, first: date, after: date, precision: str, years) -> Mark:
    start, end = _place(first, years), _place(after, years)
    if precision == "year":
        return Mark("year", start, end - start, is_added=False)  # no bar is filled
    if precision == "month":
        return Mark("month", (start + end) / 2, 0, is_added=False)
    if each.is_end:
        return Mark("end", start, 0, is_added=False)
    return Mark("day", start, 0, is_added=each.is_added)


def _place(day: date, years: tuple[int, int]) -> float:
    start, end = date(years[0], 1, 1), date(years[1] + 1, 1, 1)
    return 100 * (day - start).days / (end - start).days


def drawn(picture: Element) -> list[Mark]:
    return [mark for element in picture if (mark := _drawn(element))]


def _drawn(element: Element) -> Mark | None:
    if element.tag == f"{SVG}circle":
        return Mark("day", _number(element, "cx"), 0, element.get("class") != "life__day")
    if element.get("class") == "life__end":
        return Mark("end", _number(element, "x1"), 0, is_added=False)
    if element.tag != f"{SVG}rect":
        return None
    if element.get("transform"):  # a width in px, moved by its half: a month
        return Mark("month", _number(element, "x"), 0, is_added=False)
    return Mark("year", _number(element, "x"), _number(element, "width"), is_added=False)


def _number(element: Element, name: str) -> float:
    return float(element.get(name).removesuffix("%"))


def lines(picture: Element) -> dict[str, tuple[float, float]]:
    found = [line for line in picture.iter(f"{SVG}line") if line.get("class") == "life__line"]
    return {
        "open" if line.get("stroke-dasharray") else "known": (
            _number(line, "x1"),
            _number(line, "x2"),
        )
        for line in found
    }


def pictures(document: Element) -> list[Element]:
    found = [svg for svg in document.iter(f"{SVG}svg") if svg.get("class").split()[0] == "life"]
    return [svg for svg in found if any(_drawn(element) for element in svg)]


def years_of(document: Element) -> tuple[int, int]:
    """What the picture in the head of a page says of its own ends."""
    (picture,) = pictures(document)
    written = list(picture.iter(f"{SVG}text"))
    assert (written[0].get("x"), written[-1].get("x")) == (None, "100%")
    return int(written[0].text), int(written[-1].text)


def in_the_head(document: Element, code: str) -> list[Told]:
    """A date is marked itself, or the whole record is, below its permanent address."""
    (table,) = [each for each in document.iter("dl") if each.get("class") == "dates"]
    (foot,) = [each for each in document.iter("div") if each.get("class") == "head__version"]
    rows = [(row.find("dt"), row.find("dd")) for row in table]
    return [
        told(words(label), _value(value), is_added=_leads_to_sources(value, foot), code=code)
        for label, value in rows
        if re.search(r"\d{4}", words(value))
    ]


def _leads_to_sources(*places: Element) -> bool:
    return any(link.get("href") == "#sources" for place in places for link in place.iter("a"))


def _value(element: Element) -> str:
    return " ".join((element.text or "").split())


def in_the_line(line: str, code: str, *, of_added: bool = False) -> list[Told]:
    """``Drawn up: 2005 · Revised: 12 February 2015 (added reference)``.

    An item that is wholly an added reference says so once, below.
    """
    with translation.override(code):
        mark = f" ({gettext('added reference')})"
    found = [re.split(r"\s?: ", part, maxsplit=1) for part in line.split(" · ")]
    return [
        told(label, value.removesuffix(mark), is_added=of_added or value.endswith(mark), code=code)
        for label, value in found
    ]


def faults(dates: list[Told], picture: Element, years: tuple[int, int], lasts: bool) -> list[str]:
    """Where the picture and the words beside it disagree."""
    marks, found = expected(dates, years), drawn(picture)
    fits = len(marks) == len(found) and all(map(_same, marks, found))
    goes_on = lasts and not dates[-1].is_end
    end = found[-1].start + found[-1].width
    wanted = {"open": (end, 100)} if goes_on else {}
    if lasts and found[-1].start > found[0].start:
        wanted["known"] = (found[0].start, found[-1].start)
    said = [] if fits else [f"marks {found}, words {marks}"]
    return said + ([] if _near(lines(picture), wanted) else [f"lines {lines(picture)}, {wanted}"])


def _same(one: Mark, other: Mark) -> bool:
    alike = (one.shape, one.is_added) == (other.shape, other.is_added)
    return alike and one[1:3] == pytest.approx(other[1:3], abs=0.021)


def _near(one: dict, other: dict) -> bool:
    return one.keys() == other.keys() and all(
        one[name] == pytest.approx(other[name], abs=0.021) for name in one
    )
