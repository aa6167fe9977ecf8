"""Whatever people do to texts, the portal knows which translation says what its source says."""

import pytest
from django.db import connection

from tests.proofs.figures import figures_of

pytestmark = [pytest.mark.proof, pytest.mark.own_process]
FEWER = {"sqlite": 1, "postgresql": 3}  # a step asks for much, and a server is farther away
SETTINGS = {3: "tests.settings", 4: "tests.proofs.four_languages"}


@pytest.mark.parametrize(("languages", "steps"), [(3, 10_000), (4, 3_000)])
def test_no_walk_leads_to_where_the_oracle_says_otherwise(languages, steps, tmp_path, capsys):
    steps = steps // FEWER[connection.vendor] // 100 * 100

    figures = figures_of(
        "freshness", steps, folder=tmp_path, capsys=capsys, settings=SETTINGS[languages]
    )

    assert figures["disagreements"] == []
    assert (len(figures["languages"]), figures["steps"]) == (languages, steps)
    assert min(count.get("accepted", 0) for count in figures["acts"].values()) > 0
