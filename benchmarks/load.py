"""A load on one address for some seconds, and what came of it, as wrk counts it."""

import json
import subprocess
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.servers import processor_seconds

# One thread beside the server's two processes, and as many connections as they have threads.
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
COUNTED = ("requests", "bytes", "microseconds", "faults")


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
    """Each second on new connections: by chance, one worker takes most of those of a second.

    Raises CalledProcessError where the server is not there.
    """
    script = folder / "counted.lua"
    if not script.exists():
        script.write_text(SCRIPT)
    port = urlsplit(address).port
    before = processor_seconds(port)
    goes = [_second(address, coding, script) for _ in range(seconds)]
    took = (processor_seconds(port) - before) * 1e6
    counts = {name: sum(go[name] for go in goes) for name in COUNTED}
    times = {name: median(go[name] for go in goes) for name in ("p50", "p99")}
    return Round(**counts, **times, processor=took)


def _second(address: str, coding: str, script: Path) -> dict[str, float]:
    command = ["wrk", *AS_EVERYWHERE, "-d1s", "-s", script, "-H", f"Accept-Encoding: {coding}"]
    told = subprocess.run([*command, address], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(told.stdout.strip().splitlines()[-1])
