"""What publishing writes beside the row: a revision, a version, a line of the public log."""

import json
from datetime import UTC, datetime

import pytest
import rfc8785
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes, column, set_texts
from portal.publishing.canonical import canonical, digest
from portal.publishing.content import content_of, lay
from portal.publishing.history import log
from portal.publishing.models import START, Act, Entry, Revision, Version
from portal.publishing.publish import adopt, publish
from portal.publishing.reading import content_in
from portal.publishing.verify import faults_in_history, head_of_log
from portal.records.append_only import unguard_tables
from portal.records.once_public import unguard_once_public
from tests.factories import draft, published, unpublished

pytestmark = pytest.mark.django_db

NOTES = {code: f"Why {code}" for code in codes()}


def changed(plan: Plan, words: str, **how) -> Version:
    set_texts(plan, "summary", dict.fromkeys(codes(), words))
    publish([plan], by=None, notes=NOTES, **how)
    return Version.objects.get(record=plan.pk, number=plan.version)


def test_a_publication_is_a_revision_a_version_and_a_line_of_the_log(administrator):
    plan = draft(Plan)
    publish([plan], by=administrator, notes=NOTES)
    row, version = Plan.objects.get(), Version.objects.get()

    assert (version.number, version.published, version.major) == (1, row.changed, True)
    assert (row.version, version.previous) == (1, START)
    assert (version.revision.number, version.revision.author) == (1, administrator)
    assert (version.entry.act, version.entry.time) == (Act.PUBLICATION, row.changed)
    assert json.loads(version.entry.notes)["notes"] == NOTES


def test_a_revision_holds_the_whole_content_and_nothing_else():
    owner = published(Actor)
    plan = published(Plan, owners=[owner], drawn_up="2015-01", review_by="2027-01-01")
    content = content_in(Revision.objects.get(record=plan.pk))

    assert content == content_of(plan)
    assert content["owners"] == [str(owner.pk)]
    assert content["drawn_up"] == "2015-01"
    assert not {"state", "version", "changed", "uuid", "title", "review_by"} & content.keys()
    assert {column("title", code) for code in codes()} <= content.keys()


def test_the_same_content_never_has_the_same_digest_twice():
    """Else whoever guesses a removed sentence could confirm the guess."""
    plan = published(Plan)
    first = changed(plan, "One.")
    changed(plan, "Two.")
    third = changed(plan, "One.")

    assert content_in(first.revision) == content_in(third.revision)
    assert first.revision.digest != third.revision.digest


def test_versions_are_numbered_and_chained_and_the_log_is_one_chain():
    plan, actor = published(Plan), published(Actor)
    changed(plan, "Two.", act=Act.CORRECTION, major=False)
    first, second = Version.objects.filter(record=plan.pk)
    log = list(Entry.objects.order_by("number"))

    assert (second.number, second.previous, second.major) == (2, first.sha256, False)
    assert [(e.number, e.record, e.act) for e in log] == [
        (1, plan.pk, Act.PUBLICATION),
        (2, actor.pk, Act.PUBLICATION),
        (3, plan.pk, Act.CORRECTION),
    ]
    assert [e.previous for e in log] == [START, log[0].sha256, log[1].sha256]
    assert head_of_log() == log[2].sha256


def test_what_says_nothing_new_leaves_no_trace():
    plan = published(Plan)
    publish([plan], by=None, notes=NOTES)

    assert (Revision.objects.count(), Version.objects.count(), Entry.objects.count()) == (1, 1, 1)
    assert Plan.objects.get().version == 1


def test_laying_a_past_content_over_a_row_gives_the_record_as_it_was():
    owner = published(Actor)
    plan = published(Plan, owners=[owner], drawn_up="2015-01")
    before = content_of(plan)
    plan.proposed_sets = {"owners": []}
    plan.drawn_up = "2016"
    changed(plan, "Other.")

    again = lay(before, Plan.objects.get())

    assert content_of(again) == before
    assert content_of(Plan.objects.get()) != before


def test_what_was_public_before_versions_were_kept_gets_its_first():
    plan = published(Plan)
    old = unpublished(Actor)
    Actor.objects.filter(pk=old.pk).update(state="published")

    assert adopt() == [old]
    assert adopt() == []
    assert Actor.objects.get().version == 1
    assert Version.objects.get(record=old.pk).revision.author is None
    assert list(faults_in_history()) == []
    assert Plan.objects.get().version == plan.version == 1


# --- proof ------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.from_regex(r"[a-z_]+", fullmatch=True)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z_]+", fullmatch=True), inner)
    ),
)


@given(values)
def test_the_canonical_form_is_that_of_rfc_8785(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


def scene() -> str:
    """Two versions of a plan, one of an actor; returns the head that somebody keeps."""
    plan = published(Plan)
    published(Actor)
    changed(plan, "Second.")
    unguard_tables(connection)
    unguard_once_public(connection)
    return head_of_log()


def run(statement: str, *parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def cut_the_last_entry_off() -> None:
    run("DELETE FROM publishing_entry WHERE number = 3")


def cut_the_last_version_off_too() -> None:
    cut_the_last_entry_off()
    run("DELETE FROM publishing_version WHERE number = 2")
    run("DELETE FROM publishing_revision WHERE number = 2")
    plan = Plan.objects.get()
    lay(content_in(Revision.objects.get(record=plan.pk)), plan)
    Plan.objects.filter(pk=plan.pk).update(
        version=1, **{column("summary", c): getattr(plan, column("summary", c)) for c in codes()}
    )


def rebuild_the_chain() -> None:
    """Swap a text and compute every hash anew, as the owner of the database could."""
    swap_a_text(with_digest=True)
    before = {}
    for version in Version.objects.order_by("record", "number"):
        version.follow(before.get(version.record))
        before[version.record] = version
        version.save()
    last = None
    for entry in Entry.objects.order_by("number"):
        entry.follow(last)
        last = entry
        entry.save()


def swap_a_text(*, with_digest: bool = False) -> None:
    revision = Revision.objects.filter(version__number=2).get()
    revision.content = revision.content.replace("Second.", "Forged.")
    if with_digest:
        revision.digest = digest(revision.content)
    revision.save()
    names = [column("summary", code) for code in codes()]
    Plan.objects.update(**dict.fromkeys(names, "Forged."))


def change_a_note() -> None:
    entry = Entry.objects.get(number=3)
    run("UPDATE publishing_entry SET notes = %s WHERE number = 3", entry.notes.replace("Why", "No"))


def change_a_row() -> None:
    Plan.objects.update(**{column("summary", "en"): "Never published."})


def forge_a_withdrawn_text() -> None:
    Plan.objects.update(state="withdrawn", **{column("summary", "en"): "Forged."})


def withdraw_in_silence() -> None:
    Plan.objects.update(state="withdrawn")


def hide_a_row() -> None:
    Plan.objects.update(state="unpublished")


def delete_a_row() -> None:
    run("DELETE FROM policies_plan")


def renumber_a_version() -> None:
    run("UPDATE publishing_version SET number = 3 WHERE number = 2")


def date_an_entry_back() -> None:
    run("UPDATE publishing_entry SET time = %s WHERE number = 2", datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "tamper",
    [
        cut_the_last_entry_off,
        swap_a_text,
        change_a_note,
        change_a_row,
        forge_a_withdrawn_text,
        withdraw_in_silence,
        hide_a_row,
        delete_a_row,
        renumber_a_version,
        date_an_entry_back,
    ],
)
def test_tampering_is_found(tamper):
    scene()
    assert list(faults_in_history()) == []

    tamper()

    assert list(faults_in_history()) != []
    with pytest.raises(CommandError, match="does not prove itself"):
        call_command("verify_versions")


def test_a_head_that_is_no_hash_is_no_proof_and_that_of_an_empty_log_always_holds():
    published(Plan)

    assert len(list(faults_in_history(""))) == 1
    assert list(faults_in_history(START)) == []


@pytest.mark.parametrize("tamper", [cut_the_last_version_off_too, rebuild_the_chain])
def test_a_history_made_consistent_again_is_found_by_the_head_that_somebody_kept(tamper):
    head = scene()

    tamper()

    assert list(faults_in_history()) == []
    assert [fault.partition(":")[0] for fault in faults_in_history(head)] == [
        f"The log has no entry {head}"
    ]


def test_a_head_that_was_kept_is_found_however_much_followed(capsys):
    plan = published(Plan)
    head = head_of_log()
    changed(plan, "Second.")

    call_command("verify_versions", head=head)

    assert "2 revisions, 2 versions and 2 entries" in capsys.readouterr().out


def test_a_removed_content_leaves_the_chain_provable_once_the_log_tells_of_it():
    plan = published(Plan)
    changed(plan, "Second.")
    Revision.objects.filter(number=1).update(content="")
    Entry.objects.filter(number=1).update(notes="")
    assert len(list(faults_in_history())) == 2

    told = {"revisions": [1], "notes": [1]}
    log(Act.REMOVAL, [plan], NOTES, timezone.now(), removed=told)

    assert list(faults_in_history()) == []
