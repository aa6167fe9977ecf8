"""Whatever happens to the folder of the kept pages, the reader gets the right one."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from policies.models import Plan
from portal.delivery.changes import age_of_site
from portal.delivery.following import catch_up
from portal.delivery.page import CODINGS, Page
from portal.delivery.store import Store
from tests.delivery.front import kept_name
from tests.delivery.kept_plan import ADDRESS, HIT, LEFT, MADE, OTHER, say, told
from tests.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan, slug={"en": "slug-kept"}, languages=["en"])


def files_of(store: Store) -> dict[str, Path]:
    name = kept_name(ADDRESS)
    bodies = {coding: store.pages / f"{name}{end}" for coding, end in CODINGS.items()}
    return {"head": store.heads / f"{name}.json", "body": bodies["identity"]}


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def overwritten(path: Path) -> None:
    path.write_bytes(b"\xff\x00 garbage" * 99)


def changed_by_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[60] ^= 1
    path.write_bytes(content)


def lost(path: Path) -> None:
    path.unlink()


def from_elsewhere(path: Path) -> None:
    """What stands at another address, say."""
    other = path.parent.parent.parent / "glossary" / path.name
    path.write_bytes(other.read_bytes())


DAMAGES = [truncated, emptied, overwritten, changed_by_a_byte, lost, from_elsewhere]


@pytest.mark.only_on("sqlite")  # what is on the disk does not depend on the database
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("which", ["head", "body"])
def test_a_damaged_page_is_made_anew_and_kept_again(front, plan, which, damage):
    front.get(ADDRESS), front.get(OTHER)
    damage(files_of(front.store)[which])

    assert [told(front), told(front)] == [MADE, HIT]
    say(plan, "Otherwise")
    assert [told(front), told(front)] == [MADE, HIT]


@pytest.mark.only_on("sqlite")
def test_a_folder_in_the_place_of_a_page_costs_its_keeping_alone(front, plan):
    front.get(ADDRESS)
    path = files_of(front.store)["body"]
    path.unlink()
    path.mkdir()

    assert [told(front), told(front)] == [LEFT, LEFT]
    path.rmdir()
    assert [told(front), told(front)] == [MADE, HIT]


@pytest.mark.only_on("sqlite")
def test_files_that_do_not_belong_there_are_no_pages_and_do_no_harm(front, plan):
    for folder in (front.store.root, front.store.pages / "en", front.store.heads):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "README").write_text("by somebody else")
        (folder / "index.html").write_text("<p>by somebody else</p>")
    (front.store.root.parent / "notes.txt").write_text("by somebody else")
    (front.store.root.parent / "empty").mkdir()

    assert front.get("/en/").how == MADE
    assert front.get("/en/README").status == 301
    assert [told(front), told(front)] == [MADE, HIT]
    say(plan, "Otherwise")
    assert [told(front), told(front)] == [MADE, HIT]


def no_database(index: Path) -> None:
    for each in index.parent.glob("index.sqlite3*"):
        each.write_bytes(b"this is no database" * 500)


def torn(index: Path) -> None:
    with closing(sqlite3.connect(index)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = index.read_bytes()
    index.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))


def cut_short(index: Path) -> None:
    with closing(sqlite3.connect(index)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    index.write_bytes(index.read_bytes()[:5000])


def index_lost(index: Path) -> None:
    for each in index.parent.glob("index.sqlite3*"):
        each.unlink()


def index_empty(index: Path) -> None:
    index_lost(index)
    index.touch()


INDEX = [no_database, torn, cut_short, index_lost, index_empty]
index_damaged = pytest.mark.parametrize("damage", INDEX, ids=lambda each: each.__name__)


@index_damaged
def test_with_a_damaged_index_no_page_outlives_a_publication(front, plan, damage):
    """Nothing knows any more what the kept pages show: so all of them go."""
    front.get(ADDRESS), front.get(OTHER)
    damage(front.store.root / "index.sqlite3")
    say(plan, "Otherwise")

    assert [told(front), told(front)] == [MADE, HIT]
    say(plan, "In a third way")
    assert [told(front), told(front)] == [MADE, HIT]


@index_damaged
def test_with_a_damaged_index_the_store_begins_anew(front, plan, damage):
    front.get(OTHER)
    damage(front.store.root / "index.sqlite3")

    assert [told(front), told(front)] == [MADE, HIT]
    assert front.names() == [kept_name(ADDRESS)]
    assert front.store.age == age_of_site()
    front.store.sweep()
    assert [*front.store.root.glob("aside-*")] == []


def test_a_page_that_was_begun_before_the_index_was_lost_and_a_publication_is_not_kept(front, plan):
    """The new index is told how old the site is before it takes in anything."""
    before = age_of_site()
    page = Page.made([], front.get(ADDRESS).body)
    index_lost(front.store.root / "index.sqlite3")
    say(plan, "Otherwise")

    assert not front.store.keep(kept_name(ADDRESS), page, {"log"}, before)
    catch_up(front.store)
    assert not front.store.keep(kept_name(ADDRESS), page, {"log"}, before)
    assert told(front) == MADE


@pytest.mark.only_on("sqlite")
def test_a_store_that_is_missing_or_deleted_while_it_is_used_comes_back(front, plan):
    assert not front.store.root.parent.exists()
    assert [told(front), told(front)] == [MADE, HIT]

    shutil.rmtree(front.store.root.parent)
    say(plan, "Otherwise")
    assert [told(front), told(front)] == [MADE, HIT]

    shutil.rmtree(front.store.root)
    assert [told(front), told(front)] == [MADE, HIT]
    say(plan, "In a third way")
    assert [told(front), told(front)] == [MADE, HIT]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("place", ["", "this-edition"])
def test_a_file_in_the_place_of_a_folder_costs_the_keeping_alone(front, plan, place):
    path = front.store.root.parent / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("no folder")

    assert [told(front), told(front)] == [LEFT, LEFT]
    say(plan, "Otherwise")
    assert [told(front), told(front)] == [LEFT, LEFT]
    path.unlink()
    assert [told(front), told(front)] == [MADE, HIT]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("place", ["pages", "heads"])
def test_a_file_in_the_place_of_the_pages_costs_their_keeping_until_it_goes(front, plan, place):
    front.get(ADDRESS)
    path = front.store.root / place
    shutil.rmtree(path)
    path.write_text("no folder")

    assert [told(front), told(front)] == [LEFT, LEFT]
    say(plan, "Otherwise")
    assert [told(front), told(front)] == [LEFT, LEFT]
    path.unlink()
    assert [told(front), told(front)] == [MADE, HIT]
