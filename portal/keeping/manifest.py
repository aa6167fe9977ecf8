"""What a backup says of itself: the facts that a restored database must meet again."""

import json
from dataclasses import asdict, dataclass, field

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal.publishing.content import file_fields
from portal.publishing.verify import head_of_log
from portal.records.kinds import kinds

WHAT = "backup of the portal"
FORMAT = 1
SESSIONS = Session._meta.db_table  # never kept: a copied session would be an open door


class Refused(Exception):
    """A backup or a restoration that is not made; its text says why and what to do."""


@dataclass
class Manifest:
    """``counts`` are rows by table, ``parts`` the SHA-256 of each part by its name, ``proved``
    whether the history proved itself when the backup was made, ``lacking`` the files that a
    record named and that were lost by then; None where nobody could look.
    """

    made: str
    vendor: str
    head: str
    counts: dict[str, int]
    migrations: list[str]
    proved: bool = False
    lacking: list[str] | None = None
    parts: dict[str, str] = field(default_factory=dict)
    what: str = WHAT
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=2, sort_keys=True).encode()

    @property
    def summary(self) -> str:
        files = len(self.parts) - 1
        return f"{len(self.counts)} tables, {sum(self.counts.values())} rows and {files} files"


def read(source: bytes) -> Manifest:
    """Raises Refused when nobody but another portal, or a newer one, could have written it."""
    try:
        given = json.loads(source)
        if given["what"] == WHAT and given["format"] > FORMAT:
            raise Refused("A newer portal wrote this backup. Restore it with that version.")
        manifest = Manifest(**given)
    except (ValueError, KeyError, TypeError):
        manifest = None
    if manifest is None or manifest.what != WHAT:
        raise Refused("This is no backup of the portal. Name a file that backup wrote.")
    return manifest


def facts_of_database(made: str) -> Manifest:
    return Manifest(
        made=made,
        vendor=connection.vendor,
        head=head_of_log(),
        counts=counts(),
        migrations=[f"{app}.{name}" for app, name in sorted(_applied())],
    )


def named_files() -> set[str]:
    """Whatever file a record names, public or not."""
    asked = [each for kind in kinds() for each in file_fields(kind)]
    rows = [each.model.objects.values_list(each.name, flat=True) for each in asked]
    return {name for names in rows for name in names if name}


def counts() -> dict[str, int]:
    """Rows by table, but for the sessions."""
    with connection.cursor() as cursor:
        tables = sorted({*connection.introspection.table_names(cursor)} - {SESSIONS})
        return {table: _rows_of(cursor, table) for table in tables}


def _rows_of(cursor, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return cursor.fetchone()[0]


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def awaits_migrate() -> bool:
    """Whether the code is ahead of the database, so that it cannot read all of it."""
    loader = MigrationLoader(connection)
    return not set(loader.graph.nodes) <= set(loader.applied_migrations)


def unknown_migrations(migrations: list[str]) -> list[str]:
    """Those which the code should know and does not: it is older than the backup."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    ours = loader.migrated_apps
    return [name for name in migrations if name.split(".")[0] in ours and name not in known]
