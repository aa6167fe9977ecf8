"""The founding content: read from files, refused whole or published whole, never overwritten."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actors.models import Actor
from policies.models import Plan
from portal.content import files
from portal.content.loading import ContentRefused, load
from portal.languages.texts import column, in_language, set_texts
from portal.publishing.publish import publish
from portal.records.models import State
from tests.content.example import ACTOR, PLAN, edit, write, write_example
from tests.publishing.review import writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path) -> Path:
    return write_example(tmp_path)


def faults(root: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(ContentRefused) as refused:
        load(root)
    assert (Plan.objects.count(), Actor.objects.count()) == (0, 0)
    return [(fault.path.stem, fault.line, fault.key) for fault in refused.value.faults]


def test_files_become_published_records_with_their_references(root):
    outcome = load(root)

    plan = Plan.objects.published().get()
    assert len(outcome.published) == 2
    assert [str(owner) for owner in plan.owners.all()] == ["National Security Council"]
    assert plan.drawn_up == "2005"
    assert in_language(plan, "summary", "en") == "One sentence. Another one.\n\n- first\n- second"


def test_loading_twice_changes_nothing(root):
    load(root)
    before = list(Plan.objects.values()) + list(Actor.objects.values())

    outcome = load(root)

    assert (outcome.published, len(outcome.same), outcome.different) == ([], 2, [])
    assert list(Plan.objects.values()) + list(Actor.objects.values()) == before


def test_a_record_that_a_person_edited_is_left_alone_and_reported(root):
    load(root)
    plan = Plan.objects.get()
    set_texts(plan, "summary", {"fr": "Une autre phrase."})
    publish([plan], by=writer(), notes={})

    outcome = load(root)

    assert [each.columns for each in outcome.left_alone] == [[column("summary", "fr")]]
    assert in_language(Plan.objects.get(), "summary", "fr") == "Une autre phrase."


def test_a_withdrawn_record_is_not_published_again(root):
    load(root)
    Plan.objects.update(state=State.WITHDRAWN)

    assert load(root).published == []
    assert Plan.objects.get().state == State.WITHDRAWN


def test_a_check_writes_nothing(root):
    outcome = load(root, check=True)

    assert (len(outcome.published), Plan.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        pytest.param(
            "plan/plan-r",
            'drawn_up = "2005"',
            'drawn_up = "early"',
            ("plan-r", 3, "drawn_up"),
            id="date",
        ),
        pytest.param("plan/plan-r", "owners", "owner", ("plan-r", 4, "owner"), id="unknown-key"),
        pytest.param(
            "plan/plan-r",
            "actor/council",
            "actor/nobody",
            ("plan-r", 4, "owners"),
            id="unknown-reference",
        ),
        pytest.param(
            "plan/plan-r",
            'fr = "Une phrase."',
            'de = "Ein Satz."',
            ("plan-r", 24, "summary.de"),
            id="unknown-language",
        ),
        pytest.param(
            "plan/plan-r",
            'nl = "Een zin."',
            "",
            ("plan-r", 16, "summary.nl"),
            id="missing-language",
        ),
        pytest.param(
            "plan/plan-r",
            '"0b3a1f0e-2222',
            '"0b3a1f0e-1111',
            ("plan-r", 1, "uuid"),
            id="uuid-used-twice",
        ),
        pytest.param(
            "plan/plan-r", "national", "imaginary", ("plan-r", 2, "plan_kind"), id="choice"
        ),
        pytest.param("actor/council", "Royal", "| Royal", ("council", 5, "sources"), id="source"),
        pytest.param("actor/council", "[title]", "[title", ("council", 7, ""), id="not-toml"),
        pytest.param(
            "actor/council",
            "nationale-veiligheidsraad",
            "with spaces",
            ("council", 15, "slug.nl"),
            id="slug",
        ),
    ],
)
def test_a_fault_is_told_with_file_line_and_key_and_nothing_is_loaded(root, name, old, new, fault):
    edit(root, name, old, new)

    assert fault in faults(root)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('owners = ["actor/council"]', 'owners = [["x"]]', ("plan-r", 4, "owners")),
        ('owners = ["actor/council"]', 'owners = "actor/council"', ("plan-r", 4, "owners")),
        ('owners = ["actor/council"]', "succeeded_by = 7", ("plan-r", 4, "succeeded_by")),
        ('drawn_up = "2005"', "review_by = 2026", ("plan-r", 3, "review_by")),
        ('drawn_up = "2005"', "sources = [2015]", ("plan-r", 3, "sources")),
        ('drawn_up = "2005"', 'sources = ["a\\u0000b"]', ("plan-r", 3, "sources")),
        ('fr = "Une phrase."', 'fr = "Une\\u0000phrase."', ("plan-r", 24, "summary.fr")),
        ('fr = "Une phrase."', "fr = 7", ("plan-r", 24, "summary.fr")),
    ],
)
def test_a_value_of_the_wrong_kind_is_a_fault_like_any_other(root, old, new, fault):
    edit(root, "plan/plan-r", old, new)

    assert fault in faults(root)


def test_a_new_file_waits_for_approval_where_something_is_public_already(root):
    load(root)
    newcomer = PLAN.replace("2222", "3333").replace('"plan-r"', '"plan-s"')
    newcomer = newcomer.replace(
        "[title]", 'replaced = "2021"\nsucceeded_by = "plan/plan-r"\n\n[title]', 1
    )
    write(root, "plan/plan-s", newcomer)

    outcome = load(root)

    assert (outcome.published, Plan.objects.count()) == ([], 1)
    assert [each.columns for each in outcome.to_propose] == [[]]


def test_a_changed_file_changes_nothing_public(root):
    load(root)
    before = list(Plan.objects.values())
    edit(root, "plan/plan-r", "Une phrase.", "Deux phrases.")

    outcome = load(root)

    assert list(Plan.objects.values()) == before
    assert [each.columns for each in outcome.to_propose] == [[column("summary", "fr")]]


def test_a_first_load_that_was_refused_is_completed_by_the_next(root):
    edit(root, "plan/plan-r", "national", "imaginary")
    assert len(faults(root)) == 1
    edit(root, "plan/plan-r", "imaginary", "national")

    assert len(load(root).published) == 2


def test_a_reference_to_another_kind_is_a_fault(root):
    edit(root, "plan/plan-r", "owners", "objectives")

    assert ("plan-r", 4, "objectives") in faults(root)


@pytest.mark.parametrize("position", ["1.5", "true", "inf", "2026-11-24", '"7"'])
def test_a_number_is_a_whole_number(root, position):
    edit(root, "plan/plan-r", 'drawn_up = "2005"', f"position = {position}")

    assert ("plan-r", 3, "position") in faults(root)


def test_what_publishing_would_refuse_is_told_beside_what_reading_found(root):
    edit(root, "plan/plan-r", 'drawn_up = "2005"', 'drawn_up = "early"')
    edit(root, "plan/plan-r", "national", "imaginary")
    edit(root, "actor/council", "nationale-veiligheidsraad", "with spaces")

    assert faults(root) == [
        ("council", 15, "slug.nl"),
        ("plan-r", 2, "plan_kind"),
        ("plan-r", 3, "drawn_up"),
    ]


def test_a_faulty_file_of_a_record_already_held_is_told_too(root):
    load(root)
    edit(root, "plan/plan-r", "national", "imaginary")

    with pytest.raises(ContentRefused) as refused:
        load(root)
    assert [(fault.line, fault.key) for fault in refused.value.faults] == [(2, "plan_kind")]


def test_a_faulty_edited_file_keeps_a_new_one_out_too(root):
    load(root)
    edit(root, "plan/plan-r", "national", "imaginary")
    newcomer = ACTOR.replace("1111", "4444").replace("ational-", "ational-new-")
    newcomer = newcomer.replace("conseil-", "conseil-new-").replace("nationale-", "nationale-new-")
    (root / "actor" / "newcomer.toml").write_text(newcomer, "utf-8")

    with pytest.raises(ContentRefused) as refused:
        load(root)

    assert [fault.key for fault in refused.value.faults] == ["plan_kind"]
    assert Actor.objects.count() == 1


def test_every_fault_of_every_file_is_told_at_once(root):
    edit(root, "plan/plan-r", "owners", "owner")
    edit(root, "plan/plan-r", 'drawn_up = "2005"', 'drawn_up = "2005-13"')
    edit(root, "actor/council", 'level = "federal"', "level = 3\nlevels = 4")

    assert [key for _file, _line, key in faults(root)] == [
        "level",
        "levels",
        "drawn_up",
        "owner",
    ]


def test_a_file_that_is_not_utf_8_is_named(root):
    (root / "plan" / "plan-r.toml").write_bytes(b"\xff\xfe")

    assert ("plan-r", 1, "") in faults(root)


def test_the_command_counts_what_it_did_and_check_fails_on_a_difference(root, monkeypatch):
    monkeypatch.setattr("portal.content.loading.FRAMEWORK", root)
    said = StringIO()

    call_command("load_framework", stdout=said)
    assert "2 records published, 0 as in their files, 0 edited since" in said.getvalue()

    Plan.objects.update(position=7)
    call_command("load_framework", stdout=said)
    assert "1 records differ from what is public: propose them" in said.getvalue()
    assert "position" not in said.getvalue()
    with pytest.raises(CommandError):
        call_command("load_framework", "--check", stdout=said)
    assert "position" in said.getvalue()


def test_paragraphs_are_joined_and_list_items_kept():
    assert files.unwrap("One.\nTwo.\n\n- a\n  goes on\n- b\n") == "One. Two.\n\n- a goes on\n- b"


def test_what_a_law_removed_does_not_come_back_from_its_file(root, monkeypatch, capsys):
    load(root)
    plan = Plan.objects.get()
    call_command("remove_by_law", str(plan.pk), yes=True)
    before = Plan.objects.values().get()

    outcome = load(root)

    assert (outcome.published, [each.record for each in outcome.removed]) == ([], [plan])
    assert outcome.to_propose == []
    assert Plan.objects.values().get() == before
    monkeypatch.setattr("portal.content.loading.FRAMEWORK", root)
    call_command("load_framework")
    assert f"Removed by law, delete its file: plan {plan.pk}" in capsys.readouterr().out
    with pytest.raises(CommandError, match="differ from their files"):
        call_command("load_framework", check=True)
