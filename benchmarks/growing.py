"""What reading and publishing cost as the site grows, and what the largest takes in memory.

The sites run at once and act in turns, so that whatever slows this machine slows all of them.
Beside them a peer of the two smaller sizes publishes its equal page. Ends with 1 where a bar is
missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.peer_beside import Peer, peer
from benchmarks.portal_beside import collect
from benchmarks.standing import Standing, stand
from benchmarks.wagtail import is_installed, known_version
from tests.own_database import ending, own_database, process

SIZES = (300, 3_000, 10_000)
PEER_SIZES = (300, 3_000)
READ = {"page": 12, "list": 12, "search": 12, "sitemap": 2}  # turns that count
TOLD = {"text": 12, "new": 8, "title": 8, "term": 1}
ACTS = {"export": 1} | READ | TOLD
PEER_ACTS = ("publish", "all")  # its page in one language, and in the three of our record
EQUAL = "all"  # of them the one that makes as much public as a publication of ours
ONCE = ("export", "term")  # which take their time on a large site
WARM = 1  # turns that do not, of the others
MOST_GROWTH = {"text": 1.5, "new": 1.5, "title": 1.5, "list": 1.3}
MOST_OF_PEER = 0.5
MOST_MEGABYTES = 160
MOST_SECONDS = 3.0


@dataclass
class Site:
    """``took`` and ``out``: the seconds of each act, and the pages that it took out."""

    size: int
    process: subprocess.Popen
    folder: Path
    database: str
    known: dict = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=dict)
    out: dict[str, int] = field(default_factory=dict)

    def act(self, name: str) -> None:
        print(name, file=self.process.stdin, flush=True)
        seconds, pages = json.loads(self.process.stdout.readline())
        self.took.setdefault(name, []).append(seconds)
        self.out[name] = pages

    def milliseconds(self, name: str) -> float:
        counted = self.took[name][0 if name in ONCE else WARM :]
        return median(counted) * 1000


@contextmanager
def site(folder: Path, size: int) -> Iterator[Site]:
    """Being made; ``known`` comes with its first line."""
    own = folder / f"portal-{size}"
    own.mkdir()
    collect(own)
    with own_database(folder) as database:
        asked = process(
            database,
            "benchmarks.growing_site",
            size,
            settings="portal.settings",
            PORTAL_VAR=str(own),
        )
        with ending(asked) as running:
            yield Site(size, running, own, database)


@dataclass
class Measured:
    sites: list[Site]
    peers: dict[int, dict[str, float]]
    standing: Standing


def measure(folder: Path, asked: argparse.Namespace) -> Measured:
    with ExitStack() as stack:
        sites = [stack.enter_context(site(folder, size)) for size in asked.sizes]
        for each in sites:
            each.known = json.loads(each.process.stdout.readline())
        peers = _peers(stack, folder, asked.peer_sizes, sites[0].known["shows"])
        times = {size: {act: [] for act in PEER_ACTS} for size in peers}
        acts = {name: turns for name, turns in ACTS.items() if name not in asked.without}
        for name, turns in acts.items():
            for _turn in range(1 if name in ONCE else WARM + min(turns, asked.turns)):
                for each in sites:
                    each.act(name)
                if name == "text":
                    _publish(peers, times)
        standing = stand(sites[-1].folder, sites[-1].database, sites[-1].known["address"])
    return Measured(sites, _medians(times), standing)


def _publish(peers: dict[int, Peer], times: dict[int, dict[str, list[float]]]) -> None:
    for size, one in peers.items():
        for act in PEER_ACTS:
            times[size][act] += one.seconds(act)


def _medians(times: dict[int, dict[str, list[float]]]) -> dict[int, dict[str, float]]:
    return {
        size: {act: median(took[WARM:]) * 1000 for act, took in acts.items()}
        for size, acts in times.items()
    }


def _peers(stack: ExitStack, folder: Path, sizes: list[int], shows: dict) -> dict[int, Peer]:
    if not sizes or not is_installed():
        print("Wagtail not installed." if sizes else "Wagtail: not asked for.")
        return {}
    print(known_version())
    return {size: stack.enter_context(peer(folder / f"peer-{size}", shows, size)) for size in sizes}


def faults(found: Measured) -> Iterator[str]:
    small, large = found.sites[0], found.sites[-1]
    for name, most in MOST_GROWTH.items():
        if name in large.took and large.milliseconds(name) > most * small.milliseconds(name):
            yield f"{name}: the largest site takes more than {most} times the smallest."
    for size, times in found.peers.items():
        ours = next((each for each in found.sites if each.size == size), found.sites[-1])
        if ours.milliseconds("text") > MOST_OF_PEER * times[EQUAL]:
            yield f"A publication on {size:,} takes more than {MOST_OF_PEER} times the peer's."
    if found.standing.megabytes > MOST_MEGABYTES:
        yield f"Master and workers hold more than {MOST_MEGABYTES} MB."
    if found.standing.first_answer > MOST_SECONDS:
        yield f"The first answer takes more than {MOST_SECONDS:g} s."


def show(found: Measured) -> None:
    kind = os.environ.get("DATABASE_URL", "sqlite:").partition(":")[0]
    counts = [f"{each.known['records']:,} / {each.known['pages']:,}" for each in found.sites]
    print(f"{kind:12}" + "".join(f"{count:>18}" for count in counts) + f"{'growth':>10}")
    for name in found.sites[0].took:
        times = [each.milliseconds(name) for each in found.sites]
        cells = [_cell(each, name) for each in found.sites]
        print(f"{name:12}" + "".join(f"{c:>18}" for c in cells) + f"{times[-1] / times[0]:>10.2f}")
    for act in PEER_ACTS:
        cells = [f"{times[act]:.1f} ms" for times in found.peers.values()]
        print(f"{f'peer, {act}':12}" + "".join(f"{cell:>18}" for cell in cells))
    print(f"{found.standing.megabytes:.0f} MB, first answer after", end=" ")
    print(f"{found.standing.first_answer:.2f} s")


def _cell(one: Site, name: str) -> str:
    """Milliseconds, and for a publication the pages that it took out."""
    out = f" {one.out[name]:>6,}" if name in TOLD else ""
    return f"{one.milliseconds(name):.1f} ms{out}"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--peer-sizes", type=int, nargs="*", default=PEER_SIZES)
    parser.add_argument("--turns", type=int, default=100, help="at most, of each act")
    parser.add_argument("--without", nargs="*", default=(), help="acts to leave out: export, say")
    parser.add_argument("--quick", action="store_true", help="only prove that it runs")
    asked = parser.parse_args()
    if asked.quick:
        asked.sizes, asked.peer_sizes, asked.turns = (280, 300), (5,), 1
    return asked


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), asked)
    show(found)
    missed = list(faults(found))
    print(*missed, sep="\n", end="\n" if missed else "")
    sys.exit(bool(missed) and not asked.quick)


if __name__ == "__main__":
    main()
