"""A good copy is never replaced by a broken one, and nothing is touched that is not ours."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils import translation

from policies.models import Plan
from portal.delivery.exporting import export
from portal.delivery.mirror import Mirror, Refused
from portal.languages.texts import codes
from portal.views.shell import Glossary
from tests.delivery.mirrored import Mirrored
from tests.factories import published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),
]  # what a database does in between, both do


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """A site without records, and its mirror."""
    folder = tmp_path_factory.mktemp("once") / "mirror"
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        Mirrored(folder).made()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def mirror(once, tmp_path) -> Iterator[Mirrored]:
    shutil.copytree(once, tmp_path / "mirror", symlinks=True)
    with transaction.atomic():
        yield Mirrored(tmp_path / "mirror")
        transaction.set_rollback(True)


def everything(folder: Path) -> dict[str, bytes]:
    """But the index, which is read in between."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "index.sqlite3" not in path.name
    }


def refused(mirror: Mirrored, **how) -> str:
    """What is said; nothing was replaced, and nothing is left behind."""
    before = everything(mirror.folder)
    with pytest.raises(Refused) as fault:
        export(mirror.folder, **how)
    assert everything(mirror.folder) == before
    return str(fault.value)


def test_a_page_that_fails_is_named(mirror, monkeypatch):
    monkeypatch.setattr(Glossary, "get_context_data", lambda *_args, **_given: 1 / 0)

    assert refused(mirror) == (
        "3 of 91 pages: /en/glossary/ (500), /fr/glossaire/ (500), /nl/woordenlijst/ (500)."
    )


def test_one_address_of_the_sitemap_that_fails_is_enough(mirror, monkeypatch):
    monkeypatch.setattr("portal.delivery.exporting.MOST_WRONG", 1)
    monkeypatch.setattr(Glossary, "get_context_data", lambda *_args, **_given: 1 / 0)

    assert refused(mirror).startswith("3 of 91 pages: /en/glossary/ (500)")


def test_a_database_that_goes_away_in_the_middle_leaves_the_copy_before(mirror):
    def away(*_asked):
        raise OperationalError("the database went away")

    def tell(made: int, _known: int) -> None:
        if made == 30:
            connection.execute_wrappers.append(away)

    try:
        said = refused(mirror, tell=tell)
    finally:
        connection.execute_wrappers.clear()
    assert "(503)" in said


def test_fewer_pages_are_refused_unless_they_are_meant(mirror):
    mirror.copy.want(f"en/former-{number}/index.html" for number in range(10))

    assert refused(mirror).startswith("There are 58 pages, and the copy before has 68.")
    assert export(mirror.folder, fewer=True)["pages"] == 58


def test_what_is_published_in_between_is_in_it(mirror):
    def tell(made: int, _known: int) -> None:
        if made == 40:
            published(Plan)

    export(mirror.folder, tell)

    assert Plan.objects.get().address("fr") in mirror.lines
    assert mirror.copy.missing() == []


def test_two_at_once_are_one_too_many(mirror):
    with Mirror(mirror.folder).alone():
        assert "Somebody else writes in" in refused(mirror)


def test_whoever_is_stopped_leaves_the_copy_before_and_the_next_clears_up(mirror):
    def tell(made: int, _known: int) -> None:
        if made == 10:
            raise KeyboardInterrupt

    before = everything(mirror.folder)
    with pytest.raises(KeyboardInterrupt):
        export(mirror.folder, tell)
    assert everything(mirror.folder) == before

    left = Mirror(mirror.folder).begin()
    (mirror.folder / "notes.txt").write_text("mine")
    assert Mirror(mirror.folder).clear() == 1
    assert not left.root.exists()
    assert (mirror.folder / "notes.txt").read_text() == "mine"


def test_three_copies_are_kept(tmp_path):
    mirror = Mirror(tmp_path)
    for _copy in range(5):
        copy = mirror.begin()
        (copy.root / "manifest.jsonl").touch()
        mirror.serve(copy)

    mirror.clear()

    assert sorted(path.name for path in tmp_path.glob("0*")) == ["000003", "000004", "000005"]
    assert mirror.current.root.name == "000005"


def test_a_folder_that_holds_something_else_is_not_touched(tmp_path):
    (tmp_path / "000001").mkdir()
    (tmp_path / "000001" / "mine").write_text("mine")

    with pytest.raises(Refused, match="holds something else"):
        export(tmp_path)

    assert everything(tmp_path) == {"000001/mine": b"mine"}


def test_a_place_that_cannot_be_a_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")

    with pytest.raises(CommandError, match="is a file"):
        call_command("export_site", str(tmp_path / "file"))
    with pytest.raises(CommandError, match="lies below a file"):
        call_command("export_site", str(tmp_path / "file" / "mirror"))
    with pytest.raises(CommandError, match="/proc/mirror"):
        call_command("export_site", "/proc/mirror")


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may have a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_full_leaves_the_copy_before(once, small_disk, tmp_path):
    (small_disk / "ballast").write_bytes(bytes(1_000_000))
    with pytest.raises(CommandError, match="The copy before stays"):
        call_command("export_site", str(small_disk / "mirror"))

    assert sorted(path.name for path in (small_disk / "mirror").iterdir()) == [".mirror"]


def test_the_command_says_what_it_wrote(once, tmp_path, capsys):
    call_command("export_site", str(tmp_path / "mirror"))

    told = capsys.readouterr()
    assert told.out.startswith("58 pages, 24 errors, 0 files, 0 former, 9 static; ")
    assert told.out.endswith(" pages a second.\n")
    assert told.err == ""
    assert {f"/{code}/" for code in codes()} <= Mirrored(tmp_path / "mirror").lines.keys()
