"""Whatever people do to texts, the portal knows which translation says what its source says."""

import pytest
from django.db import connection

from tests.proofs.figures import figures_of

pytestmark = [pytest.mark.proof, pytest.mark.own_process]
STEPS = {"sqlite": {3: 10_000, 4: 3_000}, "postgresql": {3: 3_000, 4: 1_000}}
SETTINGS = {3: "tests.settings", 4: "tests.proofs.four_languages"}


@pytest.mark.parametrize("languages", SETTINGS)
def test_no_walk_leads_to_where_the_oracle_says_otherwise(languages, tmp_path, capsys):
    steps = STEPS[connection.vendor][languages]

    figures = figures_of(
        "freshness", steps, folder=tmp_path, capsys=capsys, settings=SETTINGS[languages]
    )

    assert figures["disagreements"] == []
    assert (len(figures["languages"]), figures["steps"]) == (languages, steps)
    assert min(count.get("accepted", 0) for count in figures["acts"].values()) > 0
