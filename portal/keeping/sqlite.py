"""The database as one file, through SQLite's own way to copy it while others write."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.contrib.sessions.models import Session
from django.db import connection

from portal.keeping.elsewhere import standing_on
from portal.keeping.manifest import Refused
from portal.keeping.places import put_in_place

PART = "database.sqlite3"


@contextmanager
def dumped(into: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Copy the database; within, everything that asks the database asks the copy."""
    connection.ensure_connection()
    tell("Copying the database")
    with closing(sqlite3.connect(into)) as copy, connection.wrap_database_errors:
        connection.connection.backup(copy)
    with standing_on(into):
        _without_leftovers()
        yield


def _without_leftovers() -> None:
    """No session, and no freed page that still holds a text which a law had removed."""
    Session.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def refuse_unless_empty() -> None:
    """SQLite would play the log of a former database into the new one, so its log counts too."""
    path = Path(connection.settings_dict["NAME"])
    there = [
        str(leftover)
        for ending in ("", "-wal", "-shm", "-journal")
        if (leftover := path.with_name(path.name + ending)).exists()
    ]
    if there:
        raise Refused(
            f"There is a database already ({', '.join(there)}), and nothing is overwritten. "
            "Move it away, or name a file that does not exist in DATABASE_URL."
        )


@contextmanager
def restored(part: BinaryIO, tell: Callable[[str], None]) -> Iterator[None]:
    """A database of this part; it takes its place only when nothing within failed."""
    path = Path(connection.settings_dict["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".restore-") as folder:
        temporary = Path(folder, path.name)
        temporary.touch(mode=0o600)
        tell("Restoring the database")
        with temporary.open("wb") as copy:
            shutil.copyfileobj(part, copy)
        with standing_on(temporary):
            yield
        put_in_place(temporary, path)
