"""The portal's own code, on another database than the one that it serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def standing_on(name: str | Path) -> Iterator[None]:
    """Whatever asks the database asks the one of this name, or this file, on the same server."""
    here = connections[DEFAULT_DB_ALIAS]
    there = here.copy()
    there.settings_dict["NAME"] = str(name)
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield
    finally:
        there.close()
        connections[DEFAULT_DB_ALIAS] = here
