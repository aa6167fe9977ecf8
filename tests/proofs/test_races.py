"""Nobody's act is half done, done twice or answered with an error, however many act at once."""

import pytest

from tests.proofs.figures import figures_of

pytestmark = pytest.mark.proof
SECONDS = 20
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
