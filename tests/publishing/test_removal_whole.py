"""Removal by law of a whole record: an empty row stays, and nobody writes it any further."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError

from actors.models import Actor
from policies.models import Document, Edition, Measure, MeasurePackage, Plan
from portal.languages.texts import (
    codes,
    column,
    columns,
    set_texts,
    translated_names,
)
from portal.pages.models import Page
from portal.publishing import going_public, review, sharing
from portal.publishing.content import content_of
from portal.publishing.drafts import save_draft
from portal.publishing.faults import PublicationRefused
from portal.publishing.models import Act, Release, Stage
from portal.publishing.publish import publish
from portal.publishing.verify import faults_in_history, head_of_log
from portal.records.kinds import kinds
from portal.records.models import Address, State
from tests.factories import published
from tests.publishing.desk import address, posted
from tests.publishing.removals import (
    CANARY,
    CLEAN,
    remove,
    tables_with,
    told,
)
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    ready,
    said_otherwise,
    submitted,
    writer,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [kind for kind in kinds() if not kind.always_stands])
def test_a_whole_record_of_any_kind_is_nowhere_any_more(kind):
    texts = {name: CANARY for name in translated_names(kind) if name not in ("slug", "website")}
    record = published(kind, **texts, sources="Kanarie | https://kanarie.example | en")
    publish([record], by=None, notes=CANARY)
    set_texts(record, next(iter(texts), "none"), CLEAN)
    head = head_of_log()

    remove(record, notes=True)

    row = kind.objects.get(pk=record.pk)
    assert tables_with("kanarie") == set()
    assert list(faults_in_history(head)) == []
    assert (row.state, row.is_readable, str(row)) == (State.REMOVED, False, "(removed by law)")
    said = {name: value for name, value in content_of(row).items() if value}
    assert said.keys() <= {*columns("slug"), "status"}


def test_its_sets_are_emptied_and_those_of_others_stay():
    owner = published(Actor)
    plan = published(Plan, owners=[owner])
    other = published(Plan, coordinated_with=[plan])

    remove(plan)

    assert list(Plan.objects.get(pk=plan.pk).owners.all()) == []
    assert list(other.coordinated_with.all()) == [Plan.objects.get(pk=plan.pk)]
    assert list(faults_in_history()) == []


def test_a_release_that_waits_with_it_is_taken_back_and_its_preview_ends():
    plan, other, one = published(Plan), published(Actor), writer()
    for record in (plan, other):
        said_otherwise(record, one, "Kanarie")
    release = review.submit([plan.pk, other.pk], one, CANARY)
    token = sharing.share(release, one)
    approve_all(release, approver())

    remove(plan)

    release.refresh_from_db()
    assert (release.stage, release.approvals.count()) == (Stage.TAKEN_BACK, 0)
    assert sharing.shared(token) is None
    assert tables_with("kanarie") == {"publishing_revision"}  # the other draft, which stays
    assert review.submit([other.pk], one, NOTES)


def test_words_of_a_review_that_name_it_go_too():
    plan, other, one = published(Plan, title=CANARY), published(Plan), writer()
    release = submitted(said_otherwise(other, one), one)
    reason = f"plan “{CANARY['fr']}” is not published."
    Release.objects.update(stage=Stage.FAILED, failure=reason)
    kind = ContentType.objects.get_for_model(Edition)
    LogEntry.objects.create(
        user=one,
        content_type=kind,
        object_id="1",
        object_repr=f"{CANARY['nl']} (Nederlands)",
        action_flag=CHANGE,
    )

    remove(plan)

    release.refresh_from_db()
    assert (release.stage, release.failure) == (Stage.FAILED, "")
    assert tables_with("kanarie") == set()


def test_an_urgent_text_that_nobody_checked_is_no_longer_waited_for():
    plan, one = published(Plan), writer()
    said_otherwise(plan, one)
    release = submitted(plan, one)
    going_public.publish_urgently(release, one, "Kanarie")

    remove(plan)

    release.refresh_from_db()
    assert not release.is_unreviewed
    assert tables_with("kanarie") == set()


def test_nobody_writes_it_any_further(staff):
    plan = published(Plan)
    data = posted(staff, plan, **{column("title", "en"): "Kanarie"})
    remove(plan)

    assert staff.post(address(Plan, "change", plan.pk), data).status_code == 403
    with pytest.raises(PermissionDenied):
        save_draft(plan, writer())
    with pytest.raises(PublicationRefused, match="removed by law"):
        publish([plan], by=None, notes=NOTES, act=Act.RESTORATION)
    with pytest.raises(PublicationRefused, match="removed by law"):
        published(Plan, coordinated_with=[Plan.objects.get(pk=plan.pk)])
    with pytest.raises(ProtectedError):
        plan.delete()
    assert tables_with("kanarie") == set()


@pytest.mark.ignore_template_errors
def test_the_desk_still_shows_what_is_left_of_it(staff):
    plan, one = published(Plan, title=CANARY), writer()
    release = ready(plan, one, approver())
    remove(plan)

    for shown in (
        address(Plan, "changelist"),
        address(Plan, "change", plan.pk),
        address(Release, "change", release.pk),
        "/admin/",
    ):
        answer = staff.get(shown)
        assert answer.status_code == 200, shown
        assert "Kanarie" not in answer.content.decode(), shown


def test_its_addresses_belong_to_it_for_ever():
    plan = published(Plan)
    ledger = list(Address.objects.values_list())

    remove(plan)

    assert list(Address.objects.values_list()) == ledger
    with pytest.raises(PublicationRefused, match="Another page has this address"):
        published(Plan, slug={code: plan.slug_in(code) for code in codes()})


def test_another_may_take_its_place_among_the_facts():
    """Else what is unique in the database could never be published again."""
    document, package = published(Document), published(MeasurePackage)
    edition = published(Edition, document=document, language="nl")
    measure = published(Measure, package=package, number=1)

    remove(edition)
    remove(measure)

    assert published(Edition, document=document, language="nl")
    assert published(Measure, package=package, number=1)


def test_a_page_of_the_site_is_corrected_and_not_removed_whole():
    told("Publish a corrected version", published(Page, place="contact"))
