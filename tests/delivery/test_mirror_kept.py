"""A mirror that publications keep: what changed is out of it before that is reported, then new."""

import json
import platform
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from policies.models import Document
from portal.delivery import page
from portal.delivery.changes import left_behind
from portal.delivery.manifest import MirrorManifest
from portal.languages.texts import codes
from tests.delivery.mirrored import (
    ACTS,
    NEW,
    Mirrored,
    as_listed,
    raw_lines,
    replaced,
    rewritten,
)
from tests.publishing.review import drafted, writer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),
]  # test_mirror_anew asks both databases

OLD, DRAFT = "Kanarie that was said", "Kanarie of a draft"


def test_a_change_costs_what_it_changes(mirror, site):
    before = len(mirror.lines)

    rewritten(site["term"], "meaning", NEW)
    done = mirror.kept()

    assert 3 < done["pages mirrored"] < before / 4
    assert "pages mirrored" not in mirror.kept()


@pytest.mark.parametrize("act", ["a text", "a withdrawal", "a removal"])
def test_what_was_said_is_nowhere_in_it_when_the_change_is_reported(mirror, site, act):
    plan = site["plan"]
    rewritten(plan, "body", OLD)
    drafted(plan, writer(), body=dict.fromkeys(codes(), DRAFT))
    mirror.kept()
    assert len(mirror.with_words(OLD)) > 10
    shutil.copytree(mirror.copy.root, mirror.folder / "000000", symlinks=True)  # kept from before

    if act == "a removal":
        call_command("remove_by_law", str(plan.pk), yes=True)
    else:
        ACTS[act](site)

    assert mirror.with_words(OLD) == []
    assert mirror.copy.missing() != []
    if act == "a removal":
        mirror.kept()
        assert mirror.with_words(OLD) == []
        assert not mirror.copy.all_busy.exists()
    assert mirror.with_words(DRAFT) == []


def test_a_place_that_is_empty_for_the_moment_is_marked_until_it_is_filled(mirror, site):
    rewritten(site["plan"], "body", NEW)

    marked = {name for name in mirror.files() if name.endswith(".busy")}
    assert marked == {f"pages/{name}.busy" for name in mirror.copy.missing()}

    mirror.kept()
    assert [name for name in mirror.files() if name.endswith(".busy")] == []


def test_one_mark_stands_for_all_when_every_page_changes_and_the_sheets_stay(mirror, site):
    sheets = {name for name in mirror.files() if name.startswith("static/")}

    rewritten(site["approach"], "title", "Our way")

    assert mirror.copy.all_busy.exists()
    assert len(mirror.copy.missing()) == len(mirror.copy.wanted())
    assert sheets <= mirror.files().keys()
    assert len(sheets) > 5


def test_a_file_leaves_with_what_named_it(mirror, site):
    (first,) = [name for name in mirror.files() if name.startswith("files/")]

    replaced(site["edition"])
    assert b"%PDF-1.7 first" not in mirror.files().values()

    mirror.kept()
    (second,) = [name for name in mirror.files() if name.startswith("files/")]
    assert (first[-9:], second[-10:]) == ("/plan.pdf", "/other.pdf")

    call_command("remove_by_law", str(Document.objects.get().pk), yes=True)
    assert [name for name in mirror.files() if name.startswith("files/")] == []
    assert mirror.copy.all_busy.exists()


def test_what_cannot_be_taken_out_is_told_at_the_desk_until_it_is_out_there(
    mirror, site, monkeypatch
):
    index = mirror.copy.root / "index.sqlite3"
    index.rename(index.with_suffix(".away"))
    index.mkdir()

    rewritten(site["plan"], "body", NEW)
    assert "Is a directory" in (told := left_behind())

    index.rmdir()
    index.with_suffix(".away").rename(index)
    with monkeypatch.context() as another_machine:
        another_machine.setattr(platform, "node", lambda: "another")
        call_command("keep_pages")
        assert left_behind() == told
    call_command("keep_pages")
    assert left_behind() == ""
    assert len(mirror.with_words(NEW)) > 10


def test_damage_is_found_and_mended_and_what_nobody_wrote_goes(mirror, site):
    sound, root = mirror.files(), mirror.copy.root
    name = next(name for name in sound if name.endswith("plans/index.html"))
    (root / name).write_bytes(b"defaced")
    (root / f"{name}.gz").unlink()
    (root / "errors/en/404.html").write_text("defaced")
    (root / "pages/en/planted.html").write_text("planted")
    (root / "heads/en/index.html.json").write_text("{")

    done = mirror.kept(thorough=True)

    assert done["mended in mirrors"] == 4
    assert mirror.files() == sound


@pytest.mark.parametrize("fault", ["another format", "another edition", "damaged", "lost"])
def test_a_list_of_another_version_does_not_fit(mirror, fault):
    header, *lines = raw_lines(mirror)
    header |= {"another format": {"format": 0}, "another edition": {"edition": "x"}}.get(fault, {})
    told = "{" if fault == "damaged" else "\n".join(map(json.dumps, [header, *lines]))
    assert MirrorManifest(mirror.copy).fits()

    manifest = MirrorManifest(mirror.copy)
    manifest.path.write_text(told)
    if fault == "lost":
        manifest.path.unlink()

    assert not manifest.fits()


def test_a_list_that_is_damaged_begins_a_new_copy_and_the_old_one_stays_until_then(mirror):
    before, count = mirror.copy.root, len(mirror.lines)
    (before / "manifest.jsonl").unlink()

    mirror.kept()

    assert mirror.copy.root != before
    assert len(mirror.lines) == count


def test_the_list_stays_short_and_tells_the_last_change(mirror, site):
    size, names = len(raw_lines(mirror)), mirror.copy.names()
    rewritten(site["term"], "meaning", NEW)
    mirror.kept()
    for _time in range(6):
        MirrorManifest(mirror.copy).add(names)

    header = [line for line in raw_lines(mirror) if "format" in line][-1]
    assert size < len(raw_lines(mirror)) < 2.5 * size
    assert (header["change"], header["token"]) == tuple(mirror.copy.age)
    assert as_listed(mirror) == []


def test_it_is_compressed_well_in_the_end_and_the_list_knows(mirror, site, monkeypatch):
    monkeypatch.setattr("portal.delivery.store.IN_TIME", page.IN_TIME)
    monkeypatch.setattr("portal.delivery.mirroring.A_TIME", 2)
    before = mirror.files()

    assert mirror.kept() == {"compressed in mirrors": 2}

    changed = [name for name, body in mirror.files().items() if body != before[name]]
    assert {Path(name).suffix for name in changed} == {".br"}
    assert as_listed(mirror) == []


def test_the_command_makes_a_mirror_that_is_named_and_not_there(mirror, site, settings, tmp_path):
    settings.PORTAL_MIRRORS = [str(tmp_path / "another")]

    call_command("keep_pages")

    assert Mirrored(tmp_path / "another").lines.keys() == mirror.lines.keys()


def test_one_that_lost_its_index_is_made_anew(mirror, site):
    (mirror.copy.root / "index.sqlite3").write_bytes(b"no index")
    before = {*mirror.lines}

    rewritten(site["plan"], "body", NEW)
    assert mirror.copy.names() == set()

    call_command("keep_pages")
    assert before <= mirror.lines.keys()
    assert as_listed(mirror) == []


def test_one_that_cannot_be_kept_is_told_and_the_others_are_kept(mirror, site, settings, tmp_path):
    (tmp_path / "taken").write_text("mine")
    settings.PORTAL_MIRRORS = [str(tmp_path / "taken"), *settings.PORTAL_MIRRORS]
    rewritten(site["plan"], "body", NEW)

    with pytest.raises(CommandError, match="Not every mirror"):
        call_command("keep_pages")

    assert mirror.copy.missing() == []
    assert (tmp_path / "taken").read_text() == "mine"
