"""A store that wants to be whole: it knows what belongs in it, and what of that is missing.

What was taken out leaves an empty ``<file>.busy`` in its place, until it was made anew or is known
to be gone. So a server that has nothing but these files can say "in a moment" and "never" apart.
Beside pages it holds what has a folder of its own: error pages, documents' files, static files, and
of former addresses a link to where they lead.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from portal.delivery.disk import delete, folders_in, lead
from portal.delivery.index import TABLES
from portal.delivery.page import CODINGS, Headers, Page
from portal.delivery.store import Store

FORMER = "former/"
APART = ("errors/", "files/", FORMER, "static/")
BUSY = ".busy"
WANTED = "CREATE TABLE wanted (name TEXT PRIMARY KEY) WITHOUT ROWID"

MISSING = """SELECT name FROM wanted WHERE name NOT IN (SELECT name FROM page)
ORDER BY name NOT LIKE 'errors/%', name"""  # what says that all else is missing comes first


def is_page(name: str) -> bool:
    return not name.startswith(APART)


def copies_in(folder: Path) -> list["Whole"]:
    """Every generation of a mirror that stands in this folder, the oldest first. Raises OSError
    where it cannot be looked into.
    """
    numbered = (root for root in folders_in(folder) if root.name[:1].isdecimal())
    return [Whole(root) for root in numbered if (root / "index.sqlite3").exists()]


class Whole(Store):
    """Raises what a store raises. Has room for all that it wants."""

    tables = (*TABLES, WANTED)
    moved_aside = ("pages", "heads", "files", "errors", "former")

    def file_of(self, name: str, coding: str = "identity") -> Path:
        return self.root / f"{place_of(name)}{CODINGS[coding]}"

    def content_of(self, name: str, coding: str = "identity") -> bytes:
        """Of a link where it leads; raises OSError where there is nothing."""
        file = self.file_of(name, coding)
        return bytes(file.readlink()) if file.is_symlink() else file.read_bytes()

    def busy(self, name: str) -> Path:
        """The mark that it is missing for the moment."""
        return Path(f"{self.file_of(name)}{BUSY}")

    @property
    def all_busy(self) -> Path:
        """The mark that anything may be missing for the moment."""
        return self.root / BUSY[1:]

    def headers_of(self, name: str) -> Headers:
        """As they were sent; raises OSError or ValueError where they are lost or damaged."""
        head = json.loads((self.heads / f"{name}.json").read_bytes())
        return [(each, value) for each, value in head["headers"]]

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """While much is written: whoever closes the index last has to tidy it up, page by page."""
        with closing(sqlite3.connect(self.root / "index.sqlite3")) as held:
            held.execute("SELECT count(*) FROM wanted").fetchone()
            yield

    def want(self, names: Iterable[str]) -> None:
        with self._locked() as index:
            for name in names:
                row = index.execute("INSERT OR IGNORE INTO wanted VALUES (?)", [name])
                if row.rowcount and not _holds(index, name):
                    _mark(self.busy(name))

    def wanted(self) -> list[str]:
        with self._locked() as index:
            return _wanted(index)

    def missing(self) -> list[str]:
        with self._locked() as index:
            return [name for (name,) in index.execute(MISSING)]

    def end_busy(self) -> None:
        """Unless something is missing."""
        with self._locked() as index:
            if not index.execute(MISSING).fetchone():
                delete(self.all_busy)

    def give_up(self, name: str) -> None:
        """It is gone, and nothing marks its place."""
        with self._locked() as index:
            index.execute("DELETE FROM wanted WHERE name = ?", [name])
            self._forget(index, [name])
            delete(self.busy(name))

    def refine(self, name: str) -> bool:
        """Of pages alone; the others are as fine as they get."""
        if is_page(name):
            return super().refine(name)
        with self._locked() as index:
            index.execute("UPDATE page SET is_fine = 1 WHERE name = ?", [name])
        return True

    def _forget(self, index: sqlite3.Connection, names: Iterable[str]) -> None:
        """Marked first, so that a place is never empty without reason."""
        names = list(names)
        for name in names:
            if _wants(index, name):
                _mark(self.busy(name))
        super()._forget(index, names)

    def _write(self, name: str, page: Page) -> None:
        if name.startswith(FORMER):
            lead(self.file_of(name), page.bodies["identity"].decode())
            page = Page(page.headers, {})
        super()._write(name, page)
        delete(self.busy(name))

    def _make_room(self, index: sqlite3.Connection) -> None:
        """Nothing makes room here for something else."""

    def _move_aside(self, index: sqlite3.Connection | None = None) -> None:
        """One mark stands for all, so that this takes no longer in a large copy. Sheets stay."""
        _mark(self.all_busy)
        super()._move_aside(index)


def place_of(name: str) -> str:
    """Below the folder of the copy."""
    return f"pages/{name}" if is_page(name) else name


def _mark(busy: Path) -> None:
    """A disk that has no room for a mark must not keep what has to go."""
    with suppress(OSError):
        busy.parent.mkdir(parents=True, exist_ok=True)
        busy.touch()


def _wanted(index: sqlite3.Connection) -> list[str]:
    return [name for (name,) in index.execute("SELECT name FROM wanted ORDER BY name")]


def _wants(index: sqlite3.Connection, name: str) -> bool:
    return bool(index.execute("SELECT 1 FROM wanted WHERE name = ?", [name]).fetchone())


def _holds(index: sqlite3.Connection, name: str) -> bool:
    return bool(index.execute("SELECT 1 FROM page WHERE name = ?", [name]).fetchone())
