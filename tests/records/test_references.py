import pytest

from actors.models import Actor, Membership
from policies.models import Document, MeasurePackage, Plan
from portal.pages.models import Term
from portal.records.references import addresses_of, relations_of
from tests.factories import published, unpublished, withdrawn

pytestmark = pytest.mark.django_db


def test_relations_of_both_sides_come_in_one_query(django_assert_num_queries):
    actor = published(Actor)
    plan = published(Plan, owners=[actor])
    package = published(MeasurePackage, announced_by=actor)
    part = published(Actor, parent=actor)
    membership = published(Membership, organisation=actor)

    with django_assert_num_queries(1):
        found = relations_of(actor)
        assert {(name, record.pk, record.address("fr")) for name, record in found} == {
            ("plans", plan.pk, plan.address("fr")),
            ("packages", package.pk, package.address("fr")),
            ("parts", part.pk, part.address("fr")),
            ("memberships", membership.pk, membership.address("fr")),
        }


def test_the_sets_of_a_record_are_relations_too():
    actor = published(Actor)
    plan = published(Plan, owners=[actor])

    assert [(name, record.pk) for name, record in relations_of(plan)] == [("owners", actor.pk)]


def test_relations_leave_out_what_is_not_published():
    actor = published(Actor)
    shown = published(Actor, parent=actor)
    unpublished(Actor, parent=actor)
    withdrawn(Actor, parent=actor)

    assert [record.pk for _name, record in relations_of(actor)] == [shown.pk]


def test_a_reader_finds_records_of_any_kind_with_a_page_in_one_query(django_assert_num_queries):
    records = [published(Plan), published(Document), withdrawn(Plan)]

    with django_assert_num_queries(1):
        found = addresses_of([record.pk for record in records], "nl")

    assert found == {record.pk: record.address("nl") for record in records}


def test_a_record_without_a_page_is_found_where_it_is_shown_and_a_draft_nowhere():
    term, plan = published(Term), published(Plan)
    hidden = [unpublished(Plan), unpublished(Term)]

    found = addresses_of([each.pk for each in (term, plan, *hidden)], "fr")

    assert found == {term.pk: f"/fr/glossaire/#{term.anchor}", plan.pk: plan.address("fr")}


def test_asking_for_nothing_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert addresses_of([], "fr") == {}
