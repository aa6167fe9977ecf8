"""A translator writes in one language, or says that it still holds; nobody's work is lost."""

import pytest
from django.core.exceptions import ValidationError

from portal.languages.texts import codes, in_language
from portal.publishing.drafts import with_draft
from portal.publishing.review import submit
from portal.publishing.standing import form_address
from portal.publishing.turns import Refused
from portal.translation.acts import Overtaken, confirm, translate
from portal.translation.models import Basis, How
from tests.publishing.review import person
from tests.translation.drafts import FIRST, OTHERS, due, go_public, machine_made, seen, stale, write

pytestmark = pytest.mark.django_db


def test_a_translated_text_follows_the_source_that_its_translator_had_open(
    plan, author, translator
):
    write(plan, author, summary={FIRST: "Second."})
    open_at = seen(plan)
    write(plan, author, summary={FIRST: "Third."})

    translate(plan.pk, "nl", {"summary": "Tweede."}, translator, seen=open_at)

    assert due(plan) == dict.fromkeys(OTHERS, ("summary",))
    assert in_language(with_draft(plan), "summary", FIRST) == "Third."
    write(plan, author, summary={FIRST: "Second."})
    assert "nl" not in due(plan)


def test_unfinished_work_is_kept_and_stays_due(plan, author, translator):
    write(plan, author, summary={FIRST: "Second."}, title={FIRST: "Other"})

    new = {"summary": "Half.", "title": "Ander"}
    translate(plan.pk, "nl", new, translator, seen=seen(plan), unfinished=["summary"])

    assert due(plan)["nl"] == ("summary",)
    assert in_language(with_draft(plan), "summary", "nl") == "Half."


def test_work_on_what_was_up_to_date_can_be_unfinished_too(plan, translator):
    translate(
        plan.pk, "nl", {"summary": "Half."}, translator, seen=seen(plan), unfinished=["summary"]
    )

    assert due(plan) == {"nl": ("summary",)}


def test_still_valid_clears_it_and_says_who_said_so(plan, author, translator):
    write(plan, author, summary={FIRST: "Said anew."}, title={FIRST: "Other"})
    go_public(plan, author)

    assert confirm(plan.pk, "nl", translator, seen=seen(plan), names=["summary"]) == 1
    assert stale(plan)["nl"] == ("title",)
    assert confirm(plan.pk, "nl", translator, seen=seen(plan)) == 1

    assert list(stale(plan)) == list(due(plan)) == ["fr"]
    said = Basis.objects.filter(how=How.CONFIRMED).order_by("field")
    assert [(each.field, each.by) for each in said] == [
        ("summary", translator),
        ("title", translator),
    ]


def test_only_the_competent_confirm(plan, author):
    write(plan, author, summary={FIRST: "Said anew."})
    for who in (author, person("another", translates="fr", approves="fr")):
        with pytest.raises(Refused, match="not competent in Dutch"):
            confirm(plan.pk, "nl", who, seen=seen(plan))
    assert set(due(plan)) == {*OTHERS}


def test_what_is_up_to_date_needs_no_confirmation(plan, translator):
    with pytest.raises(Refused, match="nothing to confirm"):
        confirm(plan.pk, "nl", translator, seen=seen(plan))


def test_a_machine_counts_for_nothing_until_a_person_has_confirmed(plan, author, translator):
    write(plan, author, summary={FIRST: "Said anew."})
    translate(
        plan.pk, "nl", {"summary": "Anders."}, translator, seen=seen(plan), machine=["summary"]
    )
    assert machine_made(plan) == {"nl": ("summary",)}
    confirm(plan.pk, "nl", translator, seen=seen(plan))
    assert machine_made(plan) == {}


def test_nobody_writes_over_what_somebody_else_wrote_meanwhile(plan, author, translator):
    open_at = seen(plan)
    write(plan, author, summary={"nl": "Van een ander."})

    with pytest.raises(Overtaken) as refused:
        translate(plan.pk, "nl", {"summary": "Van mij."}, translator, seen=open_at)

    assert [(p.old, p.new) for p in refused.value.passages] == [("Van een ander.", "Van mij.")]
    assert in_language(with_draft(plan), "summary", "nl") == "Van een ander."


def test_what_a_translator_left_alone_keeps_what_somebody_else_wrote(plan, author, translator):
    open_at = seen(plan)
    write(plan, author, summary={"nl": "Van een ander."})
    untouched = in_language(plan, "summary", "nl")

    translate(plan.pk, "nl", {"summary": untouched, "title": "Titel"}, translator, seen=open_at)

    draft = with_draft(plan)
    assert (in_language(draft, "summary", "nl"), in_language(draft, "title", "nl")) == (
        "Van een ander.",
        "Titel",
    )


def test_only_a_translator_of_the_language_writes_in_it_and_never_in_the_source(
    plan, author, translator
):
    with pytest.raises(Refused, match="does not translate into Dutch"):
        translate(plan.pk, "nl", {"title": "x"}, person("f", translates="fr"), seen=seen(plan))
    with pytest.raises(Refused, match="written first in English"):
        translate(plan.pk, FIRST, {"title": "x"}, author, seen=seen(plan))


def test_what_cannot_be_stored_is_refused(plan, translator):
    with pytest.raises(ValidationError):
        translate(plan.pk, "nl", {"title": "x" * 201}, translator, seen=seen(plan))
    assert in_language(with_draft(plan), "title", "nl") == in_language(plan, "title", "nl")


@pytest.mark.ignore_template_errors
def test_whoever_approves_a_release_sees_what_is_said_to_hold(client, plan, author, translator):
    write(plan, author, summary={FIRST: "Said anew."})
    confirm(plan.pk, "nl", translator, seen=seen(plan))
    release = submit([plan.pk], author, dict.fromkeys(codes(), "Why."))
    client.force_login(person("approver", approves="en"))

    said = client.get(form_address(release)).content.decode()

    assert "Summary (Nederlands): still valid, says translator" in said
    assert said.count("still valid, says") == 1
    assert "French of “" in said  # and what nobody has looked at stands in the way
