"""The database through PostgreSQL's own programs, pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from portal.keeping.manifest import SESSIONS, Refused

PART = "database.dump"


@contextmanager
def dumped(into: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Dump the database; within, everything that asks the database sees what was dumped.

    One transaction holds the moment still for both: the server exports its snapshot, and
    pg_dump reads from that.
    """
    _refuse_unfit("pg_dump")
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        tell("Dumping the database")
        _run(
            "pg_dump",
            *("--format=custom", "--no-owner", "--no-privileges"),
            *(f"--exclude-table-data={SESSIONS}", f"--snapshot={snapshot}", f"--file={into}"),
        )
        yield


def refuse_unless_empty() -> None:
    if _tables():
        name = connection.settings_dict["NAME"]
        raise Refused(
            f"The database {name} has tables already, and nothing is overwritten. "
            "Make an empty one (CREATE DATABASE …) and name it in DATABASE_URL."
        )


@contextmanager
def restored(part: BinaryIO, tell: Callable[[str], None]) -> Iterator[None]:
    """A database of this part; whatever fails within leaves it as empty as it was."""
    _refuse_unfit("pg_restore")
    with connection.cursor() as cursor, TemporaryFile() as copy:
        cursor.execute("SET statement_timeout = 0")
        shutil.copyfileobj(part, copy)
        copy.seek(0)
        tell("Restoring the database")
        before = _functions(cursor)
        how = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _run("pg_restore", *how, stdin=copy)
    try:
        yield
    except BaseException:
        _make_empty_again(before)
        raise


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _functions(cursor) -> set[str]:
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc "
        "WHERE pronamespace = current_schema()::regnamespace"
    )
    return {function for (function,) in cursor.fetchall()}


def _make_empty_again(functions_before: set[str]) -> None:
    """Drop what pg_restore made: every table, since there was none, and the new functions."""
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(table) for table in _tables())
        cursor.execute(f"DROP TABLE {names} CASCADE")
        for function in _functions(cursor) - functions_before:
            cursor.execute(f"DROP FUNCTION {function}")


def _refuse_unfit(program: str) -> None:
    """Raises Refused when the program is missing, or older than the server."""
    if shutil.which(program) is None:
        raise Refused(f"{program} is missing. Install the client programs of PostgreSQL.")
    connection.ensure_connection()
    server = connection.pg_version // 10_000
    said = subprocess.run(  # noqa: S603 – one of two names of ours
        [program, "--version"], capture_output=True, text=True, check=True
    )
    version = int(re.search(r"\d+", said.stdout).group())
    if version < server:
        raise Refused(
            f"{program} is of PostgreSQL {version}, the server of {server}. "
            f"Install the client programs of PostgreSQL {server}."
        )


def _run(program: str, *arguments: str, **how) -> None:
    """The password travels in the environment, which other accounts of the machine cannot read."""
    said, secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    _psql, *where, database = said
    command = [program, *where, f"--dbname={database}", *arguments]
    done = subprocess.run(  # noqa: S603 – no shell; the address is the operator's own
        command, env=os.environ | (secrets or {}), stderr=subprocess.PIPE, check=False, **how
    )
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or "it says nothing"
        raise Refused(f"{program} failed: {reason}")
