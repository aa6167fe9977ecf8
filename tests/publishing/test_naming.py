"""The desk names records that are not public too, and many of them at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes, column
from portal.pages.models import Term
from portal.publishing import review
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.models import Release
from portal.publishing.naming import named
from portal.publishing.standing import Standing
from tests.factories import published, unpublished
from tests.publishing.desk import address
from tests.publishing.review import (
    NOTES,
    approve_all,
    approver,
    drafted,
    said_otherwise,
    submitted,
    writer,
)
from tests.reading import read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_a_list_says_what_is_public_and_whose_draft_waits_since_when(staff):
    plan, quiet = published(Plan), published(Plan)
    said_otherwise(plan, writer())
    day = date_format(localtime(newest(plan.pk).saved), "SHORT_DATE_FORMAT")

    said = words(read(staff, address(Plan, "changelist")))

    assert f"public, version 1 + draft (writer, {day})" in said
    assert said.count("+ draft") == 1
    assert quiet.version == 1


def test_what_a_draft_points_at_is_named_although_it_is_not_public(staff):
    plan, hidden, one = published(Plan), unpublished(Actor), writer()
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    draft.proposed_sets = {"owners": [hidden]}
    save_draft(draft, one)
    release = submitted(plan, one)

    (line,) = Standing(release).items[0].lines

    assert line.new == str(hidden)
    assert str(hidden) in words(read(staff, address(Plan, "step", plan.pk, 2)))


def test_releases_are_named_together_whether_their_records_have_a_page_or_not():
    plan, term, one = published(Plan), published(Term), writer()
    said_otherwise(plan, one)
    drafted(term, one, meaning={code: f"Means more {code}" for code in codes()})
    release = review.submit([plan.pk, term.pk], one, NOTES)

    assert [each.name for each in named([release])] == [f"{plan}, {term}"]
    assert str(Release.objects.get()) == f"{plan}, {term}"


def test_the_list_of_releases_costs_the_same_for_1_and_for_12(staff):
    one, counts = writer(), []
    for times in (1, 11):
        for _ in range(times):
            said_otherwise(plan := published(Plan), one)
            submitted(plan, one)
        with CaptureQueriesContext(connection) as queries:
            staff.get(reverse("admin:publishing_release_changelist"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_every_fault_leads_to_its_field(client):
    plan, taken, one = published(Plan), published(Plan), writer()
    drafted(plan, one, slug={"nl": taken.slug_in("nl")})
    release = submitted(plan, one)
    approve_all(release, approver())
    client.force_login(one)

    answer = client.post(
        reverse("admin:publishing_release_change", args=[release.pk]), {"do": "publish"}
    )

    field = f"#id_{column('slug', 'nl')}"
    assert address(Plan, "change", plan.pk) + field in answer.content.decode()
    assert "Address (Nederlands)" in answer.content.decode()
