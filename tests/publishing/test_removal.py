"""Removal by law: what was removed is nowhere, and everything else still proves itself."""

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from actors.models import Actor
from policies.models import Document, Edition, Measure, Plan, Responsibility
from portal.languages.texts import codes, in_every_language, set_texts
from portal.pages.models import Page, Term
from portal.publishing import going_public, review, sharing
from portal.publishing.drafts import save_draft
from portal.publishing.models import Act, Approval, Entry, Release, Revision, Stage, Version
from portal.publishing.publish import publish
from portal.publishing.removal import REASON
from portal.publishing.verify import faults_in_history, head_of_log
from portal.records.append_only import unguard_tables
from portal.records.kinds import kinds
from portal.records.models import Address, State
from tests.factories import draft, published, unpublished
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    parts,
    ready,
    refusal,
    said_otherwise,
    submitted,
    writer,
)

pytestmark = pytest.mark.django_db

CANARY = {code: f"Kanarie in {code}" for code in codes()}
CLEAN = {code: f"Clean {code}" for code in codes()}


def everything_stored() -> dict[str, str]:
    """Every table as text, whatever its columns are: nothing is left out by a model."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        stored = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored[table] = "\n".join(map(repr, cursor.fetchall()))
    assert {model._meta.db_table for model in apps.get_models()} <= stored.keys()
    return stored


def tables_with(words: str) -> set[str]:
    return {table for table, text in everything_stored().items() if words.lower() in text.lower()}


def remove(record, *versions: int, **options) -> str:
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


def scene(title: bool = False) -> Plan:
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


# --- older versions ---------------------------------------------------------------------------


def test_an_older_version_is_nowhere_any_more_and_everything_still_proves_itself(capsys):
    plan = scene()
    others = dict(Revision.objects.filter(version__number__in=[1, 3]).values_list("pk", "content"))
    head = head_of_log()
    assert len(tables_with("kanarie")) == 4

    remove(plan, 2, notes=True)

    assert tables_with("kanarie") == set()
    assert list(faults_in_history(head)) == []
    assert dict(Revision.objects.filter(pk__in=others).values_list("pk", "content")) == others
    assert [v.revision.content == "" for v in Version.objects.all()] == [False, True, False]
    assert capsys.readouterr().out.startswith(
        "4 revisions and 1 notes emptied, 0 files deleted, 0 releases taken back."
    )
