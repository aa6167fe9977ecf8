"""A page that is kept says what Django would say now, whatever was published in between."""

import pytest

from tests.delivery.walk import ACTS, Walk, small_site

ACTS_IN_THE_GATE = 8


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")  # on both in tests/proofs
def test_after_every_publication_every_kept_page_is_as_if_it_were_made_anew(front):
    """The long walk stands in tests/proofs."""
    small_site()
    walk = Walk(front, seed=1, pages=30)
    walk.visit()

    for number in range(ACTS_IN_THE_GATE):
        act = walk.act()
        assert (number, act, walk.stale()) == (number, act, [])

    assert walk.changed > 10
    assert len(walk.done) > len(set(ACTS)) / 4
