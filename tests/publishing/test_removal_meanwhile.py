"""What a law removes does not come back through somebody who had it before them."""

import pytest

from policies.models import Plan, Responsibility
from portal.languages.texts import codes
from portal.publishing import going_public, review
from portal.publishing.drafts import discard, newest, public, restore
from portal.publishing.models import Release, Revision
from portal.records.models import State
from tests.factories import published
from tests.publishing.desk import address, posted
from tests.publishing.removals import CANARY, CLEAN, remove, scene, tables_with
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    refusal,
    writer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_an_older_text_that_went_while_somebody_waited_is_not_taken_up(staff, administrator):
    plan = scene()
    older = Revision.objects.get(record=plan.pk, version__number=2)
    remove(plan, 2, notes=True, drafts=True)

    assert "removed by law" in refusal(restore, older, administrator)
    answer = staff.post(address(Plan, "restore", plan.pk, older.number), follow=True)
    assert "This text was removed by law." in answer.content.decode()
    assert tables_with(CANARY["en"]) == set()


def test_a_public_text_that_went_while_somebody_waited_does_not_come_back(administrator):
    plan = published(Plan, title=CANARY)
    live = public(plan.pk)
    remove(plan, notes=True)

    assert "removed by law" in refusal(restore, live, administrator)
    assert "removed by law" in refusal(discard, plan.pk, administrator)
    assert tables_with(CANARY["en"]) == set()


def test_a_draft_that_went_is_not_submitted():
    plan, one = published(Plan), writer()
    drafted(plan, one, summary=CANARY)
    remove(plan)

    assert "Nothing to submit" in refusal(review.submit, [plan.pk], one, NOTES)
    assert Release.objects.count() == 0
    assert newest(plan.pk).content == ""


def test_the_log_of_the_desk_forgets_long_names_too(staff):
    one, other = writer(), approver()
    fact = published(Responsibility)
    long = {code: f"{CANARY[code]} {'x' * 250}" for code in codes()}
    for texts in (long, CLEAN):
        drafted(fact, one, sentence=texts)
        release = review.submit([fact.pk], one, NOTES)
        approve_all(release, other)
        going_public.publish_release(release, one)
        staff.post(
            address(Responsibility, "change", fact.pk),
            posted(staff, fact, position=str(len(texts["en"]))),
        )
        discard(fact.pk, one)
    remove(fact, 2, notes=True, drafts=True)

    assert tables_with(CANARY["en"]) == set()


def test_a_removed_record_has_no_preview(staff):
    plan = published(Plan)
    remove(plan)
    assert Plan.objects.get().state == State.REMOVED

    form = staff.get(address(Plan, "change", plan.pk)).content.decode()

    assert "formaction" not in form
    for code in codes():
        where = f"/admin/preview/{code}/plan/{plan.pk}/"
        assert (staff.get(where).status_code, staff.post(where, {}).status_code) == (404, 404)
