"""Publishing one record costs the same on a small site and on one ten times its size.

Both sites run at once and publish in turns, so that whatever slows this machine slows both.
Ends with 1 where the large one takes more than ``MOST`` times as long.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from subprocess import Popen

from tests.own_database import own_database, process

SIZES = (300, 3_000)
TURNS = 60
WARM = 5  # turns that do not count
MOST = 1.2


@contextmanager
def site(size: int, folder: Path) -> Iterator[Popen]:
    with own_database(folder) as database, process(database, "benchmarks.site", size) as running:
        yield running
        running.stdin.close()


def seconds(running: Popen) -> float:
    """What publishing one record took."""
    print(file=running.stdin, flush=True)
    return float(running.stdout.readline())


def measure(folder: Path) -> tuple[list[int], list[float]]:
    """How many records there are, and the median seconds, of the small site and of the large."""
    with ExitStack() as stack:
        sites = [stack.enter_context(site(size, folder)) for size in SIZES]
        counts = [int(running.stdout.readline()) for running in sites]
        turns = [[seconds(running) for running in sites] for _ in range(WARM + TURNS)]
    return counts, [median(each) for each in zip(*turns[WARM:], strict=True)]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        counts, times = measure(Path(folder))
    kind = os.environ.get("DATABASE_URL", "sqlite:").partition(":")[0]
    ratio = times[1] / times[0]
    print(f"{'':12}{'records':>10}{'ms':>10}{'ratio':>10}")
    print(f"{kind:12}{counts[0]:>10,}{times[0] * 1000:>10.1f}{1:>10.2f}")
    print(f"{'':12}{counts[1]:>10,}{times[1] * 1000:>10.1f}{ratio:>10.2f}")
    sys.exit(ratio > MOST)


main()
