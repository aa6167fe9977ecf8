"""What was once public is withdrawn, never deleted: the database refuses it, on both engines."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from policies.models import Plan
from portal.records.kinds import kinds
from portal.records.models import State
from portal.records.once_public import guard_once_public, unguard_once_public
from tests.factories import published, unpublished

pytestmark = pytest.mark.django_db


def behind_pythons_back(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def delete(kind) -> None:
    behind_pythons_back(f"DELETE FROM {kind._meta.db_table}")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind())
def test_the_database_keeps_what_was_published_of_any_kind(kind):
    record = published(kind)

    with pytest.raises(IntegrityError, match="withdrawn, never deleted"):
        delete(kind)
    assert kind.objects.filter(pk=record.pk).exists()


def test_it_keeps_what_was_withdrawn_too():
    plan = published(Plan)
    Plan.objects.filter(pk=plan.pk).update(state=State.WITHDRAWN)

    with pytest.raises(IntegrityError, match="withdrawn, never deleted"):
        delete(Plan)


def test_what_was_never_public_may_go():
    unpublished(Plan)

    delete(Plan)

    assert Plan.objects.count() == 0


@pytest.mark.only_on("postgresql")  # SQLite knows no TRUNCATE
def test_no_table_is_emptied_at_one_stroke():
    published(Plan)
    connection.check_constraints()

    with pytest.raises(IntegrityError, match="withdrawn, never deleted"):
        behind_pythons_back(f"TRUNCATE {Plan._meta.db_table} CASCADE")


def test_migrate_puts_lost_guards_back():
    published(Plan)
    unguard_once_public(connection)
    guard_once_public()

    with pytest.raises(IntegrityError, match="withdrawn, never deleted"):
        delete(Plan)


@pytest.mark.django_db(transaction=True)
def test_a_test_run_may_empty_its_tables_and_the_guards_come_back():
    published(Plan)
    call_command("flush", interactive=False, verbosity=0)
    assert Plan.objects.count() == 0
    published(Plan)

    with pytest.raises(IntegrityError, match="withdrawn, never deleted"):
        delete(Plan)
