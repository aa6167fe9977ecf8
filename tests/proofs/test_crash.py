"""Nothing is ever half public, whenever the power goes."""

import pytest

from tests.proofs.figures import figures_of

pytestmark = [pytest.mark.proof, pytest.mark.own_process]
KILLS = 50


def test_a_killed_publication_is_public_as_a_whole_or_not_at_all(tmp_path, capsys):
    figures = figures_of("crash", KILLS, folder=tmp_path, capsys=capsys)

    moments = figures["moments"]
    assert sum(moments.values()) == KILLS
    assert moments["half written"] > 0
    assert [figures[name] for name in ("torn", "lost", "stuck", "faults")] == [[], [], [], []]
