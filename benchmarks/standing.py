"""A site as it stands in production: how soon it first answers, and what it holds in memory."""

import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.load import load
from benchmarks.portal_beside import surroundings
from benchmarks.servers import ask, gunicorn, proportional_set

WARM = 3  # seconds of load
ALSO = ("/fr/", "/fr/plans/", "/fr/recherche/?q=radicalisation")  # the last is made each time


class Standing(NamedTuple):
    """``megabytes`` of the master and its two workers together; what they share counts once."""

    first_answer: float
    megabytes: float


def stand(folder: Path, database: str, address: str) -> Standing:
    began = time.perf_counter()
    with gunicorn("portal.wsgi", Path(sys.executable), **surroundings(folder, database)) as found:
        origin, process = found
        ask(f"{origin}{address}")
        took = time.perf_counter() - began
        for each in (address, *ALSO):
            load(f"{origin}{each}", WARM, "br", folder)
        return Standing(took, proportional_set(process.pid))
