"""A load on one address for some seconds, and what came of it, as wrk counts it."""

import json
import subprocess
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.servers import OF_LOAD, processor_seconds

# Twice as many connections as a worker has threads.
AS_EVERYWHERE = ("-t1", "-c8", "--timeout", "5s")
SCRIPT = """
function done(summary, latency)
    local e = summary.errors
    io.write(string.format('\\n{"requests": %d, "bytes": %d, "microseconds": %d, "faults": %d, ',
        summary.requests, summary.bytes, summary.duration,
        e.connect + e.read + e.write + e.status + e.timeout))
    io.write(string.format('"p50": %f, "p99": %f}\\n',
        latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Round:
    """``faults``: answers that were none, or not 200. Times in microseconds; ``processor`` is what
    the server took of all processors.
    """

    requests: int
    bytes: int
    microseconds: int
    faults: int
    p50: float
    p99: float
    processor: float

    @property
    def processor_each(self) -> float:
        return self.processor / self.requests if self.requests else inf

    @property
    def a_second(self) -> float:
        return self.requests / self.microseconds * 1e6

    @property
    def bytes_each(self) -> float:
        return self.bytes / self.requests if self.requests else 0


@dataclass(frozen=True)
class Rounds:
    """Those of one candidate; every figure is the median of them."""

    rounds: list[Round]

    @cached_property
    def a_second(self) -> float:
        return median(each.a_second for each in self.rounds)

    @cached_property
    def p50(self) -> float:
        return median(each.p50 for each in self.rounds) / 1000

    @cached_property
    def p99(self) -> float:
        """Milliseconds, as ``p50``."""
        return median(each.p99 for each in self.rounds) / 1000

    @cached_property
    def processor_each(self) -> float:
        """Microseconds of one processor that an answer costs its server."""
        return median(each.processor_each for each in self.rounds)

    @cached_property
    def bytes_each(self) -> float:
        """Of an answer, head and body."""
        return median(each.bytes_each for each in self.rounds)

    @property
    def faults(self) -> int:
        return sum(each.faults for each in self.rounds)


def load(address: str, seconds: int, coding: str, folder: Path) -> Round:
    """Raises CalledProcessError where the server is not there."""
    script = folder / "counted.lua"
    if not script.exists():
        script.write_text(SCRIPT)
    port = urlsplit(address).port
    before = processor_seconds(port)
    accepted = ("-H", f"Accept-Encoding: {coding}")
    command = ["wrk", *AS_EVERYWHERE, f"-d{seconds}s", "-s", script, *accepted, address]
    apart = ["taskset", "--cpu-list", str(OF_LOAD), *command]
    told = subprocess.run(apart, check=True, stdout=subprocess.PIPE, text=True)
    took = (processor_seconds(port) - before) * 1e6
    return Round(**json.loads(told.stdout.strip().splitlines()[-1]), processor=took)
