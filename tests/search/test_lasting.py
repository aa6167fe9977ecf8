"""The index is made anew as it was, survives a table that is remade, and comes to older sites."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, models

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes
from portal.search import index
from portal.search.engines import INDEX, TABLE, install
from portal.search.models import IndexEntry, Word
from tests.factories import published, unpublished, withdrawn
from tests.past import twice
from tests.search.indexed import found, rows

pytestmark = pytest.mark.django_db

CANARY = "Qwxcanary"


def site() -> Plan:
    """Published, changed, replaced, withdrawn, and never public."""
    plan = published(Plan, title=dict.fromkeys(codes(), "Heron"), owners=[published(Actor)])
    published(Plan, languages=["nl"], replaced="2021")
    twice(published(Plan), title=dict.fromkeys(codes(), "Seagull"))
    index.take_out(None, [withdrawn(Plan, title=dict.fromkeys(codes(), CANARY))])
    unpublished(Plan, title=dict.fromkeys(codes(), CANARY))
    return plan


def lose_the_index() -> None:
    IndexEntry.objects.all().delete()
    Word.objects.all().delete()
    assert rows() == {"IndexEntry": [], "Word": []}


def test_made_anew_it_is_as_publishing_left_it():
    site()
    before, said = rows(), io.StringIO()

    call_command("rebuild_search", stdout=said)

    assert rows() == before
    assert len(before["IndexEntry"]) == 10
    assert said.getvalue() == "10 texts can be found.\n"


def test_a_lost_one_is_made_anew_without_what_is_not_public():
    plan = site()
    before = rows()
    lose_the_index()

    call_command("rebuild_search", stdout=io.StringIO())

    assert (rows(), found(CANARY, "en")) == (before, [])
    assert (plan.pk, "fr") in found("heron", "fr")


def test_a_site_from_before_the_search_gets_its_index_once():
    site()
    before = rows()
    lose_the_index()

    assert (index.begin(), rows()) == (10, before)
    assert index.begin() == 0


def test_nothing_public_makes_an_empty_index():
    unpublished(Plan)

    assert (index.begin(), index.rebuild()) == (0, 0)


def test_many_records_are_read_a_few_at_a_time(monkeypatch):
    site()
    before = rows()
    monkeypatch.setattr(index, "A_TIME", 1)

    assert index.rebuild() == len(before["IndexEntry"])
    assert rows() == before


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_the_index_works_on_after_its_table_was_remade():
    plan = published(Plan, title=dict.fromkeys(codes(), "Heron"))
    field = models.TextField(default="")
    field.set_attributes_from_name("passing")
    with connection.schema_editor() as editor:  # SQLite's own table is made anew for this
        editor.add_field(IndexEntry, field)
        editor._remake_table(IndexEntry)
    assert triggers() == set()

    install()

    assert triggers() == {f"{TABLE}_in", f"{TABLE}_out", f"{TABLE}_anew"}
    other = published(Plan, title=dict.fromkeys(codes(), "Heron"))
    assert sorted(found("heron", "en")) == sorted([(plan.pk, "en"), (other.pk, "en")])


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_finds_nothing_of_what_stood_in_it():
    published(Plan, title=dict.fromkeys(codes(), CANARY))
    assert len(found(CANARY, "en")) == 1

    call_command("flush", interactive=False, verbosity=0)
    plan = published(Plan, title=dict.fromkeys(codes(), "Heron"))

    assert (found(CANARY, "en"), found("heron", "en")) == ([], [(plan.pk, "en")])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)")


@pytest.mark.only_on("postgresql")
def test_on_postgresql_the_row_carries_its_index():
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, TABLE)
        (index_of,) = [
            each["columns"]
            for name, each in connection.introspection.get_constraints(cursor, TABLE).items()
            if name == f"{TABLE}_vector"
        ]

    assert "vector" in [column.name for column in columns]
    assert index_of == ["vector"]


def test_preparing_a_site_from_before_the_search_says_what_it_did():
    plan, said = site(), io.StringIO()
    before = rows()
    lose_the_index()

    call_command("prepare", stdout=said)

    assert (rows(), (plan.pk, "fr") in found("heron", "fr")) == (before, True)
    assert "10 texts that were public can be found.\n" in said.getvalue()
