"""What the translator's screen saves, confirms and submits; nothing that was typed is lost."""

import pytest

from policies.models import Plan
from portal.languages.texts import column
from portal.publishing.drafts import newest
from portal.publishing.models import Release, Revision
from portal.publishing.reading import content_in
from portal.translation.models import Basis, How
from tests.publishing.desk import address
from tests.reading import read, words
from tests.translation.drafts import FIRST, due, seen, write
from tests.translation.screen import boxes, drafted, opened, screen, sent, states

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_the_boxes_are_those_of_one_language_and_nothing_else_is_taken(dutch, plan):
    data = opened(dutch, plan)
    other = {column("summary", "fr"): "Autre", "position": "77", "plan_kind": "subject"}
    before = content_in(newest(plan.pk))

    answer = sent(dutch, plan, data | other, summary="Nieuw.")

    assert answer.status_code == 302
    assert drafted(plan, "summary") == "Nieuw."
    assert content_in(newest(plan.pk)) == before | {column("summary", "nl"): "Nieuw."}
    assert len(opened(dutch, plan)) == 8


def test_a_box_that_was_not_sent_is_no_text_that_was_emptied(dutch, plan):
    title = drafted(plan, "title")

    dutch.post(screen(plan), {"seen": seen(plan), column("summary", "nl"): "Nieuw."})

    assert (drafted(plan, "title"), drafted(plan, "summary")) == (title, "Nieuw.")


def test_a_text_is_brought_up_to_date_and_submitted(dutch, plan, author):
    write(plan, author, summary={FIRST: "Said anew."})

    answer = sent(dutch, plan, opened(dutch, plan), summary="Anders.", do="submit")

    release = Release.objects.get()
    assert answer["Location"] == address(Release, "change", release.pk)
    assert "nl" not in due(plan)
    assert release.items.get().revision.number == 3
    others = dutch.get(answer["Location"]).content.decode()
    assert f'<a href="{screen(plan, "fr")}">French of “' in others


def test_a_record_in_review_leads_to_its_release(dutch, plan, author):
    write(plan, author, summary={FIRST: "Said anew."})
    data = opened(dutch, plan)
    first = sent(dutch, plan, data, do="submit")
    assert "Nothing was changed." not in dutch.get(first["Location"]).content.decode()

    answer = sent(dutch, plan, data, summary="Anders.", do="submit")

    assert answer["Location"] == address(Release, "change", Release.objects.get().pk)
    assert drafted(plan, "summary") == "Anders."


def test_what_cannot_be_submitted_is_said_and_kept(dutch, plan):
    answer = dutch.post(screen(plan), opened(dutch, plan) | {"do": "submit"}, follow=True)

    assert "Nothing to submit: the newest text is public already." in answer.content.decode()
    assert answer.request["PATH_INFO"] == screen(plan)


def test_ticked_texts_are_confirmed_or_all_of_them(dutch, plan, author):
    write(plan, author, summary={FIRST: "Said anew."}, title={FIRST: "Other"})

    sent(dutch, plan, opened(dutch, plan), valid=["summary"])
    assert due(plan)["nl"] == ("title",)
    sent(dutch, plan, opened(dutch, plan), do="confirm")
    assert "nl" not in due(plan)

    page = words(read(dutch, screen(plan)))
    assert page.count("Up to date: confirmed by dutch") == 2


def test_confirming_all_saves_what_was_typed_and_leaves_what_is_marked(dutch, plan, author):
    texts = {"summary": {FIRST: "Anew."}, "title": {FIRST: "Other"}, "body": {FIRST: "Else."}}
    write(plan, author, **texts)
    marks = {"unfinished": ["title"], "do": "confirm"}

    sent(dutch, plan, opened(dutch, plan), summary="Anders.", **marks)

    assert (due(plan)["nl"], drafted(plan, "summary")) == (("title",), "Anders.")
    assert [each.field for each in Basis.objects.filter(how=How.CONFIRMED)] == ["body"]


def test_unfinished_and_machine_made_texts_are_marked(dutch, plan, author):
    write(plan, author, summary={FIRST: "Anew."}, title={FIRST: "Other"})
    marks = {"unfinished": ["title"], "machine": ["summary"]}

    sent(dutch, plan, opened(dutch, plan), title="Half", summary="Machinaal.", **marks)

    found = states(dutch.get(screen(plan)))
    assert (found["title"], found["summary"]) == ("due", "machine")


def test_contradicting_marks_are_told_at_the_text(dutch, plan, author):
    write(plan, author, title={FIRST: "Other"})
    marks = {"unfinished": ["title"], "valid": ["title"]}

    answer = sent(dutch, plan, opened(dutch, plan), title="Half", **marks)

    form = answer.context["form"]
    assert list(form.errors) == [column("title", "nl")]
    assert boxes(answer)["title"] == "Half"
    assert due(plan)["nl"] == ("title",)


def test_what_cannot_be_stored_comes_back_with_all_that_was_typed(dutch, plan):
    answer = sent(dutch, plan, opened(dutch, plan), title="x" * 201, summary="Nieuw.")

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [column("title", "nl")]
    assert (boxes(answer)["title"], boxes(answer)["summary"]) == ("x" * 201, "Nieuw.")
    assert "data-unsaved" in answer.content.decode()
    assert Revision.objects.filter(record=plan.pk).count() == 1


@pytest.mark.parametrize("bad", ["a\x00b", "a\x0bb", "\ud800"])
def test_a_character_that_no_text_can_hold_is_refused(dutch, plan, bad):
    answer = sent(dutch, plan, opened(dutch, plan), summary=bad.encode("utf-8", "surrogatepass"))

    assert answer.status_code in (200, 302)
    assert bad not in drafted(plan, "summary")


def test_whoever_saves_second_sees_both_texts_and_decides(dutch, plan, author):
    data = opened(dutch, plan)
    write(plan, author, summary={"nl": "Van haar."}, title={"nl": "Haar titel"})

    answer = sent(dutch, plan, data, summary="Van mij.")

    (line,) = answer.context["overtaken"].passages
    assert (line.old, line.new) == ("Van haar.", "Van mij.")
    assert (boxes(answer)["summary"], boxes(answer)["title"]) == ("Van mij.", "Haar titel")
    assert drafted(plan, "summary") == "Van haar."
    again = {column(name, "nl"): text for name, text in boxes(answer).items()}
    sent(dutch, plan, again | {"seen": answer.context["form"]["seen"].value()})
    assert (drafted(plan, "summary"), drafted(plan, "title")) == ("Van mij.", "Haar titel")


def test_a_source_that_changed_meanwhile_leaves_the_text_to_do(dutch, plan, author):
    write(plan, author, summary={FIRST: "Second."})
    data = opened(dutch, plan)
    write(plan, author, summary={FIRST: "Third."})

    sent(dutch, plan, data, summary="Tweede.")

    answer = dutch.get(screen(plan))
    line = next(each for each in answer.context["sheet"].lines if each.name == "summary")
    assert (line.state.value, line.source.old, line.source.new) == ("due", "Second.", "Third.")


def test_what_was_typed_stands_in_the_form_though_the_page_was_withdrawn(dutch, plan):
    data = opened(dutch, plan)
    Plan.objects.filter(pk=plan.pk).update(state="withdrawn")

    answer = sent(dutch, plan, data, summary="Van mij.")

    assert boxes(answer)["summary"] == "Van mij."
    assert "can no longer be translated" in answer.content.decode()


@pytest.mark.parametrize("forged", ["", "0", "-1", "99", "x", "9" * 30])
def test_a_forged_beginning_writes_nothing(dutch, plan, forged):
    data = opened(dutch, plan) | {"seen": forged}

    answer = sent(dutch, plan, data, summary="Nieuw.")

    assert (answer.status_code, boxes(answer)["summary"]) == (200, "Nieuw.")
    assert Revision.objects.filter(record=plan.pk).count() == 1
