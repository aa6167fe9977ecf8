"""A search costs little more than the database does for the same words, and grows as it does.

Two sites run at once, one ten times the other's size, and answer the same questions in turns.
Each question is asked through our search and as a bare SELECT on the same index, so that
whatever slows this machine slows all of them. Ends with 1 where a bar is missed.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from subprocess import Popen

from benchmarks.questions import QUESTIONS
from benchmarks.wagtail_beside import beside
from tests.own_database import own_database, process

SIZES = (1_000, 10_000)
ROUNDS = 5
WARM = 1  # rounds that do not count
MOST_TIMES_BARE = 3.0
MOST_GROWTH = 12.0
MOST_QUERIES = 6
MOST_MEMORY = 2.0  # times what the small site takes, or a few megabytes
FEW_MEGABYTES = 16.0


@dataclass
class Measured:
    """What a site says of its index, and the median seconds of each question."""

    records: int
    rebuilt: float
    grown: float
    queries: int
    turns: list[list[list[float]]] = field(default_factory=list)

    @property
    def ours(self) -> float:
        return median(self._each(0))

    @property
    def bare(self) -> float:
        return median(self._each(1))

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    def _each(self, place: int) -> list[float]:
        counted = [[took[place] for took in turn] for turn in self.turns[WARM:]]
        return [median(times) for times in zip(*counted, strict=True)]


@contextmanager
def site(size: int, folder: Path) -> Iterator[tuple[str, Popen]]:
    module = "benchmarks.search_site"
    with own_database(folder) as database, process(database, module, size) as running:
        yield database, running
        running.stdin.close()


def seconds(running: Popen, question: int) -> list[float]:
    print(question, file=running.stdin, flush=True)
    return json.loads(running.stdout.readline())


def measure(folder: Path) -> tuple[list[Measured], str]:
    """Both sites, and what Wagtail takes on the texts of the large one."""
    with ExitStack() as stack:
        sites = [stack.enter_context(site(size, folder)) for size in SIZES]
        found = [Measured(**json.loads(running.stdout.readline())) for _database, running in sites]
        for _round in range(WARM + ROUNDS):
            for each in found:
                each.turns.append([])
            for question in range(len(QUESTIONS)):
                for each, (_database, running) in zip(found, sites, strict=True):
                    each.turns[-1].append(seconds(running, question))
        wagtail = beside(sites[-1][0], folder) if "--with-wagtail" in sys.argv else None
    return found, told(wagtail, found[-1])


def told(wagtail: float | str | None, ours: Measured) -> str:
    if wagtail is None:
        return "Wagtail: not asked for; bin/bench --with-wagtail measures it too."
    if isinstance(wagtail, str):
        return wagtail
    times = wagtail / ours.ours
    return f"Wagtail's database search: {wagtail * 1000:.1f} ms, {times:.2f} times ours."


def faults(small: Measured, large: Measured) -> Iterator[str]:
    if large.ratio > MOST_TIMES_BARE:
        yield f"A search takes more than {MOST_TIMES_BARE:g} times the bare SELECT."
    if large.ours / small.ours > MOST_GROWTH:
        yield f"A search grows more than {MOST_GROWTH:g} times."
    if large.queries > MOST_QUERIES:
        yield f"The index adds more than {MOST_QUERIES} queries to a publication."
    if large.grown > max(MOST_MEMORY * small.grown, FEW_MEGABYTES):
        yield "Making the index anew takes more memory on the large site."


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found, wagtail = measure(Path(folder))
    kind = os.environ.get("DATABASE_URL", "sqlite:").partition(":")[0]
    heads = ("records", "ours ms", "bare ms", "ratio", "growth", "queries", "rebuild s", "MB more")
    print(f"{'':12}" + "".join(f"{head:>11}" for head in heads))
    for each in found:
        numbers = (each.ours * 1000, each.bare * 1000, each.ratio, each.ours / found[0].ours)
        print(f"{kind:12}{each.records:>11,}" + "".join(f"{n:>11.2f}" for n in numbers), end="")
        print(f"{each.queries:>11}{each.rebuilt:>11.1f}{each.grown:>11.1f}")
    print(wagtail)
    missed = list(faults(*found))
    print(*missed, sep="\n", end="\n" if missed else "")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
