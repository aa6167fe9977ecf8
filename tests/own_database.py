"""A process with a database of its own: a file, or a database in the PostgreSQL of DATABASE_URL."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """Its address; it is empty, and on the kind of database that DATABASE_URL names."""
    server = os.environ.get("DATABASE_URL", "sqlite:")
    name = f"own_{secrets.token_hex(4)}"
    if server.startswith("sqlite:"):
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    _tell(server, f"CREATE DATABASE {name}")
    yield f"{server.rpartition('/')[0]}/{name}"
    _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


def process(
    database: str,
    module: str,
    *arguments: object,
    settings: str = "tests.settings",
    python: Path | str = sys.executable,
    **surroundings: str,
) -> subprocess.Popen:
    """Python on a module of the suite, spoken to by lines."""
    known = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": settings, **surroundings}
    return subprocess.Popen(
        [str(python), "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | known,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def ending(running: subprocess.Popen) -> Iterator[subprocess.Popen]:
    """It ends when nobody speaks to it any more."""
    try:
        yield running
    finally:
        running.stdin.close()
        running.wait(timeout=60)


def _tell(server: str, statement: str) -> None:
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)
