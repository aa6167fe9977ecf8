"""A page that many ask for at once is made by one of them; the others wait for it."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

LOCKS = 64  # files: two pages that share one wait for each other
PATIENCE = 5.0  # seconds, after which each makes its own
PAUSE = 0.005


@contextmanager
def one_rendering(root: Path, name: str) -> Iterator[None]:
    """Held by one thread of one worker; the kernel lets go of it when a worker is killed."""
    try:
        (root / "turns").mkdir(parents=True, exist_ok=True)
        file = (root / "turns" / str(crc32(name.encode()) % LOCKS)).open("ab")
    except OSError:  # without a place to write in, nobody keeps a page that others could wait for
        yield
        return
    with file:
        _wait_for(file)
        yield


def _wait_for(file) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        else:
            return
