"""A store follows its database: whatever it missed, it never answers from before."""

import os
import signal
import sqlite3
from contextlib import closing
from multiprocessing import active_children
from time import sleep
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from policies.models import Plan
from portal.delivery import changes, following
from portal.delivery.changes import OUR_RULES, age_of_site
from portal.delivery.following import catch_up
from portal.delivery.hands import brought_by_many
from portal.delivery.index import RULES, Age
from portal.delivery.management.commands import keep_pages
from portal.delivery.models import Change
from portal.delivery.store import Store
from portal.languages.texts import set_texts
from portal.publishing.publish import publish
from tests.delivery.front import Front, kept_name
from tests.factories import published
from tests.proofs.children import in_a_child

HIT, MADE, LEFT = "portal; hit", "portal; fwd=miss; stored", "portal; fwd=miss"
HERE, THERE = "/en/plans/slug-here/", "/en/plans/slug-there/"


@pytest.fixture
def plans(db) -> list[Plan]:
    return [
        published(Plan, slug={"en": address.split("/")[3]}, languages=["en"])
        for address in (HERE, THERE)
    ]


def say(plan: Plan, words: str) -> None:
    set_texts(plan, "summary", {"en": words})
    assert publish([plan], None, {}) == [plan]


def hows(front: Front, *addresses: str) -> list[str]:
    """How they were answered; each as Django would now."""
    answers = [front.get(each) for each in addresses]
    assert [each.body for each in answers] == [front.alone(each).body for each in addresses]
    return [each.how for each in answers]


def elsewhere(settings, tmp_path) -> None:
    """From now on publications find no store, as on another machine."""
    settings.STORE_DIR = tmp_path / "another-machine"


@pytest.mark.django_db
def test_what_another_machine_published_goes_when_the_store_catches_up(
    front, plans, settings, tmp_path
):
    hows(front, HERE, THERE)
    elsewhere(settings, tmp_path)
    say(plans[0], "Said on another machine")
    say(plans[0], "And once more")

    assert catch_up(front.store) == 1
    assert hows(front, HERE, THERE) == [MADE, HIT]
    assert catch_up(front.store) == 0


@pytest.mark.django_db
def test_a_store_whose_keys_follow_other_rules_begins_anew_with_each_publication(front, plans):
    hows(front, HERE, THERE)
    with closing(sqlite3.connect(front.store.root / "index.sqlite3")) as index:
        index.execute(f"PRAGMA user_version = {RULES - 1}")
    say(plans[0], "Told by the rules of here")

    assert hows(front, HERE, THERE) == [MADE, MADE]


@pytest.mark.django_db
def test_what_another_edition_told_by_other_rules_takes_everything_out(
    front, plans, settings, tmp_path
):
    hows(front, HERE, THERE)
    elsewhere(settings, tmp_path)
    say(plans[0], "Said by another edition")
    told = Change.objects.order_by("number").last()
    Change.objects.filter(pk=told.pk).update(keys=told.keys.replace(OUR_RULES, "rules 0"))

    assert catch_up(front.store) == 2
    assert hows(front, HERE, THERE) == [MADE, MADE]


@pytest.mark.django_db
def test_a_store_that_missed_more_than_is_on_record_begins_anew(
    front, plans, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr(changes, "MOST_CHANGES", 2)
    monkeypatch.setattr(changes, "PRUNED_AT", 1)
    hows(front, HERE, THERE)
    elsewhere(settings, tmp_path)
    for number in range(3):
        say(plans[0], f"Said {number}")

    assert Change.objects.count() == 2
    assert catch_up(front.store) == 2
    assert hows(front, HERE, THERE) == [MADE, MADE]


@pytest.mark.django_db
@pytest.mark.parametrize("theirs", ["the same number", "a lower one", "a higher one"])
def test_a_store_of_another_database_begins_anew(front, plans, theirs):
    """A backup was put back, say, or DATABASE_URL leads elsewhere."""
    hows(front, HERE, THERE)
    last = Change.objects.order_by("-number").first()
    if theirs == "a lower one":
        last.delete()
        last = Change.objects.order_by("-number").first()
    if theirs == "a higher one":
        Change(number=5000, keys="log", shared=last.shared).save(force_insert=True)
    Change.objects.filter(number=last.number).update(token=uuid4())

    assert catch_up(front.store) == 2
    assert front.store.age == age_of_site()
    assert hows(front, HERE, THERE) == [MADE, MADE]
    assert hows(front, HERE, THERE) == [HIT, HIT]


@pytest.mark.django_db
def test_a_database_without_a_change_yet_has_pages_too(front, store):
    assert age_of_site() == Age(0, "")
    assert [front.get("/en/").how, front.get("/en/").how] == [MADE, HIT]
    published(Plan, languages=["en"])
    assert [front.get("/en/").how, front.get("/en/").how] == [MADE, HIT]


@pytest.mark.django_db
def test_a_publication_takes_its_pages_out_of_every_edition_and_none_answers_for_another(
    front, plans, settings
):
    other = Front(Store(settings.STORE_DIR / "another-edition"))
    assert hows(front, HERE, THERE) == [MADE, MADE]
    assert hows(other, HERE, THERE) == [MADE, MADE]
    say(plans[0], "Otherwise")

    assert hows(front, HERE, THERE) == [MADE, HIT]
    assert hows(other, HERE, THERE) == [MADE, HIT]


@pytest.mark.django_db(transaction=True)
def test_after_a_publication_that_was_undone_nothing_is_stale_and_pages_are_kept_again(
    front, plans
):
    hows(front, HERE, THERE)
    with transaction.atomic():
        say(plans[0], "Said and undone")
        transaction.set_rollback(True)

    assert front.store.age != age_of_site()
    assert hows(front, HERE, THERE) == [LEFT, HIT]
    assert catch_up(front.store) == 1
    assert hows(front, HERE, HERE) == [MADE, HIT]
    say(Plan.objects.get(pk=plans[0].pk), "Said and kept")
    assert hows(front, HERE, HERE) == [MADE, HIT]


@pytest.mark.only_on("postgresql")  # SQLite's is in memory here: see tests/proofs/kept.py
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before the end of its transaction", "just after it"])
def test_a_publisher_that_is_killed_leaves_nothing_stale(front, plans, moment):
    """The pages are out by then; a page of before cannot enter any more, or none was published."""
    hows(front, HERE, THERE)

    def publishing(tell) -> None:
        with transaction.atomic():
            say(plans[0], "Said and killed")
            if moment.startswith("before"):
                os.kill(os.getpid(), signal.SIGKILL)
            transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))

    child, reading_end = in_a_child(publishing)
    _child, status = os.waitpid(child, 0)
    os.close(reading_end)

    assert status == signal.SIGKILL
    is_public = Plan.objects.filter(pk=plans[0].pk, version=2).exists()
    assert is_public == moment.startswith("just")
    assert hows(front, HERE)[0] == (MADE if is_public else LEFT)
    catch_up(front.store)
    assert hows(front, HERE, HERE, THERE)[1] == HIT


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [-400 * 86_400, 400 * 86_400])
def test_a_clock_that_jumps_changes_nothing(front, plans, jump):
    """What is young is told by numbers, never by times of files or of the day."""
    hows(front, HERE, THERE)
    for path in front.store.root.rglob("*"):
        if path.is_file():
            moved = path.stat().st_mtime + jump
            os.utime(path, (moved, moved))
    assert hows(front, HERE, THERE) == [HIT, HIT]
    say(plans[0], "Otherwise")
    assert hows(front, HERE, THERE) == [MADE, HIT]
    assert hows(front, HERE, THERE) == [HIT, HIT]


@pytest.mark.django_db
def test_a_page_that_is_too_old_does_not_replace_a_younger_one(front, plans):
    address = HERE
    old, before = front.get(address), age_of_site()
    page = front.store.find(kept_name(address), "identity")
    say(plans[0], "Otherwise")
    assert hows(front, address) == [MADE]

    whole = type(page).made(page.headers, old.body)
    assert not front.store.keep(kept_name(address), whole, set(), before)
    assert hows(front, address) == [HIT]


@pytest.mark.django_db
def test_a_store_makes_room_by_letting_the_oldest_go(front, plans, monkeypatch):
    from portal.delivery import store

    monkeypatch.setattr(store, "MOST_PAGES", 3)
    monkeypatch.setattr(store, "ROOM", 2)
    hows(front, HERE, THERE)
    say(plans[1], "Otherwise")
    hows(front, "/en/", "/fr/", THERE)

    assert len(front.names()) == 2
    assert kept_name(HERE) not in front.names()


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_is_another_history(front, plans):
    hows(front, HERE, "/en/")
    if connection.vendor == "sqlite":
        call_command("flush", verbosity=0, interactive=False)
        assert catch_up(front.store) == 2
        assert front.get(HERE).status == 404


@pytest.mark.django_db
def test_what_is_published_while_a_store_catches_up_is_not_undone(
    front, plans, settings, tmp_path, monkeypatch
):
    """It waits for a publication under way, and then knows that one too."""
    hows(front, HERE, THERE)
    here = settings.STORE_DIR
    elsewhere(settings, tmp_path)
    say(plans[0], "Said on another machine")
    settings.STORE_DIR = here
    monkeypatch.setattr(following, "one_at_a_time", lambda: say(plans[1], "Said meanwhile"))

    assert front.store.age != age_of_site()
    catch_up(front.store)
    assert front.store.age == age_of_site()
    monkeypatch.undo()
    assert hows(front, HERE, THERE) == [MADE, MADE]


@pytest.mark.django_db
def test_what_is_published_is_followed_however_long_the_rest_takes(monkeypatch):
    seen = []

    def follow() -> None:
        seen.append(os.getpid())
        if len(seen) == 3:
            raise KeyboardInterrupt

    for name, act in {"follow": follow, "close_old_connections": nothing}.items():
        monkeypatch.setattr(keep_pages, name, act)
    monkeypatch.setattr(keep_pages.connections, "close_all", nothing)
    monkeypatch.setattr(keep_pages.Command, "_look_after", lambda self: sleep(600))

    call_command("keep_pages", every=0.01)
    assert seen == [os.getpid()] * 3
    assert [each.join(30) for each in active_children()] in ([], [None])
    assert active_children() == []


@pytest.mark.django_db(transaction=True)
def test_a_page_maker_that_is_killed_is_no_page_maker_that_is_done():
    def bring(name: str) -> int:
        if name == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        return 200

    assert dict(brought_by_many(2, bring, ["one", "two"])) == {"one": 200, "two": 200}
    with pytest.raises(OSError, match="ended before it was done"):
        list(brought_by_many(2, bring, ["one", "killed"]))


def nothing() -> None:
    pass
