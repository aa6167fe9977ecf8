"""A disk of its own under the kept pages: full, or only to be read."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policies.models import Plan
from portal.delivery.following import catch_up
from portal.delivery.place import stores
from portal.delivery.store import Store
from tests.delivery.front import Front
from tests.delivery.kept_plan import ADDRESS, HIT, LEFT, MADE, OTHER, say, told
from tests.factories import published

# what is on the disk does not depend on the database
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan, slug={"en": "slug-kept"}, languages=["en"])


@pytest.fixture
def small_disk(tmp_path, settings):
    """A disk of so many kilobytes for the store; returns how to change it."""
    settings.STORE_DIR = tmp_path / "disk"
    settings.STORE_DIR.mkdir()
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", settings.STORE_DIR)
    yield lambda options: mount("-o", f"remount,{options}", settings.STORE_DIR)
    subprocess.run(["umount", settings.STORE_DIR], check=True)


def mount(*arguments: object) -> None:
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"Run this as root, where a disk may be mounted: {done.stderr}")


def fill_disk(folder: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        (folder / "filling").write_bytes(b"x" * 2_000_000)


@pytest.fixture
def small(small_disk, settings, plan) -> tuple[Front, Callable]:
    front = Front(Store(settings.STORE_DIR / "this-edition"))
    assert [told(front), told(front)] == [MADE, HIT]
    return front, small_disk


def test_on_a_disk_that_is_full_what_is_kept_is_answered_and_the_rest_made(small, plan):
    front, _change = small
    fill_disk(front.store.root.parent)

    assert told(front) == HIT
    assert front.get(OTHER).how == LEFT
    say(plan, "Otherwise")
    assert told(front) in (MADE, LEFT)
    (front.store.root.parent / "filling").unlink()
    told(front)
    assert told(front) == HIT
    say(plan, "In a third way")
    assert [told(front), told(front)] == [MADE, HIT]


def test_on_a_disk_that_can_only_be_read_what_is_kept_is_answered_until_it_changes(small, plan):
    front, change = small
    change("ro")

    assert told(front) == HIT
    assert front.get(OTHER).how == LEFT
    change("rw")
    assert front.get(OTHER).how == MADE
    assert len([*stores()]) == 1


def test_pages_that_a_disk_does_not_let_go_are_told_loudly_and_go_when_it_does(small, plan, caplog):
    front, change = small
    before = front.get(ADDRESS)
    change("ro")
    caplog.clear()
    say(plan, "Otherwise")

    assert [each.levelname for each in caplog.records] == ["ERROR", "CRITICAL"]
    assert front.get(ADDRESS) == before
    change("rw")
    assert catch_up(front.store) == 1
    assert [told(front), told(front)] == [MADE, HIT]
