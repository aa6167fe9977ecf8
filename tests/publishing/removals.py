"""A text that a law has removed, and where a test looks for it."""

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection

from policies.models import Plan
from portal.languages.texts import (
    codes,
)
from portal.publishing import going_public, review, sharing
from portal.publishing.models import Release
from tests.factories import published
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    writer,
)

CANARY = {code: f"Kanarie in {code}" for code in codes()}
CLEAN = {code: f"Clean {code}" for code in codes()}


def everything_stored() -> dict[str, str]:
    """Every table as text, whatever its columns are: nothing is left out by a model."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        stored = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored[table] = "\n".join(repr(_read(row)) for row in cursor.fetchall())
    assert {model._meta.db_table for model in apps.get_models()} <= stored.keys()
    return stored


def _read(row: tuple) -> list:
    """PostgreSQL gives bytes as a place in memory."""
    return [bytes(value) if isinstance(value, memoryview) else value for value in row]


def tables_with(words: str) -> set[str]:
    return {table for table, text in everything_stored().items() if words.lower() in text.lower()}


def remove(record, *versions: int, **options) -> None:
    call_command("remove_by_law", str(record.pk), versions=list(versions), yes=True, **options)


def told(error: str, record, *versions: int, **options) -> None:
    before = everything_stored()
    with pytest.raises(CommandError, match=error):
        remove(record, *versions, **options)
    assert everything_stored() == before


def released(plan: Plan, one, other, note: dict[str, str] = NOTES, **texts) -> Release:
    """Drafted twice on the way, submitted, shared, approved and published."""
    drafted(plan, one, body=CLEAN, **texts)
    drafted(plan, one, body={code: f"Body {code}" for code in codes()}, **texts)
    release = review.submit([plan.pk], one, note)
    sharing.share(release, one)
    approve_all(release, other)
    going_public.publish_release(release, one)
    return release


def scene() -> Plan:
    """Version 2 has the canary in every text and its note; version 3 is the corrected one."""
    plan, one, other = published(Plan), writer(), approver()
    texts = {"summary": CANARY, "title": CANARY}
    released(plan, one, other, CANARY, **texts)
    LogEntry.objects.create(
        user=one,
        content_type=ContentType.objects.get_for_model(Plan),
        object_id=str(plan.pk),
        object_repr=CANARY["en"],
        action_flag=CHANGE,
        change_message=CANARY["en"],
    )
    drafted(plan, one, body=CLEAN)  # still with the canary, on the way to the corrected text
    released(plan, one, other, summary=CLEAN, title=CLEAN)
    return Plan.objects.get(pk=plan.pk)
