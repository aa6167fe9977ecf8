"""What changed in the content files is proposed, approved and published like anything else."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actors.models import Actor
from policies.models import Measure, Plan
from portal.content.loading import ContentRefused, load
from portal.content.proposing import propose
from portal.languages.texts import codes, column, in_language
from portal.publishing import going_public, review
from portal.publishing.drafts import draft_of, newest
from portal.publishing.models import Release, Revision, Version
from portal.publishing.standing import Standing
from portal.publishing.verify import faults_in_history
from portal.records.kinds import kinds
from portal.records.models import State
from tests.content.example import (
    AGENCY,
    MEASURE,
    PACKAGE,
    PLAN,
    correct,
    edit,
    published,
    write,
    write_example,
    written,
)
from tests.publishing.review import (
    approve_all,
    approver,
    parts,
    person,
    said_otherwise,
    writer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """Files that are public as they are."""
    load(write_example(tmp_path))
    monkeypatch.setattr("portal.content.loading.FRAMEWORK", tmp_path)
    return tmp_path


def everything_public() -> list:
    rows = [list(kind.objects.readable().order_by("pk").values()) for kind in kinds()]
    return [*rows, list(Version.objects.values_list("sha256", flat=True))]


def said(*options: str) -> str:
    out = StringIO()
    call_command("load_framework", *options, stdout=out)
    return out.getvalue()


def refused(*options: str) -> str:
    with pytest.raises(CommandError) as error:
        call_command("load_framework", *options, stdout=StringIO())
    return str(error.value)


def test_a_changed_file_becomes_a_release_and_nothing_public_changes(root):
    one, before = writer(), everything_public()
    correct(root)

    outcome, release = propose(one, root)

    assert everything_public() == before
    assert [each.columns for each in outcome.to_propose] == [[column("summary", "fr")]]
    assert [(i.record_uuid, i.revision) for i in release.items.all()] == [
        (Plan.objects.get().pk, newest(Plan.objects.get().pk))
    ]
    assert (release.submitted_by, list(release.note_writers.all())) == (one, [one])
    assert [code for code in codes() if not in_language(release, "note", code)] == []
    assert parts(release) == {"fr": False}


def test_whoever_proposes_has_written_it_and_somebody_else_approves(root):
    one, other = person("one", writes=True, approves=" ".join(codes())), approver()
    correct(root)
    _outcome, release = propose(one, root)

    with pytest.raises(review.Refused):
        approve_all(release, one)
    published(release, other)

    plan = Plan.objects.published().get()
    assert in_language(plan, "summary", "fr") == "Deux phrases."
    assert (plan.version, list(faults_in_history())) == (2, [])
    assert load(root).different == []


def test_new_records_that_name_each_other_become_public_and_related_together(root):
    write(root, "measure/measure", MEASURE)
    write(root, "measure-package/package", PACKAGE)
    write(root, "actor/agency", AGENCY)

    outcome, release = propose(writer(), root)
    assert (len(outcome.to_propose), Measure.objects.published().count()) == (3, 0)
    one, other = person("fr", approves="fr nl"), approver()
    for part in Standing(release).parts:
        review.approve(
            release, one if part.name == "fr" else other, part.item.record_uuid, part.name
        )
    going_public.publish_release(release, other)

    measure = Measure.objects.published().get()
    agency = Actor.objects.published().get(pk=measure.led_to_actors.get().pk)
    assert str(agency) == "Agency"
    assert measure.package.announced_by == agency
    assert measure.package.state == State.PUBLISHED
    assert (load(root).different, list(faults_in_history())) == ([], [])


def test_a_file_that_changes_again_after_its_release_can_be_proposed_again(root):
    one, other = writer(), approver()
    correct(root)
    published(propose(one, root)[1], other)
    correct(root, "Deux phrases.", "Trois phrases.")

    published(propose(one, root)[1], other)

    assert in_language(Plan.objects.get(), "summary", "fr") == "Trois phrases."


def test_proposing_again_while_the_release_is_open_writes_nothing(root):
    one = writer()
    correct(root)
    _outcome, release = propose(one, root)
    before = written()

    outcome, second = propose(one, root)

    assert (written(), second, outcome.to_propose, outcome.left_alone) == (before, None, [], [])
    assert [each.waits_in for each in outcome.waiting] == [release]


def test_a_release_that_was_taken_back_is_proposed_again_with_the_same_drafts(root):
    one = writer()
    correct(root)
    _outcome, release = propose(one, root)
    review.take_back(release, one)
    kept = Revision.objects.count()

    _outcome, second = propose(one, root)

    assert Revision.objects.count() == kept
    assert second.items.get().revision == release.items.get().revision


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('fr = "Une phrase."', 'de = "Ein Satz."', "summary.de"),
        ("national", "imaginary", "plan_kind"),
        ('fr = "Une phrase."', "", "summary.fr"),
    ],
)
def test_a_faulty_file_is_told_with_its_key_and_nothing_is_proposed(root, old, new, key):
    correct(root, old, new)
    before = written()

    with pytest.raises(ContentRefused) as found:
        propose(writer(), root)

    assert key in [fault.key for fault in found.value.faults]
    assert written() == before


def test_two_new_files_with_one_address_are_told_before_anybody_reviews_them(root):
    for number, name in (("6666", "one"), ("7777", "two")):
        content = PLAN.replace("2222", number).replace("plan-r", "plan-t")
        write(root, f"plan/{name}", content)
    before = written()

    with pytest.raises(ContentRefused) as found:
        propose(writer(), root)

    assert {fault.path.stem for fault in found.value.faults} >= {"two"}
    assert written() == before


def test_nothing_is_proposed_in_a_new_database(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.content.loading.FRAMEWORK", write_example(tmp_path))
    writer()

    assert refused("--propose", "writer").startswith("Nothing is public yet.")
    assert written() == (0, 0, 0)


def test_the_command_says_where_the_release_is_and_what_it_left_alone(root):
    one = writer()
    said_otherwise(Actor.objects.get(), one)
    edit(root, "actor/council", "Een raad.", "De raad.")
    correct(root)

    words = said("--propose", "writer")

    release = Release.objects.get()
    assert words.splitlines() == [
        "Left alone: actor National Security Council "
        f"({column('summary', 'nl')}): it has a newer draft; publish or discard that.",
        f"Release {release.pk} is in review: /admin/publishing/release/{release.pk}/change/",
        "1 records proposed, 0 unchanged, 0 in review already, 1 left alone.",
    ]
    assert "0 records proposed, 0 unchanged, 1 in review already" in said("--propose", "writer")
    assert "1 records are in review, as in their files." in said()


def test_a_check_says_what_would_be_proposed_and_writes_nothing(root):
    writer()
    correct(root)
    before = written()

    words = said("--check", "--propose", "writer")

    assert words.splitlines() == [
        f"Would be proposed: plan Plan ({column('summary', 'fr')}).",
        "1 records would be proposed, 1 unchanged, 0 in review already, 0 left alone.",
    ]
    assert written() == before


def test_the_command_fails_when_nothing_of_what_differs_could_be_proposed(root):
    said_otherwise(Plan.objects.get(), writer())
    correct(root)

    assert refused("--propose", "writer") == "Nothing could be proposed."


def test_proposing_what_is_public_already_is_no_failure(root):
    writer()

    assert said("--propose", "writer") == (
        "0 records proposed, 2 unchanged, 0 in review already, 0 left alone.\n"
    )
    assert draft_of(Plan.objects.get().pk) is None


def test_only_an_account_that_sets_facts_proposes(root):
    person("translator", translates="fr")
    person("gone", writes=True, is_active=False)
    correct(root)

    assert refused("--propose", "nobody") == (
        "There is no active account “nobody”. Name one that writes."
    )
    assert refused("--propose", "gone") == (
        "There is no active account “gone”. Name one that writes."
    )
    assert refused("--propose", "translator") == (
        "The account “translator” may not set facts. Name one that writes."
    )
    assert Release.objects.count() == 0
