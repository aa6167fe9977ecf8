"""A backup is of one moment, whole or absent, and nobody else's to read."""

import io
import os
import re
import signal
import threading
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection, connections

from policies.models import Edition, Plan
from portal.keeping.backup import back_up
from portal.keeping.elsewhere import standing_on
from portal.keeping.management.commands.backup import Command
from portal.keeping.manifest import awaits_migrate
from portal.keeping.restore import restore
from portal.languages.texts import codes, column
from portal.publishing.models import Entry, Revision
from portal.publishing.verify import head_of_log
from portal.records.append_only import guard_tables, unguard_tables
from portal.records.order import NAME_KEY
from tests.factories import published
from tests.keeping.site import manifest_of, small_site
from tests.past import plan_with_a_past
from tests.search.indexed import found
from tests.translation.drafts import due, stale

pytestmark = pytest.mark.django_db(transaction=True)


def by_another(act) -> None:
    """In a thread, which has a connection of its own."""

    def work() -> None:
        act()
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def refusal(path: Path) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("backup", path)
    return str(refused.value)


def test_it_says_what_it_holds_and_is_its_owners_alone(tmp_path):
    plan_with_a_past()
    said = io.StringIO()

    call_command("backup", tmp_path / "kept.tar", stdout=said)

    counts = manifest_of(tmp_path / "kept.tar")["counts"]
    assert counts["publishing_version"] == 2
    assert said.getvalue() == (
        f"{len(counts)} tables, {sum(counts.values())} rows and 0 files are in "
        f"{tmp_path / 'kept.tar'}. Head: {head_of_log()}\n"
    )
    assert (tmp_path / "kept.tar").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["kept.tar"]


def test_without_a_name_it_lies_in_var_with_its_time(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    call_command("backup", stdout=io.StringIO())

    (path,) = (tmp_path / "backups").iterdir()
    assert re.fullmatch(r"portal-\d{8}T\d{6}Z\.tar", path.name)
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_published_meanwhile_is_in_none_of_it(tmp_path, empty):
    published(Plan)
    steps = []

    def write_at(step: str) -> None:
        steps.append(step)
        if len(steps) > 1 or connection.vendor == "postgresql":  # here the moment has come
            by_another(lambda: published(Plan))

    manifest, faults = back_up(tmp_path / "kept.tar", write_at)

    assert len(steps) == 3
    assert (manifest.counts["policies_plan"], faults) == (1, [])
    assert Plan.objects.count() > 2
    with standing_on(empty):
        restore(tmp_path / "kept.tar", steps.append)
        assert (Plan.objects.count(), head_of_log()) == (1, manifest.head)


def test_it_overwrites_nothing_and_needs_its_folder(tmp_path):
    path = tmp_path / "kept.tar"
    path.write_text("mine")

    assert refusal(path) == (
        f"{path} exists already, and nothing is overwritten. Give another name.\n"
        "Nothing was written."
    )
    assert path.read_text() == "mine"
    assert refusal(tmp_path / "none" / "kept.tar").startswith("There is no folder")


class EndedHalfWay(Command):
    def tell(self, step: str) -> None:
        if step == "Copying the files":
            os.kill(os.getpid(), signal.SIGTERM)


def test_one_that_is_told_to_end_leaves_nothing(tmp_path):
    with pytest.raises(SystemExit):
        call_command(EndedHalfWay(), tmp_path / "kept.tar")

    assert list(tmp_path.iterdir()) == []


def test_a_history_that_does_not_prove_itself_is_kept_and_said(tmp_path, empty):
    plan_with_a_past()
    unguard_tables(connection)
    Entry.objects.filter(number=1).update(notes="forged")
    guard_tables()

    assert refusal(tmp_path / "kept.tar").startswith("The backup holds what does not prove itself:")

    with standing_on(empty), pytest.raises(CommandError, match="its note is not what"):
        call_command("restore", tmp_path / "kept.tar")


def test_one_from_before_a_migration_comes_back_through_it(tmp_path, empty):
    plan_with_a_past()
    said = io.StringIO()
    call_command("migrate", "publishing", "0004", verbosity=0)
    call_command("migrate", "translation", "zero", verbosity=0)
    call_command("migrate", "search", "zero", verbosity=0)
    call_command("backup", tmp_path / "kept.tar", stdout=said)
    call_command("migrate", verbosity=0)

    with standing_on(empty):
        call_command("restore", tmp_path / "kept.tar", stdout=io.StringIO())

        assert not awaits_migrate()
        plan = Plan.objects.get()
        assert plan.version == 2
        assert (due(plan), stale(plan)) == ({}, {})
        assert found("Zeal", "nl") == [(plan.pk, "nl")]
    assert said.getvalue().endswith("Its history is not proved: the database waits for migrate.\n")


@pytest.mark.only_on("sqlite")
def test_neither_a_removed_text_nor_a_session_lingers_in_the_copy(tmp_path):
    plan = published(Plan, title={code: f"Unspeakable {code}" for code in codes()})
    SessionStore("asignedinperson").save(must_create=True)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")  # as many builds of SQLite have it
        titles = ("title", column("title", "en"))  # modeltranslation fills both
        for name in (*titles, column(NAME_KEY, "en")):
            cursor.execute(f"UPDATE {plan._meta.db_table} SET {name} = 'Removed'")
        cursor.execute(f"UPDATE {Revision._meta.db_table} SET content = ''")
    call_command("rebuild_search", stdout=io.StringIO())

    back_up(tmp_path / "kept.tar", lambda step: None)

    kept, live = (tmp_path / "kept.tar").read_bytes(), connection.connection.serialize()
    for word in (b"Unspeakable en", b"asignedinperson"):
        assert (word in live, word in kept) == (True, False)


@pytest.mark.only_on("postgresql")
def test_the_password_is_not_on_the_command_line(tmp_path, monkeypatch):
    program = tmp_path / "pg_dump"
    program.write_text(
        "#!/bin/sh\n[ $1 = --version ] && echo 99 && exit\n"
        'echo "arguments $@, password $PGPASSWORD" >&2\nexit 1\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    name = connection.settings_dict["NAME"]

    with standing_on(name):
        connection.settings_dict["PASSWORD"] = "a long word"
        arguments, password = refusal(tmp_path / "kept.tar").splitlines()[0].split(", password ")

    assert password == "a long word"
    assert f"--dbname={name}" in arguments
    assert "a long word" not in arguments


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (None, "pg_dump is missing. Install the client programs of PostgreSQL."),
        (
            "pg_dump (PostgreSQL) 9.6.24",
            "pg_dump is of PostgreSQL 9, the server of {server}. "
            "Install the client programs of PostgreSQL {server}.",
        ),
    ],
)
def test_a_program_that_does_not_fit_is_one_sentence(tmp_path, monkeypatch, version, sentence):
    if version:
        (tmp_path / "pg_dump").write_text(f"#!/bin/sh\necho '{version}'\n")
        (tmp_path / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    server = connection.pg_version // 10_000

    assert refusal(tmp_path / "kept.tar").splitlines()[0] == sentence.format(server=server)
    assert not (tmp_path / "kept.tar").exists()


def test_a_file_that_was_lost_is_named(settings, tmp_path):
    small_site()
    for file in Path(settings.MEDIA_ROOT).rglob("*.pdf"):
        file.unlink()
    name = Edition.objects.get().file.name

    with pytest.raises(CommandError, match=f"The file {name} is missing"):
        call_command("backup", tmp_path / "kept.tar")

    assert manifest_of(tmp_path / "kept.tar")["lacking"] == [name]
