"""However many publish, read and die at once, no reader gets a page from before."""

import pytest

from tests.proofs.figures import figures_of

pytestmark = [pytest.mark.proof, pytest.mark.own_process]
SECONDS, KILLS = 20, 40
ACTS, WALKS = 60, 3


def test_while_two_publish_and_eight_read_nobody_reads_what_was_said_before(tmp_path, capsys):
    figures = figures_of("kept", SECONDS, KILLS, folder=tmp_path, capsys=capsys)

    assert (figures["stale"], figures["stale after a kill"], figures["unkept"]) == ([], [], [])
    assert min(figures["published"], figures["kept"], figures["public"]) > 0
    assert figures["kills"] == KILLS > figures["public"]


@pytest.mark.parametrize("walk", range(WALKS))
def test_no_walk_leads_to_a_kept_page_that_says_what_was_said_before(walk, tmp_path, capsys):
    figures = figures_of("renewed", ACTS, folder=tmp_path, capsys=capsys)

    assert figures["stale"] == []
    assert figures["changed"] > 0
