"""What goes is gone from the disk, and what cannot be taken out is told to whoever must know."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction

from policies.models import Plan
from portal.delivery import changes, store
from portal.delivery.changes import age_of_site, left_behind
from portal.delivery.management.commands import keep_pages
from portal.delivery.mirror import Refused
from portal.delivery.models import Change, Untold
from portal.delivery.place import own_store
from portal.languages.texts import codes, set_texts
from portal.publishing import signals
from portal.publishing.publish import publish, withdraw
from portal.publishing.removal import Order, remove
from tests.factories import published
from tests.publishing.review import NOTES

HIT, MADE = "portal; hit", "portal; fwd=miss; stored"


@pytest.fixture
def plan(db) -> Plan:
    return published(Plan, summary={code: f"Kanarie {code}" for code in codes()})


@pytest.fixture
def nowhere(settings, tmp_path) -> Path:
    """A mirror that cannot be looked into, not even by root."""
    folder = tmp_path / "loop"
    folder.symlink_to(folder)
    settings.PORTAL_MIRRORS = [str(folder)]
    return folder


def say(plan: Plan, words: str) -> None:
    plan = Plan.objects.get(pk=plan.pk)
    set_texts(plan, "summary", dict.fromkeys(codes(), words))
    assert publish([plan], None, {}) == [plan]


@pytest.mark.django_db
def test_a_place_that_cannot_be_looked_into_keeps_nothing_public_and_everybody_is_told(
    front, plan, nowhere, client, settings
):
    address = plan.address("en")
    assert [front.get(address).how for _time in range(2)] == [MADE, HIT]

    withdraw([plan], None, {})

    assert front.get(address).how == MADE
    assert "Too many levels" in left_behind()
    assert client.get("/healthz/ready").status_code == 503
    with pytest.raises(CommandError, match=r"Readers may still be given pages from before: .*loop"):
        call_command("publish_due")

    settings.PORTAL_MIRRORS = []
    call_command("keep_pages")
    call_command("publish_due")
    assert left_behind() == ""


@pytest.mark.django_db
def test_a_removal_by_law_does_not_end_well_where_readers_may_still_be_given_the_text(
    plan, nowhere
):
    with pytest.raises(CommandError, match=r"may still be given what was removed: .*loop"):
        call_command("remove_by_law", plan.pk, "--yes")


@pytest.mark.django_db
def test_what_a_law_removed_lies_nowhere_in_the_store(front, plan):
    addresses = [plan.address("en"), "/en/plans/", "/en/changes/", "/en/"]
    for address in addresses:
        front.get(address)

    def holding() -> list[Path]:
        files = (path for path in front.store.root.rglob("*") if path.is_file())
        return [path for path in files if b"Kanarie" in path.read_bytes()]

    assert holding() != []
    remove(Order(plan.pk, frozenset()), NOTES)

    assert holding() == []
    assert [front.get(address).how for address in addresses[1:]] == [MADE] * 3


@pytest.mark.django_db
def test_more_pages_than_can_be_deleted_one_by_one_go_at_once_with_all_others(
    front, plan, monkeypatch
):
    monkeypatch.setattr(store, "MOST_AT_ONCE", 2)
    other = published(Plan)
    addresses = [plan.address("en"), "/en/plans/", "/en/changes/", other.address("nl")]
    for address in addresses:
        front.get(address)

    say(plan, "Otherwise")

    assert front.store.names() == set()
    assert [front.get(address).how for address in addresses] == [MADE] * 4
    assert [front.get(address).how for address in addresses] == [HIT] * 4


@pytest.mark.django_db(transaction=True)
def test_an_act_stands_where_nobody_had_a_turn_to_tell_of_it_and_who_follows_tells(
    front, plan, monkeypatch
):
    address = plan.address("en")
    front.get(address)

    def busy() -> None:
        raise OperationalError("canceling statement due to lock timeout")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(changes, "one_at_a_time", busy)
        with transaction.atomic():
            signals.retold.send(sender=None, uuids=[plan.pk])
    assert [each.key for each in Untold.objects.all()] == [plan.pk.hex]
    assert front.get(address).how == HIT

    call_command("keep_pages")
    assert not Untold.objects.exists()
    assert front.get(address).how == MADE


@pytest.mark.django_db
def test_health_says_when_this_machine_does_not_follow_what_another_published(client, plan):
    own_store().drop(set(), age_of_site())
    assert client.get("/healthz/ready").status_code == 200

    last = Change.objects.order_by("-number").first()
    Change(number=last.number + 1, keys="log", shared=last.shared).save(force_insert=True)
    answer = client.get("/healthz/ready")
    assert (answer.status_code, b"do not follow the site" in answer.content) == (503, True)

    call_command("keep_pages")
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_a_mirror_is_looked_through_again_until_that_was_done_and_a_refused_one_ever_more_rarely(
    settings, monkeypatch, tmp_path
):
    clock, asked = [5.0], []
    answers = [OSError("away"), {}, {}, Refused("no"), Refused("no"), {}, {}, {}, {}]

    def keep_whole(_folder: Path, *, thorough: bool) -> dict:
        asked.append((clock[0], thorough))
        if isinstance(answer := answers[len(asked) - 1], Exception):
            raise answer
        return answer

    settings.PORTAL_MIRRORS = [str(tmp_path / "mirror")]
    monkeypatch.setattr(keep_pages, "keep_whole", keep_whole)
    monkeypatch.setattr(keep_pages.time, "monotonic", lambda: clock[0])
    command = keep_pages.Command()
    for clock[0] in (5, 6, 7, 3605, 3606, 3665, 3666, 3784, 3785, 3786, 7384, 7385):
        command._look_after()

    assert asked == [
        (5, True),  # and failed
        (6, True),
        (7, False),
        (3605, False),  # and was refused: a minute's pause
        (3665, True),  # and was refused again: two
        (3785, True),
        (3786, False),
        (7384, False),
        (7385, True),
    ]
