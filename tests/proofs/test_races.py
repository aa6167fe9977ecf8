"""Nobody's act is half done, done twice or answered with an error, however many act at once."""

import pytest

from tests.proofs.figures import figures_of

pytestmark = [pytest.mark.proof, pytest.mark.own_process]
SECONDS = 20
ROUNDS = 10
ENDED = ("accepted", "refused", "idle")  # idle: there was no release that it could be done to


def test_whatever_eight_people_do_at_once_is_accepted_or_refused(tmp_path, capsys):
    figures = figures_of("races", SECONDS, folder=tmp_path, capsys=capsys)

    counts = figures["acts"]
    assert figures["wrong"] == []
    assert {name: count["attempted"] for name, count in counts.items()} == {
        name: sum(count.get(end, 0) for end in ENDED) for name, count in counts.items()
    }
    assert min(counts[name]["accepted"] for name in ("save", "submit", "approve_all")) > 0
    assert figures["published"] == figures["public"] > 0
    assert [figures[name] for name in ("twice", "astray", "faults")] == [[], [], []]


def test_eight_who_publish_at_one_moment_wait_for_each_other_and_publish_nothing_twice(
    tmp_path, capsys
):
    figures = figures_of("rush", ROUNDS, folder=tmp_path, capsys=capsys)

    assert figures["apart"] == {"accepted": 8 * ROUNDS}
    assert figures["together"] == {
        "accepted": ROUNDS,
        "This release is closed: published.": 7 * ROUNDS,
    }
    assert (figures["public"], figures["faults"]) == (9 * ROUNDS, [])
