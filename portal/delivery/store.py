"""The pages that were made, kept on disk as ready bytes; shared by every worker and by nginx.

``pages/`` holds the bytes, each coding in a file of its own, under the address that they answer.
``heads/`` holds beside each page its headers and the digests of its bytes. ``index.sqlite3`` knows
what each page shows, so that a change finds its pages. A page enters only under the lock of the
index, and only if it was made after the last change that the index knows of: whoever began to
make a page before a publication cannot keep it afterwards.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from portal.delivery.page import CODINGS, Page, digest, head_of, page_from
from portal.records.reads import EVERYTHING

MOST_PAGES = 100_000  # then the pages that were made first make room
ROOM = 1_000
WAIT = 5.0  # seconds for the lock of the index
TABLES = """
CREATE TABLE IF NOT EXISTS page (name TEXT PRIMARY KEY, made INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shows (key TEXT, name TEXT, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_by ON shows (name);
CREATE TABLE IF NOT EXISTS age (one INTEGER PRIMARY KEY CHECK (one = 1), number, token);
"""


class Age(NamedTuple):
    """The last change that somebody knew of: its number, and which history it belongs to."""

    number: int
    token: str


NONE_YET = Age(0, "")


class Store:
    """Raises OSError or ``sqlite3.Error`` where the disk does not do as asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages, self.heads = root / "pages", root / "heads"

    def find(self, name: str, coding: str) -> Page | None:
        """The page as it is kept; None where there is none, and where a file was damaged."""
        try:
            head = _read(f"{self.heads}/{name}.json")
            body = _read(f"{self.pages}/{name}{CODINGS[coding]}")
        except OSError:
            return None
        return page_from(head, body, coding)

    def keep(self, name: str, page: Page, shows: Iterable[str], age: Age) -> bool:
        """Take in a page that was made when ``age`` was the last change; False if it is too old.

        What it shows is known before its files are there, so that nothing that is kept can be
        missed by a change, wherever this process ends.
        """
        with self._locked() as index:
            if not _is_young_enough(index, age):
                return False
            self._forget(index, [name])
            _note(index, name, shows, age)
        with self._locked() as index:
            if not _is_known(index, name, age):
                return False
            self._write(name, page)
            self._make_room(index)
        return True

    def drop(self, keys: Iterable[str], age: Age) -> int:
        """Take out every page that shows one of these; from now on only younger ones enter."""
        keys = set(keys)
        if EVERYTHING in keys:
            return self.empty(age)
        with self._locked() as index:
            names = {name for key in keys for name in _showing(index, key)}
            self._forget(index, names)
            _set_age(index, age)
        return len(names)

    def empty(self, age: Age = NONE_YET) -> int:
        """Take out all of them: moved aside in one step, whatever their number."""
        with self._locked() as index:
            (count,) = index.execute("SELECT count(*) FROM page").fetchone()
            self._move_aside()
            index.execute("DELETE FROM page")
            index.execute("DELETE FROM shows")
            _set_age(index, age)
        self.sweep()
        return count

    def open(self) -> None:
        """Be there, so that publications from any process find it."""
        with self._locked():
            self.pages.mkdir(exist_ok=True)

    @property
    def age(self) -> Age | None:
        """None before anything was kept or dropped."""
        with self._locked() as index:
            return _age(index)

    def sweep(self) -> None:
        """Delete what was moved aside."""
        for left in self.root.glob("aside-*"):
            shutil.rmtree(left, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[sqlite3.Connection]:
        """The index, to one process and thread at a time; what failed within is undone."""
        self.root.mkdir(parents=True, exist_ok=True)
        path = self.root / "index.sqlite3"
        with closing(sqlite3.connect(path, WAIT, isolation_level=None)) as index:
            index.execute("PRAGMA journal_mode=WAL")
            index.execute("PRAGMA synchronous=NORMAL")
            index.executescript(TABLES)
            index.execute("BEGIN IMMEDIATE")
            try:
                yield index
            except BaseException:
                index.rollback()
                raise
            index.commit()

    def _forget(self, index: sqlite3.Connection, names: Iterable[str]) -> None:
        for name in names:
            _delete(f"{self.heads}/{name}.json")
            for suffix in CODINGS.values():
                _delete(f"{self.pages}/{name}{suffix}")
            index.execute("DELETE FROM page WHERE name = ?", [name])
            index.execute("DELETE FROM shows WHERE name = ?", [name])

    def _write(self, name: str, page: Page) -> None:
        """The head comes last: without it the files are no page."""
        for coding, suffix in CODINGS.items():
            _replace(self.pages / f"{name}{suffix}", page.bodies[coding])
        _replace(self.heads / f"{name}.json", head_of(page))

    def _make_room(self, index: sqlite3.Connection) -> None:
        (count,) = index.execute("SELECT count(*) FROM page").fetchone()
        if count > MOST_PAGES:
            oldest = index.execute("SELECT name FROM page ORDER BY made LIMIT ?", [ROOM])
            self._forget(index, [name for (name,) in oldest.fetchall()])

    def _move_aside(self) -> None:
        for folder in (self.pages, self.heads):
            with suppress(FileNotFoundError):
                folder.rename(self.root / f"aside-{uuid4().hex}")


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def _replace(path: Path, content: bytes) -> None:
    """A reader finds the old file or the new one, whole.

    nginx makes the tag of a file from its time and its length. So the time is made from the bytes:
    two contents of one length have two tags, also within a second.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        fresh.write_bytes(content)
        os.utime(fresh, (0, int(digest(content)[:8], 16)))
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _delete(path: str) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        Path(path).unlink()


# --- the index ------------------------------------------------------------------------------------


def _age(index: sqlite3.Connection) -> Age | None:
    row = index.execute("SELECT number, token FROM age").fetchone()
    return Age(*row) if row else None


def _set_age(index: sqlite3.Connection, age: Age) -> None:
    index.execute("INSERT OR REPLACE INTO age VALUES (1, ?, ?)", age)


def _is_young_enough(index: sqlite3.Connection, age: Age) -> bool:
    known = _age(index)
    if known is None:
        _set_age(index, age)
    return known is None or age.number > known.number or age == known


def _note(index: sqlite3.Connection, name: str, shows: Iterable[str], age: Age) -> None:
    index.execute("INSERT INTO page VALUES (?, ?)", [name, age.number])
    rows = [(key, name) for key in shows]
    index.executemany("INSERT OR IGNORE INTO shows VALUES (?, ?)", rows)


def _is_known(index: sqlite3.Connection, name: str, age: Age) -> bool:
    """Unless a change came in between and took it out again."""
    found = index.execute("SELECT made FROM page WHERE name = ?", [name]).fetchone()
    return found == (age.number,)


def _showing(index: sqlite3.Connection, key: str) -> list[str]:
    return [name for (name,) in index.execute("SELECT name FROM shows WHERE key = ?", [key])]
