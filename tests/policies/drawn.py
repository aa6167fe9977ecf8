"""The picture of who does what as a reader sees it, and what the rows beside it say.

Both are read back from the page, without the code that wrote them, so that they can be compared.
"""

import re
from collections import Counter
from itertools import chain
from typing import NamedTuple

from django.utils import translation
from django.utils.text import capfirst

from policies.enums import Decision, Role
from policies.picture import WEIGHTS
from tests.reading import words

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?[\d.]+")


class Tie(NamedTuple):
    """The addresses of an actor and a subject, and the weight of what ties them."""

    actor: str
    subject: str
    weight: str


class Drawn(NamedTuple):
    ties: Counter  # of Tie
    actors: list[str]  # addresses, from above
    subjects: list[str]
    levels: dict[str, int]  # how many actors stand above each label, in their order


def picture_of(document):
    """The drawing of a page; None where there is none."""
    return next((svg for svg in document.iter(f"{SVG}svg") if svg.get("class") == "net"), None)


def drawn(svg) -> Drawn:
    nodes = [(circle, link.get("href")) for link in svg.iter(f"{SVG}a") for circle in link]
    at = {
        (int(circle.get("cx")), int(circle.get("cy"))): address
        for circle, address in nodes
        if circle.tag == f"{SVG}circle"
    }
    ties = Counter(
        Tie(*_ends(path, at), _weight(group))
        for group in svg.iter(f"{SVG}g")
        for path in group.findall(f"{SVG}path")
        if len(NUMBER.findall(path.get("d"))) == 8
    )
    left, right = (sorted(y for x, y in at if x == side) for side in (304, 640))
    labels = [text for text in svg.iter(f"{SVG}text") if text.get("x") == "304"]
    above = {words(each): sum(y < int(each.get("y")) for y in left) for each in labels}
    return Drawn(ties, [at[304, y] for y in left], [at[640, y] for y in right], above)


def _ends(path, at: dict) -> tuple[str, str]:
    numbers = [int(each) for each in NUMBER.findall(path.get("d"))]
    return at[tuple(numbers[:2])], at[tuple(numbers[-2:])]


def _weight(element) -> str:
    return f"{element.get('stroke-width')} {element.get('stroke-dasharray') or ''}".strip()


def told(document, code: str) -> Counter:
    """What the rows of the table say, as ties."""
    weights = weight_of_words(code)
    return Counter(
        Tie(_address(row[0]), _address(row[-1]), weights[words(row[1])]) for row in rows(document)
    )


def rows(document) -> list[list]:
    tables = [each for each in document.iter("table") if "table--four" in each.get("class")]
    found = [list(row) for row in chain(*(table.iter("tr") for table in tables))]
    return [row for row in found if len(row) == 4 and row[0].get("scope") == "row"]


def _address(cell) -> str:
    return next(cell.iter("a")).get("href")


def weight_of_words(code: str) -> dict[str, str]:
    with translation.override(code):
        return {
            capfirst(" ".join(role.verb(plural=plural).split())): f"{width:g} {dashes}".strip()
            for width, dashes, roles in WEIGHTS
            for role in roles
            for plural in (False, True)
        }


def every_role() -> list[Role | Decision]:
    return [*Role, *Decision]
