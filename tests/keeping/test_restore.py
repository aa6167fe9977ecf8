"""A restoration brings everything back and proves it, or changes nothing."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from policies.models import Edition, Plan
from portal.keeping.archive import FILES
from portal.keeping.elsewhere import standing_on
from portal.keeping.manifest import counts
from portal.keeping.restore import restore
from portal.languages.texts import codes
from portal.publishing.drafts import with_draft
from portal.publishing.models import Release
from portal.publishing.verify import faults_in_history
from portal.records.append_only import append_only_models
from tests.factories import published
from tests.keeping.site import manifest_of, spoilt
from tests.records.test_append_only import attempts, refused
from tests.search.indexed import found

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def new_files(settings, kept, tmp_path) -> Path:
    """The folder of files of the new site."""
    settings.MEDIA_ROOT = tmp_path / "new" / "files"
    return settings.MEDIA_ROOT


def address(name: str) -> str:
    """The DATABASE_URL of a database beside the one of the tests."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    said = connection.settings_dict
    who = f"{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}"
    return f"postgres://{who}/{name}"


def manage(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refusal(path: Path, empty: str, **options) -> str:
    with standing_on(empty), pytest.raises(CommandError) as told:
        call_command("restore", path, **options)
    return str(told.value)


def nothing_is_left(empty: str, files: Path) -> bool:
    if connection.vendor == "sqlite":
        left = [path.name for path in Path(empty).parent.glob("*empty*")]
        left += [path.name for path in Path(empty).parent.glob(".restore*")]
    else:
        with standing_on(empty), connection.cursor() as cursor:
            left = connection.introspection.table_names(cursor)
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            )
            left += [name for (name,) in cursor.fetchall() if name != "of_the_house"]
    return left == [] and not any(files.rglob("*"))


def test_everything_comes_back_and_the_guards_with_it(kept, empty, new_files, tmp_path):
    then = manifest_of(kept)

    answer = manage("restore", kept, DATABASE_URL=address(empty), PORTAL_VAR=str(tmp_path / "new"))

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith(
        f"{len(then['counts'])} tables, {sum(then['counts'].values())} rows and 1 files"
    )
    assert answer.stdout.endswith(f"Head: {then['head']}\n")
    with standing_on(empty):
        assert counts() == then["counts"]
        assert list(faults_in_history(then["head"])) == []
        plan = Plan.objects.get()
        assert (plan.version, with_draft(plan).summary) == (2, "A draft of en")
        assert Release.objects.count() == 1
        assert (new_files / Edition.objects.get().file.name).read_bytes() == b"%PDF-1.7 kept"
        assert Session.objects.count() == 0
        unguarded = [
            (model, way)
            for model in append_only_models()
            for way, statement in attempts(model).items()
            if not refused(statement)
        ]
        assert unguarded == []
        assert found("Zeal", "fr") == [(plan.pk, "fr")]
        other = published(Plan, title=dict.fromkeys(codes(), "Heron"))
        assert found("heron", "nl") == [(other.pk, "nl")]
        assert list(faults_in_history(then["head"])) == []
    assert Session.objects.count() == 1
    again = manage("restore", kept, DATABASE_URL=address(empty), PORTAL_VAR=str(tmp_path / "new"))
    assert (again.returncode, again.stdout) == (1, "")
    assert "nothing is overwritten" in again.stderr


def test_what_is_not_what_backup_wrote_is_refused_with_a_reason(kept, empty, new_files, tmp_path):
    said = manifest_of(kept)
    database, file = sorted(said["parts"])
    outside = said["parts"] | {f"{FILES}../../outside.pdf": said["parts"][file]}
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    (tmp_path / "letter.tar").write_text("Dear reader")
    whole = kept.read_bytes()
    cases = {
        "is no backup of the portal, or is cut short": lambda: tmp_path / "letter.tar",
        "its manifest is missing": lambda: spoilt(kept, {"manifest.json": None}),
        "This is no backup of the portal": lambda: spoilt(kept, what="a holiday"),
        "A newer portal wrote this backup.": lambda: spoilt(kept, format=2),
        "(policies.9999_later is not known here)": lambda: spoilt(
            kept, migrations=[*said["migrations"], "policies.9999_later"]
        ),
        f"This backup is of {other}": lambda: spoilt(kept, vendor=other),
        f"changed or damaged ({database})": lambda: spoilt(kept, {database: b"forged"}),
        f"changed or damaged ({file})": lambda: spoilt(kept, {file: b"%PDF-1.7 evil"}),
        "changed or damaged (files/more.pdf)": lambda: spoilt(kept, {"files/more.pdf": b"x"}),
        f"The part {file} is missing": lambda: spoilt(kept, {file: None}),
        "names a file outside of its folder": lambda: spoilt(
            kept, {f"{FILES}../../outside.pdf": b"%PDF-1.7 kept"}, parts=outside
        ),
        "Not every row came back: policies_plan.": lambda: spoilt(
            kept, counts=said["counts"] | {"policies_plan": 2}
        ),
        f"The head of the log is not {'1' * 64}.": lambda: spoilt(kept, head="1" * 64),
    }
    for sentence, path in cases.items():
        assert sentence in refusal(path(), empty)
        assert nothing_is_left(empty, new_files), sentence
    assert not (tmp_path / "outside.pdf").exists()
    kept.write_bytes(whole[: len(whole) // 2])
    assert "backup of the portal" in refusal(kept, empty)


def test_a_head_that_was_kept_elsewhere_must_be_there(kept, empty, new_files):
    assert "it was cut or written anew" in refusal(kept, empty, head="2" * 64)
    assert nothing_is_left(empty, new_files)

    with standing_on(empty):
        call_command("restore", kept, head=manifest_of(kept)["head"], stdout=io.StringIO())
        assert Plan.objects.count() == 1


def test_one_that_was_interrupted_leaves_nothing(kept, empty, new_files):
    def interrupt(step: str) -> None:
        if step == "Proving what was restored":
            assert any(new_files.rglob("*.pdf"))
            raise KeyboardInterrupt

    with standing_on(empty), pytest.raises(KeyboardInterrupt):
        restore(kept, interrupt)

    assert nothing_is_left(empty, new_files)


def test_a_file_of_another_content_is_not_overwritten_and_the_same_one_may_stay(
    kept, empty, new_files
):
    edition = Edition.objects.get()
    place = new_files / edition.file.name
    place.parent.mkdir(parents=True)
    place.write_bytes(b"%PDF-1.7 mine")

    assert f"Other files stand where the backup has its own: {place}." in refusal(kept, empty)
    assert place.read_bytes() == b"%PDF-1.7 mine"

    place.write_bytes(b"%PDF-1.7 kept")
    with standing_on(empty):
        call_command("restore", kept, stdout=io.StringIO())
        assert (new_files / Edition.objects.get().file.name).read_bytes() == b"%PDF-1.7 kept"


@pytest.mark.parametrize("looked", [True, False], ids=["told-by-backup", "nobody-looked"])
def test_a_file_that_was_lost_before_the_backup_does_not_keep_the_rest_away(kept, empty, looked):
    (part,) = [name for name in manifest_of(kept)["parts"] if name.startswith(FILES)]
    parts = {name: sha for name, sha in manifest_of(kept)["parts"].items() if name != part}
    lost = part.removeprefix(FILES)
    said = io.StringIO()

    with standing_on(empty):
        lacking = [lost] if looked else None
        other = spoilt(kept, {part: None}, parts=parts, lacking=lacking)
        call_command("restore", other, stdout=said)
        assert Edition.objects.get().file.name == lost

    assert (f"The file {lost} was missing when the backup was made." in said.getvalue()) is looked


def test_a_file_that_the_backup_leaves_out_unsaid_is_refused(kept, empty, new_files):
    (part,) = [name for name in manifest_of(kept)["parts"] if name.startswith(FILES)]
    parts = {name: sha for name, sha in manifest_of(kept)["parts"].items() if name != part}

    said = refusal(spoilt(kept, {part: None}, parts=parts, lacking=[]), empty)

    assert f"These files did not come back: {part.removeprefix(FILES)}." in said
    assert nothing_is_left(empty, new_files)
