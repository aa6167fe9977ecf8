"""A row that was once public stays: it is withdrawn, and the database refuses to delete it.

The triggers are made after every ``migrate``, as those of ``append_only`` are.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.records.kinds import kinds

SENTENCE = "Rows of {table} that were once public are withdrawn, never deleted."


def guard_once_public(using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Received from ``post_migrate``."""
    connection = connections[using]
    make = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with connection.cursor() as cursor:
        for table in _tables(connection):
            for statement in make(table):
                cursor.execute(statement)


def unguard_once_public(connection: BaseDatabaseWrapper) -> None:
    """For a database that is thrown away: a test run empties its tables."""
    with connection.cursor() as cursor:
        for table in _tables(connection):
            suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
            for act in ("delete", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{suffix}")


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
    return sorted({kind._meta.db_table for kind in kinds()} & existing)


def _on_sqlite(table: str) -> list[str]:
    refusal = f"SELECT RAISE(ABORT, '{SENTENCE.format(table=table)}')"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} "
        f"WHEN OLD.version IS NOT NULL BEGIN {refusal}; END"
    ]


def _on_postgresql(table: str) -> list[str]:
    """The condition stands in the function, so that no trigger depends on a column."""
    refusal, make = f"{table}_stays", "CREATE OR REPLACE TRIGGER"
    execute = f"EXECUTE FUNCTION {refusal}()"
    return [
        f"CREATE OR REPLACE FUNCTION {refusal}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN IF OLD.version IS NULL THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{SENTENCE.format(table=table)}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"{make} {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {execute}",
        f"{make} {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {execute}",
    ]
