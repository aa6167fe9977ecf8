"""Removal by law told, proved and confirmed; and the files that go with it."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from actors.models import Actor
from policies.models import Edition, Plan
from portal.languages.texts import (
    codes,
    in_every_language,
)
from portal.pages.models import Term
from portal.publishing.drafts import save_draft
from portal.publishing.history import log
from portal.publishing.models import Act, Entry, Revision
from portal.publishing.publish import publish
from portal.publishing.removal import REASON
from portal.publishing.verify import faults_in_history
from portal.records.models import State
from tests.factories import draft, published, unpublished
from tests.past import twice
from tests.publishing.removals import (
    CLEAN,
    remove,
    scene,
    told,
)
from tests.publishing.review import (
    NOTES,
    person,
)

pytestmark = pytest.mark.django_db

# --- files ------------------------------------------------------------------------------------


def pdf(name: str) -> ContentFile:
    return ContentFile(f"%PDF-1.7 {name}".encode(), name=name)


def stored(edition: Edition) -> set[str]:
    return set(default_storage.listdir(str(edition.pk))[1])


def edition_with_two_files() -> Edition:
    edition = published(Edition, file=pdf("bad.pdf"))
    edition.file = pdf("good.pdf")
    publish([edition], by=None, notes=NOTES)
    return edition


def test_the_file_of_an_older_version_goes_and_the_present_one_stays(capsys):
    edition = edition_with_two_files()
    assert stored(edition) == {"bad.pdf", "good.pdf"}

    remove(edition, 1)

    assert stored(edition) == {"good.pdf"}
    assert "1 files deleted" in capsys.readouterr().out
    assert list(faults_in_history()) == []


def test_a_file_that_both_versions_have_stays():
    edition = published(Edition, file=pdf("same.pdf"))
    edition.pages = 7
    publish([edition], by=None, notes=NOTES)

    remove(edition, 1)

    assert stored(edition) == {"same.pdf"}


def test_of_a_whole_edition_every_file_goes_also_one_that_was_never_saved(capsys):
    edition = edition_with_two_files()
    default_storage.save(f"{edition.pk}/stray.pdf", pdf("stray.pdf"))

    remove(edition)

    assert stored(edition) == set()
    assert "3 files deleted" in capsys.readouterr().out


# --- what the log tells, and what the proof demands -------------------------------------------


def test_the_log_tells_of_it_with_a_calm_sentence_in_every_language():
    plan = scene()

    remove(plan, 2, notes=True)

    entry = Entry.objects.first()
    told = json.loads(entry.notes)
    numbers = [revision.number for revision in Revision.objects.filter(content="")]
    assert (entry.act, entry.record, entry.version) == (Act.REMOVAL, plan.pk, None)
    assert told["notes"] == in_every_language(REASON)
    assert told["removed"] == {"revisions": numbers, "notes": [2]}


def test_or_with_the_note_that_was_given():
    plan = scene()

    remove(plan, 2, note=[f"{code}=Judgment of 1 May, {code}" for code in codes()])

    said = json.loads(Entry.objects.first().notes)["notes"]
    assert said == {code: f"Judgment of 1 May, {code}" for code in codes()}


@pytest.mark.parametrize("note", [["en=One."], ["xx=One."], ["One."], ["en="]])
def test_a_note_is_given_in_every_language_or_in_none(note):
    told("once in every language", scene(), 2, note=note)


def empty_in_silence(plan: Plan) -> None:
    Revision.objects.filter(record=plan.pk, version__number=1).update(content="")


def empty_a_note_in_silence(plan: Plan) -> None:
    Entry.objects.filter(number=1).update(notes="")


def publish_it_again(plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=State.PUBLISHED, source_language="en")


def hide_another(plan: Plan) -> None:
    actor = published(Actor)
    Actor.objects.filter(pk=actor.pk).update(state=State.REMOVED)


def empty_what_the_log_says(plan: Plan) -> None:
    Entry.objects.filter(act=Act.REMOVAL).update(notes="")


@pytest.mark.parametrize(
    "tamper",
    [empty_in_silence, empty_a_note_in_silence, hide_another, empty_what_the_log_says],
)
def test_what_is_emptied_without_being_told_is_found(tamper):
    plan = scene()
    remove(plan, 2, notes=True)
    assert list(faults_in_history()) == []

    tamper(plan)

    assert list(faults_in_history()) != []


def test_a_removed_row_that_was_made_public_again_is_found():
    term = published(Term)
    remove(term)

    Term.objects.update(state=State.WITHDRAWN)

    assert ["was removed" in fault for fault in faults_in_history()] == [True]


def test_a_removal_that_the_log_tells_of_excuses_no_other():
    plan, other = published(Plan), published(Actor)
    twice(plan)
    twice(Plan.objects.get(), summary=CLEAN)
    log(Act.REMOVAL, [plan], NOTES, timezone.now(), removed={"revisions": [1], "notes": [1]})
    Revision.objects.filter(record__in=[plan.pk, other.pk]).exclude(number=3).update(content="")
    Entry.objects.filter(number__in=[1, 3]).update(notes="")

    assert sorted(fault.partition(":")[0] for fault in faults_in_history()) == [
        f"Entry 3 publication {plan.pk}",
        f"Revision actor {other.pk} r1",
        f"Revision plan {plan.pk} r2",
        f"actor “{other}” ({other.pk})",
    ]


def test_a_text_that_came_back_after_its_removal_is_found():
    plan = published(Plan)
    twice(plan)
    log(Act.REMOVAL, [plan], NOTES, timezone.now(), removed={"revisions": [1], "notes": []})

    assert [fault.partition(": ")[2] for fault in faults_in_history()] == [
        "it is there, though the log says that it was removed."
    ]


# --- the command ------------------------------------------------------------------------------


def test_what_does_not_exist_was_never_public_or_is_gone_is_refused_with_a_sentence():
    plan = scene()
    told("No record has the identity", Plan())
    told("No record has the identity", unpublished(Plan))
    secret = draft(Plan)
    save_draft(secret, person("third", writes=True))
    told("was never public", secret)
    told("It has no version 4, 9. Its versions are 1 to 3", plan, 2, 4, 9)
    remove(plan, 2)
    told("removed already", plan, 2)
    remove(plan, 2, notes=True)
    told("removed already", plan, 2, notes=True)
    remove(plan)
    told("removed already", plan)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_identity_is_typed_to_confirm(monkeypatch, capsys):
    plan = scene()
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    with pytest.raises(CommandError, match="Nothing was removed"):
        call_command("remove_by_law", str(plan.pk), versions=[2])
    assert "4 revisions and 0 notes are emptied for ever" in capsys.readouterr().out
    assert Revision.objects.filter(content="").count() == 0

    monkeypatch.setattr("sys.stdin", Terminal(f"{plan.pk}\n"))
    call_command("remove_by_law", str(plan.pk), versions=[2])

    assert "Backups made before" in capsys.readouterr().out
    assert Revision.objects.filter(content="").count() == 4


def test_where_nobody_can_confirm_it_nothing_is_removed(monkeypatch):
    plan = scene()
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(CommandError, match="Say --yes"):
        call_command("remove_by_law", str(plan.pk), versions=[2])

    assert Revision.objects.filter(content="").count() == 0
