"""The other kind of database, beside the PostgreSQL that a test stands on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import DatabaseWrapper


@contextmanager
def on_sqlite(indexed) -> Iterator[None]:
    """Whatever asks the database asks one in memory, which has this index and nothing else."""
    here = connections[DEFAULT_DB_ALIAS]
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    there = DatabaseWrapper(here.settings_dict | engine, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = there
    try:
        call_command("migrate", "search", verbosity=0)
        indexed.put()
        yield
    finally:
        there.connection.close()
        connections[DEFAULT_DB_ALIAS] = here
