"""What the index holds, and what a search finds."""

from uuid import UUID

from django.db import connection

from portal.search.engines import INDEX
from portal.search.find import find
from portal.search.models import IndexEntry, Word


def rows() -> dict[str, list[tuple]]:
    """Every column of both tables but the numbers of their rows."""
    tables = {}
    for model in (IndexEntry, Word):
        names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        found = model.objects.values_list(*names)
        tables[model.__name__] = sorted(found, key=repr)
    return tables


def indexed_texts() -> list[tuple[str, str]]:
    """Of which record, in which language."""
    return [(str(pk), code) for pk, code in IndexEntry.objects.values_list("record", "language")]


def found(typed: str, lang: str) -> list[tuple[UUID, str]]:
    """Which records, and in which language each, in the order of the answer."""
    return [(entry.record, entry.language) for entry in find(typed, lang).entries]


def stored() -> str:
    """Whatever the database keeps for the search, as text: its own parts of it too."""
    with connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            if table.startswith("search_") and table != INDEX
        ]
        return "\n".join(row for table in tables for row in _rows(cursor, table))


def _rows(cursor, table: str) -> list[str]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return list(map(repr, cursor.fetchall()))
