"""Rows that are only added: the database itself refuses everything else, on both engines."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, ProtectedError

from policies.models import Plan
from portal.publishing.models import Entry, Revision, Version
from portal.records.append_only import append_only_models, guard_tables, unguard_tables
from portal.records.models import Address
from tests.factories import published

MODELS = [Address, Revision, Version, Entry]

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    connection.check_constraints()  # PostgreSQL empties no table with a deferred check on it
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as error:
        return "only added" in str(error)
    return False


def attempts(model) -> dict[str, str]:
    """Each way to change a table of ``model`` behind Python's back."""
    table, key = model._meta.db_table, model._meta.pk.column
    return {
        "delete": f"DELETE FROM {table}",
        "update": f"UPDATE {table} SET record = '{'0' * 32}'",
        "empty": f"TRUNCATE {table} CASCADE"
        if connection.vendor == "postgresql"
        else f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} ORDER BY {key} LIMIT 1",
    }


def test_the_suite_knows_every_such_table():
    assert set(append_only_models()) == set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_the_database_refuses_to_change_or_delete_a_row(model):
    published(Plan)

    ways = attempts(model)

    assert len(ways) == 3
    assert [way for way, statement in ways.items() if not refused(statement)] == []


@pytest.mark.parametrize("model", MODELS)
def test_without_its_guards_the_same_statements_would_go_through(model):
    published(Plan)
    unguard_tables(connection)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempts(model)["update"])
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", MODELS)
def test_python_refuses_too(model):
    published(Plan)

    with pytest.raises(ProtectedError):
        model.objects.all().delete()
    with pytest.raises(ProtectedError):
        model.objects.first().delete()


@pytest.mark.parametrize(("model", "kept"), [(Revision, "digest"), (Entry, "notes_digest")])
def test_removal_by_law_may_empty_one_text_and_nothing_else_with_it(model, kept):
    published(Plan)
    table, text = model._meta.db_table, model.removable

    assert refused(f"UPDATE {table} SET {text} = 'forged'")
    assert refused(f"UPDATE {table} SET {text} = '', {kept} = 'x'")
    assert refused(f"UPDATE {table} SET {text} = '', number = 7")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {text} = ''")
    assert set(model.objects.values_list(text, flat=True)) == {""}


def test_an_ordinary_save_of_a_changed_row_is_refused():
    published(Plan)
    revision = Revision.objects.get()
    revision.content = "{}"

    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        revision.save()


@pytest.mark.parametrize("model", MODELS)
def test_migrate_puts_lost_guards_back(model):
    """SQLite loses the triggers of a table that a migration remakes."""
    published(Plan)
    unguard_tables(connection)

    guard_tables()

    assert refused(attempts(model)["delete"])


@pytest.mark.django_db(transaction=True)
def test_a_table_that_a_migration_remade_is_guarded_again_after_migrate():
    published(Plan)
    old, new = Revision._meta.get_field("kind"), CharField(max_length=60)
    new.set_attributes_from_name("kind")
    with connection.schema_editor() as editor:
        editor.alter_field(Revision, old, new)
    call_command("migrate", verbosity=0)

    assert refused(attempts(Revision)["delete"])
    with connection.schema_editor() as editor:
        editor.alter_field(Revision, new, old)
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_test_run_may_empty_its_tables_and_the_guards_come_back():
    published(Plan)
    call_command("flush", interactive=False, verbosity=0)
    assert Revision.objects.count() == 0
    published(Plan)

    assert refused(attempts(Revision)["delete"])
