"""The pages that were made, kept on disk as ready bytes; shared by every worker and by nginx.

``pages/`` holds the bytes, each coding in a file of its own, under the address that they answer.
``heads/`` holds beside each page its headers and the digests of its bytes. ``index.sqlite3`` knows
what each page shows, so that a change finds its pages. A page enters only under the lock of the
index, and only if it was made after the last change that the index knows of: whoever began to
make a page before a publication cannot keep it afterwards.

An index that is new, lost or damaged knows nothing, so nothing is kept beside it: the store begins
anew, and takes in no page before it was told how old the site is.
"""

import fcntl
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import wraps
from pathlib import Path
from uuid import uuid4

from portal.delivery.disk import delete, replace
from portal.delivery.index import (
    TABLES,
    WAIT,
    Age,
    age_in,
    has_our_rules,
    is_known,
    is_sound,
    is_young_enough,
    names_in,
    note,
    set_age,
    showing,
)
from portal.delivery.page import CODINGS, IN_TIME, Page, head_of, page_from
from portal.delivery.seen import Seen, read_signed, sign_of
from portal.records.reads import EVERYTHING

MOST_PAGES = 100_000  # then the pages that were made first make room
ROOM = 1_000
MOST_AT_ONCE = 10_000  # pages that a publication deletes one by one, in a second or two
CHECK = bytes(4096)  # as much as a small page needs
DAMAGES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

logger = logging.getLogger(__name__)


def _anew_if_damaged(act: Callable) -> Callable:
    """Once more with a new index, where this one turns out to be none."""

    @wraps(act)
    def acted(store: "Store", *args, **kwargs):
        try:
            return act(store, *args, **kwargs)
        except sqlite3.DatabaseError as fault:
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF not in DAMAGES:
                raise
            logger.error("The index of %s is damaged, so its pages go: %s", store.root, fault)
            store.begin_anew()
            return act(store, *args, **kwargs)

    return acted


class Store:
    """Raises OSError or ``sqlite3.Error`` where the disk does not do as asked."""

    tables = TABLES
    moved_aside: tuple[str, ...] = ("pages", "heads")  # where all of them go at once

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages, self.heads = root / "pages", root / "heads"
        self._index = root / "index.sqlite3"
        self._seen = Seen()

    def find(self, name: str, coding: str) -> Page | None:
        """The page as it is kept; None where there is none, and where a file was damaged."""
        try:
            sign = sign_of(os.stat(f"{self.heads}/{name}.json"))  # noqa: PTH116 - for every reader
        except OSError:
            return None
        path = f"{self.pages}/{name}{CODINGS[coding]}"
        return self._seen.still(path, sign) or self.read(name, coding)

    def read(self, name: str, coding: str) -> Page | None:
        """The same from the disk, whatever this process has read of it before."""
        path = f"{self.pages}/{name}{CODINGS[coding]}"
        try:
            head, sign = read_signed(f"{self.heads}/{name}.json")
            page = page_from(head, read_signed(path)[0], coding)
        except OSError:
            return None
        if page:
            self._seen.remember(path, sign, page)
        return page

    @_anew_if_damaged
    def keep(self, name: str, page: Page, shows: Collection[str], age: Age) -> bool:
        """Take in a page that was made when ``age`` was the last change; False if it is too old.

        What it shows is known before its files are there, so that nothing that is kept can be
        missed by a change, wherever this process ends.
        """
        with self._locked() as index:
            if not is_young_enough(index, age):
                return False
            self._forget(index, [name])
            note(index, name, shows, age)
        begun = self._begun()
        with self._locked() as index:
            if not is_known(index, name, age):
                return False
            self._write(name, page)
            self._make_room(index)
        return self._stands(name, begun)

    def coarse(self, most: int) -> list[str]:
        """Names of pages that were compressed while a reader waited."""
        with self._locked() as index:
            rows = index.execute("SELECT name FROM page WHERE NOT is_fine LIMIT ?", [most])
            return [name for (name,) in rows]

    def refine(self, name: str) -> bool:
        """Compress it as well as can be; False where it went meanwhile, or was damaged."""
        if (page := self.read(name, "identity")) is None:
            self.forget([name])
            return False
        finer = Page.made(page.headers, page.bodies["identity"], IN_TIME)
        begun = self._begun()
        with self._locked() as index:
            if self.read(name, "identity") != page:
                return False
            self._write(name, finer)
            index.execute("UPDATE page SET is_fine = 1 WHERE name = ?", [name])
        return self._stands(name, begun)

    def forget(self, names: Iterable[str]) -> None:
        """Take out these, whatever they show."""
        with self._locked() as index:
            self._forget(index, names)

    def delete_strange(self, paths: Iterable[Path]) -> int:
        """Of these what belongs to no page, and what a write left that came to no end; how many."""
        with self._locked() as index:
            expected = {path for name in names_in(index) for path in self.files_of(name)}
            strange = {*paths} - expected
            for path in strange:
                delete(path)
        return len(strange)

    def names(self) -> set[str]:
        """Of every page that the index knows."""
        with self._locked() as index:
            return names_in(index)

    @_anew_if_damaged
    def drop(self, keys: Collection[str], age: Age) -> int:
        """Take out every page that shows one of these; from now on only younger ones enter.

        Where everything goes, these are deleted all the same, unless they are too many: what a law
        removed is not put aside.
        """
        with self._locked() as index:
            names = {name for key in keys for name in showing(index, key)}
            if not has_our_rules(index) or len(names) > MOST_AT_ONCE:
                return self._empty(index, age)
            self._forget(index, names)
            set_age(index, age)
            return len(names) + (self._empty(index, age) if EVERYTHING in keys else 0)

    @_anew_if_damaged
    def empty(self, age: Age) -> int:
        """Take out all of them: moved aside in one step, whatever their number."""
        with self._locked() as index:
            return self._empty(index, age)

    def _empty(self, index: sqlite3.Connection, age: Age) -> int:
        (count,) = index.execute("SELECT count(*) FROM page").fetchone()
        self._move_aside(index)
        index.execute("DELETE FROM page")
        index.execute("DELETE FROM shows")
        set_age(index, age)
        return count

    @_anew_if_damaged
    def open(self) -> None:
        """Be there, so that publications from any process find it."""
        with self._locked():
            self.pages.mkdir(exist_ok=True)

    def check(self) -> None:
        """Raises what ``keep`` would raise; the disk may be full, or may not be written to."""
        with self._locked():
            replace(self.root / "check", CHECK)

    @property
    @_anew_if_damaged
    def age(self) -> Age | None:
        """None before it was told: see ``portal.delivery.following``."""
        with self._locked() as index:
            return age_in(index)

    def begin_anew(self, *, also_if_sound: bool = False) -> None:
        """Take out all pages and the index with them; needs no room on the disk.

        Of several who find the index damaged the first one does it.
        """
        with (self.root / "anew").open("ab") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if is_sound(self._index) and not also_if_sound:
                return
            self._move_aside()
            for ending in ("-wal", "-shm", ""):
                delete(Path(f"{self._index}{ending}"))
            self._move_aside()  # what was written meanwhile: see _stands
        self.sweep()

    def sweep(self) -> None:
        """Delete what was moved aside."""
        for left in self.root.glob("aside-*"):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else delete(left)

    @contextmanager
    def _locked(self) -> Iterator[sqlite3.Connection]:
        """The index, to one process and thread at a time; what failed within is undone."""
        self.root.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._index, WAIT, isolation_level=None)) as index:
            index.execute("PRAGMA journal_mode=WAL")
            index.execute("PRAGMA synchronous=OFF")  # see place.begin
            index.execute("BEGIN IMMEDIATE")
            try:
                self._begin(index)
                yield index
            except BaseException:
                index.rollback()
                raise
            index.commit()

    def _begin(self, index: sqlite3.Connection) -> None:
        (version,) = index.execute("PRAGMA user_version").fetchone()
        if version:
            return
        for statement in self.tables:
            index.execute(statement)
        self._move_aside(index)

    def file_of(self, name: str, coding: str = "identity") -> Path:
        return self.pages / f"{name}{CODINGS[coding]}"

    def _begun(self) -> int:
        """Which index it is, of those that this store has had; 0 between two."""
        return self._index.stat().st_ino if self._index.exists() else 0

    def _stands(self, name: str, begun: int) -> bool:
        """Whether what was written belongs to the index that is there. Who waits too long for the
        lock of a writer begins anew, and may be done before the writer is.
        """
        if self._begun() == begun:
            return True
        self._delete(name)
        return False

    def _delete(self, name: str) -> None:
        for path in self.files_of(name):
            delete(path)

    def files_of(self, name: str) -> list[Path]:
        """The head comes first: without it the others are no page."""
        return [self.heads / f"{name}.json", *(self.file_of(name, coding) for coding in CODINGS)]

    def _forget(self, index: sqlite3.Connection, names: Iterable[str]) -> None:
        for name in names:
            self._delete(name)
            index.execute("DELETE FROM page WHERE name = ?", [name])
            index.execute("DELETE FROM shows WHERE name = ?", [name])

    def _write(self, name: str, page: Page) -> None:
        """The head comes last: without it the files are no page."""
        for coding, body in page.bodies.items():
            replace(self.file_of(name, coding), body)
        replace(self.heads / f"{name}.json", head_of(page))

    def _make_room(self, index: sqlite3.Connection) -> None:
        (count,) = index.execute("SELECT count(*) FROM page").fetchone()
        if count > MOST_PAGES:
            oldest = index.execute("SELECT name FROM page ORDER BY made LIMIT ?", [ROOM])
            self._forget(index, [name for (name,) in oldest.fetchall()])

    def _move_aside(self, index: sqlite3.Connection | None = None) -> None:
        for folder in self.moved_aside:
            with suppress(FileNotFoundError):
                (self.root / folder).rename(self.root / f"aside-{uuid4().hex}")
