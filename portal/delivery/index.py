"""What a store knows of its pages: which there are, what each shows, and how old the site was."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

WAIT = 5.0  # seconds for the lock of the index
RULES = 3  # of portal.records.reads: raised where a key comes to stand for something else
TABLES = (
    "CREATE TABLE page (name TEXT PRIMARY KEY, made INTEGER NOT NULL, is_fine INTEGER DEFAULT 0)"
    " WITHOUT ROWID",
    "CREATE TABLE shows (key TEXT, name TEXT, PRIMARY KEY (key, name)) WITHOUT ROWID",
    "CREATE INDEX shown_by ON shows (name)",
    "CREATE TABLE age (one INTEGER PRIMARY KEY CHECK (one = 1), number, token)",
    f"PRAGMA user_version = {RULES}",
)


class Age(NamedTuple):
    """The last change that somebody knew of: its number, and which history it belongs to."""

    number: int
    token: str


NONE_YET = Age(0, "")


def is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, WAIT)) as index:
            return index.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        return False


def has_our_rules(index: sqlite3.Connection) -> bool:
    """Whether its keys stand for what they stand for here; of another edition they may not."""
    return index.execute("PRAGMA user_version").fetchone() == (RULES,)


def age_in(index: sqlite3.Connection) -> Age | None:
    row = index.execute("SELECT number, token FROM age").fetchone()
    return Age(*row) if row else None


def set_age(index: sqlite3.Connection, age: Age) -> None:
    index.execute("INSERT OR REPLACE INTO age VALUES (1, ?, ?)", age)


def is_young_enough(index: sqlite3.Connection, age: Age) -> bool:
    known = age_in(index)
    return known is not None and (age.number > known.number or age == known)


def note(index: sqlite3.Connection, name: str, shows: Iterable[str], age: Age) -> None:
    index.execute("INSERT INTO page (name, made) VALUES (?, ?)", [name, age.number])
    rows = [(key, name) for key in shows]
    index.executemany("INSERT OR IGNORE INTO shows VALUES (?, ?)", rows)


def is_known(index: sqlite3.Connection, name: str, age: Age) -> bool:
    """Unless a change came in between and took it out again."""
    found = index.execute("SELECT made FROM page WHERE name = ?", [name]).fetchone()
    return found == (age.number,)


def names_in(index: sqlite3.Connection) -> set[str]:
    return {name for (name,) in index.execute("SELECT name FROM page")}


def showing(index: sqlite3.Connection, key: str) -> list[str]:
    return [name for (name,) in index.execute("SELECT name FROM shows WHERE key = ?", [key])]
