import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from portal.keeping.elsewhere import standing_on
from tests.keeping.site import small_site


@pytest.fixture
def empty(tmp_path) -> Iterator[str]:
    """The name of a database without a table: a file to be, or a new one on the server."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "empty.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        with standing_on(name), connection.cursor() as there:
            there.execute("CREATE FUNCTION of_the_house() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        yield name
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def kept(tmp_path, transactional_db) -> Path:
    """A backup of a small site."""
    small_site()
    call_command("backup", tmp_path / "kept.tar", stdout=io.StringIO())
    return tmp_path / "kept.tar"
