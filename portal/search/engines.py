"""The two full-text indexes of the databases, asked in one language of our own.

SQLite keeps an FTS5 table beside the entries, PostgreSQL a column of them. Both are made after
every ``migrate``, for SQLite loses its triggers whenever Django remakes a table. No order and
no idea of a word comes from either, so that both give the same answers.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression

from portal.search.models import ZONES, IndexEntry, Word

TABLE = IndexEntry._meta.db_table
INDEX = "search_index"  # of SQLite
COLUMNS = (*ZONES, "words")
WEIGHTS = dict(zip(ZONES, "ABC", strict=True)) | {"words": "D"}  # of PostgreSQL


@dataclass(frozen=True)
class Need:
    """One thing that an entry must hold: any of these tokens, or all of them in their order."""

    tokens: tuple[str, ...]
    typed: str = ""
    compounds: tuple[str, ...] = ()  # words of which it is a part: found too, and worth less
    is_phrase: bool = False
    is_beginning: bool = False  # of a word

    def is_met_by(self, tokens: Collection[str]) -> bool:
        if self.is_beginning:
            return any(each.startswith(self.tokens) for each in tokens)
        return not self.is_phrase and not self._any_of.isdisjoint(tokens)

    @cached_property
    def _any_of(self) -> frozenset[str]:
        return frozenset(self.either)

    @property
    def either(self) -> tuple[str, ...]:
        return self.tokens + self.compounds

    def is_said_in(self, tokens: str) -> bool:
        return f" {' '.join(self.tokens)} " in f" {tokens} "

    def on_sqlite(self, zones: Sequence[str]) -> str:
        if self.is_phrase:
            return f'words : "{" ".join(self.tokens)}"'
        star = " *" if self.is_beginning else ""
        either = " OR ".join(f'"{token}"{star}' for token in self.either)
        return f"{{{' '.join(zones)}}} : ({either})"

    def on_postgresql(self, zones: Sequence[str]) -> str:
        if self.is_phrase:
            return "(" + " <-> ".join(f"{token}:D" for token in self.tokens) + ")"
        star = "*" if self.is_beginning else ""
        marks = "".join(WEIGHTS[zone] for zone in zones)
        return "(" + " | ".join(f"{token}:{star}{marks}" for token in self.either) + ")"


class Holds(Expression):
    """Whether an entry holds all of these needs, in these zones, and none of the others."""

    output_field = models.BooleanField()

    def __init__(
        self, needs: Iterable[Need], without: Iterable[Need] = (), zones: Sequence[str] = ZONES
    ) -> None:
        super().__init__()
        self.needs, self.without, self.zones = tuple(needs), tuple(without), tuple(zones)

    def as_sqlite(self, compiler, connection):
        wanted = " AND ".join(f"({need.on_sqlite(self.zones)})" for need in self.needs)
        for need in self.without:
            wanted = f"({wanted}) NOT ({need.on_sqlite(ZONES)})"
        # the plus: rather the narrow index in its order than a wide row for each that matches
        return f"+{TABLE}.id IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", [wanted]

    def as_postgresql(self, compiler, connection):
        needs = [need.on_postgresql(self.zones) for need in self.needs]
        needs += [f"!{need.on_postgresql(ZONES)}" for need in self.without]
        return f"{TABLE}.vector @@ to_tsquery('simple', %s)", [" & ".join(needs)]


class StandsInAnEntry(Expression):
    """Whether an entry of its language uses a word."""

    output_field = models.BooleanField()
    word = Word._meta.db_table

    def as_sqlite(self, compiler, connection):
        return (
            f"EXISTS (SELECT 1 FROM {INDEX} JOIN {TABLE} ON {TABLE}.id = {INDEX}.rowid "
            f"WHERE {INDEX} MATCH 'words : \"' || {self.word}.token || '\"' "
            f"AND {TABLE}.language = {self.word}.language)"
        ), []

    def as_postgresql(self, compiler, connection):
        # OFFSET 0 keeps the planner to the index of words: it takes that of languages beside it,
        # and for many words reads all entries, and both grow with the site
        held = (
            f"SELECT {TABLE}.language FROM {TABLE} "
            f"WHERE {TABLE}.vector @@ to_tsquery('simple', {self.word}.token || ':D') OFFSET 0"
        )
        of_its_language = f"held.language = {self.word}.language"
        return f"EXISTS (SELECT 1 FROM ({held}) held WHERE {of_its_language})", []


def remember(written: Mapping[tuple[str, str], str]) -> None:
    """Know these words, by language and token; one statement, however many they are."""
    rows = json.dumps([[*key, word[: Word.MOST_LETTERS]] for key, word in sorted(written.items())])
    source = {"postgresql": "jsonb_array_elements(%s::jsonb) each(value)"}
    each = source.get(connection.vendor, "json_each(%s) each")
    columns = ", ".join(f"each.value ->> {place}" for place in range(3))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Word._meta.db_table} (language, token, written) "
            f"SELECT {columns} FROM {each} WHERE true ON CONFLICT DO NOTHING",
            [rows],
        )


def clear_leftovers() -> None:
    """Drop what SQLite's index still holds of rows that are gone; PostgreSQL has no such part."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")


def install(using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Received from ``post_migrate``."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _missing(connection, cursor):
            cursor.execute(statement)


def _missing(connection: BaseDatabaseWrapper, cursor) -> list[str]:
    """What has to be said; of a migration back to before the search nothing may be left."""
    if TABLE not in connection.introspection.table_names(cursor):
        return [f"DROP TABLE IF EXISTS {INDEX}"]
    if connection.vendor == "postgresql":
        return _on_postgresql()
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [f"{TABLE}_in"])
    return [] if cursor.fetchone() else _on_sqlite()


def _on_postgresql() -> list[str]:
    zones = " || ".join(
        f"setweight(to_tsvector('simple', {name}), '{WEIGHTS[name]}')" for name in COLUMNS
    )
    return [
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS vector tsvector "
        f"GENERATED ALWAYS AS ({zones}) STORED",
        # no list of what is still to be taken in: each word that is forgotten would read all of it
        f"CREATE INDEX IF NOT EXISTS {TABLE}_vector ON {TABLE} USING gin (vector) "
        "WITH (fastupdate = off)",
    ]


def _on_sqlite() -> list[str]:
    names = ", ".join(COLUMNS)
    new, old = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("NEW", "OLD"))
    take_in = f"INSERT INTO {INDEX} (rowid, {names}) VALUES (NEW.id, {new})"
    take_out = f"INSERT INTO {INDEX} ({INDEX}, rowid, {names}) VALUES ('delete', OLD.id, {old})"
    trigger = "CREATE TRIGGER IF NOT EXISTS"
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5 "
        f"({names}, content='{TABLE}', content_rowid='id', tokenize='ascii')",
        f"{trigger} {TABLE}_in AFTER INSERT ON {TABLE} BEGIN {take_in}; END",
        f"{trigger} {TABLE}_out AFTER DELETE ON {TABLE} BEGIN {take_out}; END",
        f"{trigger} {TABLE}_anew AFTER UPDATE ON {TABLE} BEGIN {take_out}; {take_in}; END",
        f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')",
    ]
