"""Who does what of the founding content: the picture says what the table says, and is untangled."""

from itertools import pairwise
from random import Random

import pytest

from policies.crossings import crossings
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from tests.policies.drawn import Drawn, drawn, picture_of, rows, told
from tests.reading import parsed

# what is drawn is decided in Python: one database is enough
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

ORDERS = 1_000


def page(whole_site, code: str):
    return parsed(whole_site.answers[route_in("who-does-what", code)].content)


@pytest.mark.parametrize("code", codes())
def test_every_line_of_the_picture_is_a_row_of_the_table_and_every_row_a_line(whole_site, code):
    document = page(whole_site, code)

    assert drawn(picture_of(document)).ties == told(document, code)
    assert len(rows(document)) > 30


def test_the_picture_is_the_same_in_every_language(whole_site):
    record_at = {address: pk for (pk, _code), address in whole_site.shown_at.items()}
    seen = [drawn(picture_of(page(whole_site, code))) for code in codes()]
    orders = [[record_at[each] for each in (*one.actors, *one.subjects)] for one in seen]

    assert orders == [orders[0]] * len(codes())
    assert len(orders[0]) > 30


def crossing(picture: Drawn, order: Random | None = None) -> int:
    """How often its lines cross as it stands, or in an order at random within the levels."""
    ends = [*picture.levels.values(), len(picture.actors)]
    left = [picture.actors[a:b] for a, b in pairwise(ends)]
    right = picture.subjects
    if order:
        left = [order.sample(group, len(group)) for group in left]
        right = order.sample(right, len(right))
    lines = sorted({(tie.actor, tie.subject) for tie in picture.ties})
    return crossings([actor for group in left for actor in group], right, lines)


def test_no_more_lines_cross_than_in_the_best_of_a_thousand_orders(whole_site):
    picture, order = drawn(picture_of(page(whole_site, "en"))), Random(20_260_101)
    here, best = crossing(picture), min(crossing(picture, order) for _ in range(ORDERS))

    print(f"\n{here} crossings; the best of {ORDERS} orders has {best}")
    assert here <= best
