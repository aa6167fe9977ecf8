"""A short walk beside the oracle; the long ones are in tests/proofs, under make prove."""

import pytest

from tests.proofs.freshness import run

pytestmark = pytest.mark.django_db


def test_the_first_steps_of_a_walk_lead_to_where_the_oracle_says():
    figures = run(60, seed=8)

    assert (figures["disagreements"], figures["steps"]) == ([], 60)
    assert sum(count.get("accepted", 0) for count in figures["acts"].values()) > 25
