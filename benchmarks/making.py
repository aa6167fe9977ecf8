"""A page made anew, in process: ours beside the equal page of a peer, in turns.

Ends with 1 where ours is not ``LEAST`` times as fast.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.peer_beside import peer
from benchmarks.portal_beside import prepare
from benchmarks.wagtail import is_installed, known_version
from tests.own_database import ending, own_database, process

LEAST = 3.0
PAGES = 20  # of one before it is the other's turn


def _ours(folder: Path, database: str, address: str):
    own = {"settings": "portal.settings", "PORTAL_VAR": str(folder)}
    return ending(process(database, "benchmarks.making_site", address, **own))


def seconds(running: subprocess.Popen, pages: int) -> list[float]:
    print(f"page {pages}", file=running.stdin, flush=True)
    return json.loads(running.stdout.readline())


def measure(folder: Path, rounds: int) -> dict[str, dict]:
    """``{who: what is known of its page}``, with the median ``seconds``."""
    with ExitStack() as stack:
        database = stack.enter_context(own_database(folder))
        told = prepare(folder / "portal", database)
        running = stack.enter_context(_ours(folder / "portal", database, told["address"]))
        processes, known = {"ours": running}, {"ours": json.loads(running.stdout.readline())}
        if is_installed():
            other = stack.enter_context(peer(folder / "peer", told["shows"]))
            processes["wagtail"], known["wagtail"] = other.process, other.known
        took = {name: [] for name in processes}
        for number in range(rounds + 1):  # the first warms them
            for name, process in processes.items():
                found = seconds(process, PAGES)
                took[name] += found if number else []
    return {name: each | {"seconds": median(took[name])} for name, each in known.items()}


def show(found: dict[str, dict]) -> None:
    print(f"{'':12}{'of ours':>10}{'ms':>10}{'queries':>10}{'bytes':>10}")
    for name, each in found.items():
        times = each["seconds"] / found["ours"]["seconds"]
        print(f"{name:12}{times:>10.2f}{each['seconds'] * 1000:>10.2f}", end="")
        print(f"{each['queries']:>10}{each['bytes']:>10,}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="only prove that it runs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), 1 if asked.quick else asked.rounds)
    if "wagtail" not in found:
        print("Wagtail not installed.")
        return
    print(known_version())
    show(found)
    if is_missed := found["wagtail"]["seconds"] < LEAST * found["ours"]["seconds"]:
        print(f"A page made anew is not {LEAST:g} times as fast as the peer's.")
    sys.exit(is_missed and not asked.quick)


if __name__ == "__main__":
    main()
