"""What this process read of a page and found sound, as long as its files stay what they were.

To prove a page takes longer than to read it. A file that somebody wrote to has another time, and
one that was put in place of it another number.
"""

import os
from typing import NamedTuple

from portal.delivery.page import Headers

MOST = 1_000  # heads of 1 kB

Sign = tuple[int, int, int]


class Known(NamedTuple):
    head: Sign
    body: Sign
    headers: Headers
    digest: str


def sign_of(status: os.stat_result) -> Sign:
    return status.st_ino, status.st_mtime_ns, status.st_size


class Seen:
    """By the path of a body."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def still(self, path: str, head: Sign, body: Sign) -> Known | None:
        known = self._known.get(path)
        return known if known and (known.head, known.body) == (head, body) else None

    def remember(self, path: str, known: Known) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[path] = known
