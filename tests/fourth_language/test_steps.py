"""What the steps made, and that nothing else is wanting."""

from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db.migrations.operations import AddConstraint, AddField, AddIndex
from django.db.migrations.operations.base import Operation
from modeltranslation.translator import translator

from portal.languages.texts import codes, columns, translated_names
from portal.records.kinds import page_kinds
from portal.records.models import Address
from portal.records.order import NAME_KEY
from tests.fourth_language.conftest import NEW
from tests.fourth_language.pages import every_record

pytestmark = pytest.mark.django_db
OF_PYTEST = "templates.E002"  # its way of refusing a variable that a template does not have


def said(command: str, *options: str) -> str:
    words = StringIO()
    call_command(command, *options, stdout=words)
    return words.getvalue()


def test_the_columns_are_added_and_nothing_else_is_touched():
    made = [o for app in apps.get_app_configs() for o in operations_in(app)]
    added = [operation.name for operation in made if isinstance(operation, AddField)]
    models = translator.get_registered_models(abstract=False)

    assert {type(operation) for operation in made} == {AddField, AddConstraint, AddIndex}
    assert len(added) == sum(map(len, map(translated_names, models))) + len(page_kinds())
    assert {name.rpartition("_")[2] for name in added} == {NEW}


def operations_in(app: AppConfig) -> list[Operation]:
    found = Path(app.path).glob("migrations/*_texts_in_german.py")
    modules = [import_module(f"{app.name}.migrations.{path.stem}") for path in found]
    return [operation for module in modules for operation in module.Migration.operations]


def test_every_name_has_what_it_sorts_by_in_it():
    held = [keys for kind in page_kinds() for keys in kind.objects.values_list(*columns(NAME_KEY))]

    assert len(held) > 100
    assert [keys for keys in held if b"" in map(bytes, keys)] == []


def test_no_migration_is_wanting_and_the_checks_are_silent():
    assert "No changes detected" in said("makemigrations", "--check", "--dry-run")
    assert [fault for fault in run_checks() if fault.id != OF_PYTEST] == []


def test_every_record_has_its_address_in_every_language():
    records = every_record()
    held = set(Address.objects.values_list("language", "record"))

    assert len(records) > 100
    assert {(code, record.pk) for record in records for code in codes()} <= held


def test_what_stood_before_is_no_change_and_no_gap():
    assert said("load_framework", "--check").startswith("0 records would be published, ")
    assert " are as they were written. " in said("verify_versions")
    with pytest.raises(CommandError) as told:
        call_command("check_translations")
    *entries, counts = str(told.value).splitlines()
    assert len(entries) > 700
    assert [each for each in entries if f"/locale/{NEW}/" not in each] == []
    assert ", 0 gaps (French, Dutch), 0 names in another form, " in counts
