"""Tables that are only added to: Python refuses to change a row, and so does the database.

The triggers are made after every ``migrate``: SQLite loses them whenever Django remakes a
table. Removal by law may empty one column of a row, and nothing else.
"""

from typing import ClassVar, NoReturn

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ProtectedError

SENTENCE = "Rows of {table} are only added, never changed or deleted."


class AppendOnlyQuerySet(models.QuerySet):
    def delete(self) -> NoReturn:
        refuse(self)

    delete.queryset_only = delete.alters_data = True


class AppendOnly(models.Model):
    """A row that nobody changes. Raises ProtectedError on ``delete()``; the database refuses
    whatever reaches it by another way with IntegrityError.
    """

    removable: ClassVar[str | None] = None  # the text that a law may have removed

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs) -> NoReturn:
        refuse([self])


def refuse(rows) -> NoReturn:
    raise ProtectedError("These rows are only added, never changed or deleted.", set(rows))


def append_only_models() -> list[type[AppendOnly]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def guard_tables(using: str = DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Make the triggers of every table that exists; received from ``post_migrate``."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for model in append_only_models():
            if model._meta.db_table in existing:
                for statement in _triggers(model, connection):
                    cursor.execute(statement)


def unguard_tables(connection: BaseDatabaseWrapper) -> None:
    """For a database that is thrown away: a test run empties its tables."""
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for table in {m._meta.db_table for m in append_only_models()} & existing:
            for act in ("update", "delete", "truncate"):
                suffix = f" ON {table}" if on_table else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{suffix}")


def _triggers(model: type[AppendOnly], connection: BaseDatabaseWrapper) -> list[str]:
    make = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    return make(model, model._meta.db_table)


def _on_sqlite(model: type[AppendOnly], table: str) -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE.format(table=table)}'); END"
    make = "CREATE TRIGGER"
    return [  # made anew, since the one from before does not know of a column added since
        f"DROP TRIGGER IF EXISTS {table}_no_update",
        f"{make} {table}_no_update BEFORE UPDATE ON {table} {_unless_removal(model)} {refusal}",
        f"DROP TRIGGER IF EXISTS {table}_no_delete",
        f"{make} {table}_no_delete BEFORE DELETE ON {table} {refusal}",
    ]


def _unless_removal(model: type[AppendOnly]) -> str:
    if model.removable is None:
        return ""
    kept = [f.column for f in model._meta.concrete_fields if f.name != model.removable]
    same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in kept)
    return f"WHEN (NOT (NEW.\"{model.removable}\" = '' AND {same}))"


def _on_postgresql(model: type[AppendOnly], table: str) -> list[str]:
    """The condition stands in the function: a trigger that named columns would keep every
    later migration from altering them.
    """
    refusal, make = f"{table}_only_added", "CREATE OR REPLACE TRIGGER"
    execute = f"EXECUTE FUNCTION {refusal}()"
    return [
        f"CREATE OR REPLACE FUNCTION {refusal}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{_let_removal_through(model)} RAISE EXCEPTION '{SENTENCE.format(table=table)}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"{make} {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {execute}",
        f"{make} {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {execute}",
        f"{make} {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {execute}",
    ]


def _let_removal_through(model: type[AppendOnly]) -> str:
    if model.removable is None:
        return ""
    rest = f"to_jsonb(NEW) - '{model.removable}' = to_jsonb(OLD) - '{model.removable}'"
    return (
        f"IF TG_OP = 'UPDATE' THEN IF NEW.\"{model.removable}\" = '' AND {rest} "
        "THEN RETURN NEW; END IF; END IF;"
    )
