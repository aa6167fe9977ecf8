"""A copy of the mirror that is sent to another machine is whole there at every moment."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.own_database import ROOT

RSYNC = shutil.which("rsync")
GENERATIONS, LINK, DELETION = range(1, 4)  # the runs of rsync, in their order
STAND_IN = """#!/bin/sh
echo "$@" >> {folder}/calls
[ "$(wc -l < {folder}/calls)" -ne {cut_off_at} ] || exit 30
{program} "$@"
"""


class Sending:
    """From ``here`` to ``there``, with an rsync that is cut off at one of its runs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.here, self.there = folder, folder / "here", folder / "there"
        self.there.mkdir()

    def serve(self, number: str, *pages: str) -> None:
        for page in pages:
            (self.here / number / "pages").mkdir(parents=True, exist_ok=True)
            (self.here / number / "pages" / page).write_text(f"{page} of {number}")
        (self.here / number / "index.sqlite3").touch()
        (self.here / "current").unlink(missing_ok=True)
        (self.here / "current").symlink_to(number)

    def send(self, program: str, cut_off_at: int = 0) -> int:
        (self.folder / "calls").unlink(missing_ok=True)
        stand_in = self.folder / "bin" / "rsync"
        stand_in.parent.mkdir(exist_ok=True)
        stand_in.write_text(
            STAND_IN.format(folder=self.folder, program=program, cut_off_at=cut_off_at)
        )
        stand_in.chmod(0o755)
        path = {"PATH": f"{stand_in.parent}:{os.environ['PATH']}"}
        command = [ROOT / "deploy" / "send-mirror", self.here, self.there]
        return subprocess.run(command, env=os.environ | path).returncode

    def calls(self) -> list[list[str]]:
        return [line.split() for line in (self.folder / "calls").read_text().splitlines()]

    def served(self) -> tuple[str, list[str]]:
        current = self.there / "current"
        return current.readlink().name, sorted(path.name for path in (current / "pages").iterdir())


@pytest.fixture
def sending(tmp_path) -> Sending:
    made = Sending(tmp_path)
    made.serve("000001", "a.html", "b.html")
    return made


def test_the_link_follows_what_it_leads_to_and_nothing_goes_before_it_came(sending):
    assert sending.send("true") == 0
    generations, link, deletion = sending.calls()

    assert link[-2].endswith("/current")
    assert (generations[-2], deletion[-2]) == (f"{sending.here}/",) * 2
    assert all("--exclude /current" in " ".join(call) for call in (generations, deletion))
    assert ["--delete-after" in call for call in sending.calls()] == [False, False, True]


@pytest.mark.parametrize("run", [GENERATIONS, LINK, DELETION])
def test_after_a_run_that_is_cut_off_there_is_no_further_one_and_it_is_said(sending, run):
    assert sending.send("true", cut_off_at=run) == 30
    assert len(sending.calls()) == run


def test_a_mirror_that_is_not_there_deletes_nothing(sending):
    (sending.here / "current").unlink()

    assert sending.send("true") != 0
    assert not (sending.folder / "calls").exists()


@pytest.mark.skipif(RSYNC is None, reason="rsync is not on this machine")
def test_wherever_sending_is_cut_off_what_is_served_there_is_whole(sending):
    assert sending.send(RSYNC) == 0
    sending.serve("000002", "a.html", "c.html")
    shutil.rmtree(sending.here / "000001")
    found = []
    for run in (GENERATIONS, LINK, DELETION, 0):
        sending.send(RSYNC, cut_off_at=run)
        found.append((sending.served(), (sending.there / "000001").exists()))

    before, after = ("000001", ["a.html", "b.html"]), ("000002", ["a.html", "c.html"])
    assert found == [(before, True), (before, True), (after, True), (after, False)]
    assert not [*sending.there.glob("*/index.sqlite3")]


@pytest.mark.skipif(RSYNC is None, reason="rsync is not on this machine")
def test_a_generation_that_is_served_meanwhile_is_led_to_by_the_next_sending(sending):
    """It may not have been there when the first run looked."""
    sending.serve("000002", "c.html")
    lead = f"ln -sfn 000002 {sending.here}/current; {RSYNC}"
    (sending.here / "current").unlink()
    (sending.here / "current").symlink_to("000001")

    assert sending.send(lead) == 0
    assert sending.served()[0] == "000001"
    assert sending.send(RSYNC) == 0
    assert sending.served()[0] == "000002"
