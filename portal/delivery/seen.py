"""The pages that a process read last, each as long as the head on the disk is the one it read.

Who takes a page out of the store, or writes another one, takes its head away first; so what is
here is never answered without a look at the disk, and need not be read and proved again.
"""

import os
from typing import NamedTuple

from portal.delivery.page import Page

MOST = 200  # of 5 to 25 kB

Sign = tuple[int, int, int]


class Known(NamedTuple):
    head: Sign
    page: Page


def sign_of(status: os.stat_result) -> Sign:
    return status.st_ino, status.st_mtime_ns, status.st_size


def read_signed(path: str) -> tuple[bytes, Sign]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        status = os.fstat(descriptor)
        return os.read(descriptor, status.st_size), sign_of(status)
    finally:
        os.close(descriptor)


class Seen:
    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def still(self, path: str, head: Sign) -> Page | None:
        """By the path of its body."""
        known = self._known.get(path)
        return known.page if known and known.head == head else None

    def remember(self, path: str, head: Sign, page: Page) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[path] = Known(head, page)
