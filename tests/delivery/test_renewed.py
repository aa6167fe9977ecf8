"""A page that is kept says what Django would say now, whatever was published in between."""

import pytest

from tests.delivery.walk import ACTS, Walk
from tests.pages_of_the_site import fill

ACTS_IN_THE_GATE = 25


@pytest.mark.parametrize("seed", [1])
def test_after_every_publication_every_kept_page_is_as_if_it_were_made_anew(front, seed):
    fill()
    walk = Walk(front, seed)
    walk.visit()

    for number in range(ACTS_IN_THE_GATE):
        act = walk.act()
        assert (number, act, walk.stale()) == (number, act, [])

    print(walk.done, walk.changed, walk.needless, len(walk.held))
    assert walk.changed > 100
    assert len(walk.done) > len(set(ACTS)) / 2
