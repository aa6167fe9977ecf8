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

from portal.delivery.page import CODINGS, IN_TIME, Page, head_of, page_from
from portal.records.reads import EVERYTHING

MOST_PAGES = 100_000  # then the pages that were made first make room
ROOM = 1_000
CHECK = bytes(4096)  # as much as a small page needs
WAIT = 5.0  # seconds for the lock of the index
TABLES = """
CREATE TABLE IF NOT EXISTS page
    (name TEXT PRIMARY KEY, made INTEGER NOT NULL, is_fine INTEGER DEFAULT 0) WITHOUT ROWID;
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

    tables = TABLES
    sweeps_at_once = True

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

    def coarse(self, most: int) -> list[str]:
        """Names of pages that were compressed while a reader waited."""
        with self._locked() as index:
            rows = index.execute("SELECT name FROM page WHERE NOT is_fine LIMIT ?", [most])
            return [name for (name,) in rows]

    def refine(self, name: str) -> bool:
        """Compress it as well as can be; False where it went meanwhile, or was damaged."""
        if (page := self.find(name, "identity")) is None:
            self.forget([name])
            return False
        finer = Page.made(page.headers, page.bodies["identity"], IN_TIME)
        with self._locked() as index:
            if self.find(name, "identity") != page:
                return False
            self._write(name, finer)
            index.execute("UPDATE page SET is_fine = 1 WHERE name = ?", [name])
        return True

    def forget(self, names: Iterable[str]) -> None:
        """Take out these, whatever they show."""
        with self._locked() as index:
            self._forget(index, names)

    def names(self) -> set[str]:
        """Of every page that the index knows."""
        with self._locked() as index:
            return {name for (name,) in index.execute("SELECT name FROM page")}

    def drop(self, keys: Iterable[str], age: Age) -> int:
        """Take out every page that shows one of these; from now on only younger ones enter."""
        keys = set(keys)
        if EVERYTHING in keys:
            return self.empty(age)
        with self._locked() as index:
            names = {name for key in keys for name in showing(index, key)}
            self._forget(index, names)
            _set_age(index, age)
        return len(names)

    def empty(self, age: Age = NONE_YET) -> int:
        """Take out all of them: moved aside in one step, whatever their number."""
        with self._locked() as index:
            (count,) = index.execute("SELECT count(*) FROM page").fetchone()
            self._move_aside(index)
            index.execute("DELETE FROM page")
            index.execute("DELETE FROM shows")
            _set_age(index, age)
        if self.sweeps_at_once:
            self.sweep()
        return count

    def open(self) -> None:
        """Be there, so that publications from any process find it."""
        with self._locked():
            self.pages.mkdir(exist_ok=True)

    def check(self) -> None:
        """Raises what ``keep`` would raise; the disk may be full, or may not be written to."""
        with self._locked():
            replace(self.root / "check", CHECK)

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
            index.executescript(self.tables)
            index.execute("BEGIN IMMEDIATE")
            try:
                yield index
            except BaseException:
                index.rollback()
                raise
            index.commit()

    def _forget(self, index: sqlite3.Connection, names: Iterable[str]) -> None:
        for name in names:
            delete(f"{self.heads}/{name}.json")
            for suffix in CODINGS.values():
                delete(f"{self.pages}/{name}{suffix}")
            index.execute("DELETE FROM page WHERE name = ?", [name])
            index.execute("DELETE FROM shows WHERE name = ?", [name])

    def _write(self, name: str, page: Page) -> None:
        """The head comes last: without it the files are no page."""
        for coding, suffix in CODINGS.items():
            replace(self.pages / f"{name}{suffix}", page.bodies[coding])
        replace(self.heads / f"{name}.json", head_of(page))

    def _make_room(self, index: sqlite3.Connection) -> None:
        (count,) = index.execute("SELECT count(*) FROM page").fetchone()
        if count > MOST_PAGES:
            oldest = index.execute("SELECT name FROM page ORDER BY made LIMIT ?", [ROOM])
            self._forget(index, [name for (name,) in oldest.fetchall()])

    def _move_aside(self, index: sqlite3.Connection) -> None:
        for folder in (self.pages, self.heads):
            with suppress(FileNotFoundError):
                folder.rename(self.root / f"aside-{uuid4().hex}")


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes) -> None:
    """A reader finds the old file or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def delete(path: str) -> None:
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
    index.execute("INSERT INTO page (name, made) VALUES (?, ?)", [name, age.number])
    rows = [(key, name) for key in shows]
    index.executemany("INSERT OR IGNORE INTO shows VALUES (?, ?)", rows)


def _is_known(index: sqlite3.Connection, name: str, age: Age) -> bool:
    """Unless a change came in between and took it out again."""
    found = index.execute("SELECT made FROM page WHERE name = ?", [name]).fetchone()
    return found == (age.number,)


def showing(index: sqlite3.Connection, key: str) -> list[str]:
    return [name for (name,) in index.execute("SELECT name FROM shows WHERE key = ?", [key])]
