"""What a store needs while nobody waits for it: better compression, repairs, no old editions."""

import os
import time

import brotli
import pytest

from portal.delivery.following import catch_up
from portal.delivery.place import begin
from portal.delivery.store import Store
from portal.delivery.upkeep import PASSED, clear_editions, refine, repair
from tests.delivery.front import kept_name

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]  # it asks no database
HIT, MADE = "portal; hit", "portal; fwd=miss; stored"
ADDRESSES = ["/en/", "/fr/", "/nl/"]


@pytest.fixture
def kept(front):
    for address in ADDRESSES:
        assert front.get(address).how == MADE
    return front


def test_pages_are_compressed_better_once_and_say_the_same(kept):
    coarse = [kept.get(each, Accept_Encoding="br").body for each in ADDRESSES]

    assert (refine(kept.store), refine(kept.store)) == (3, 0)

    fine = [kept.get(each, Accept_Encoding="br") for each in ADDRESSES]
    assert [each.how for each in fine] == [HIT] * 3
    assert sum(len(each.body) for each in fine) < sum(map(len, coarse))
    assert [brotli.decompress(each.body) for each in fine] == [*map(brotli.decompress, coarse)]


@pytest.mark.parametrize("file", ["pages/en/index.html.br", "heads/en/index.html.json"])
def test_a_page_that_was_damaged_after_this_process_read_it_goes(kept, file):
    assert kept.get("/en/", Accept_Encoding="br").how == HIT
    (kept.store.root / file).write_bytes(b"defaced")

    assert (repair(kept.store), repair(kept.store)) == (1, 0)

    assert kept.names() == [kept_name(each) for each in ADDRESSES[1:]]
    assert [kept.get("/en/").how for _time in range(2)] == [MADE, HIT]


def test_a_file_that_nobody_wrote_goes_and_the_pages_beside_it_stay(kept):
    planted = kept.store.pages / "en" / "planted.html"
    planted.write_text("planted")

    assert repair(kept.store) == 1

    assert not planted.exists()
    assert [kept.get(each).how for each in ADDRESSES] == [HIT] * 3


def test_what_a_write_left_that_came_to_no_end_goes_and_is_counted_once(kept):
    left = [kept.store.heads / "en" / ".index.html.json.5f0c", kept.store.pages / ".index.html.5f"]
    for path in left:
        path.write_text("half")

    assert (repair(kept.store), repair(kept.store)) == (2, 0)

    assert [path for path in left if path.exists()] == []
    assert [kept.get(each).how for each in ADDRESSES] == [HIT] * 3


def test_what_was_kept_before_the_machine_started_is_made_anew(kept):
    begin(kept.store)
    catch_up(kept.store)
    assert [kept.get("/en/").how for _time in range(2)] == [MADE, HIT]
    begin(kept.store)
    assert kept.get("/en/").how == HIT

    (kept.store.root / "boot").write_text("an earlier start of this machine")
    begin(kept.store)
    assert kept.names() == []
    catch_up(kept.store)
    assert kept.get("/en/").how == MADE


def test_the_edition_before_is_cleared_once_its_workers_have_ended(kept, settings):
    before, now = kept.store, Store(settings.STORE_DIR / "next-edition")
    for each in (before, now):
        each.open()
        begin(each)
        catch_up(each)
        each.open()
    (before.root / "index.sqlite3").unlink()  # lost: its pages are still there
    assert (clear_editions(), before.root.exists()) == (0, True)

    passed = time.time() - PASSED - 1
    os.utime(settings.STORE_DIR / "current", (passed, passed), follow_symlinks=False)

    assert clear_editions() == 1
    assert (before.root.exists(), now.root.exists()) == (False, True)
