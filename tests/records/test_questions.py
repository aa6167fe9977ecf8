"""A question that was written once says of each what its queryset says, in every respect."""

import pytest
from django.utils import translation

from actors.models import Actor
from policies.models import Document, Edition, Plan, Responsibility
from portal.languages.texts import codes
from portal.records.kinds import kinds
from portal.records.reads import noting
from portal.records.references import published_in
from tests.factories import published, unpublished

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans() -> list[Plan]:
    plans = [published(Plan), published(Plan)]
    for plan in plans:
        published(Responsibility, actor=published(Actor), plan=plan)
        unpublished(Responsibility, actor=published(Actor), plan=plan)
        published(Edition, document=published(Document, plans=[plan]))
        published(Document)
    return plans


@pytest.mark.parametrize("name", ["responsibilities", "documents"])
def test_it_finds_and_notes_what_the_queryset_would(plans, name):
    for plan in plans:
        with noting() as known:
            expected = list(getattr(plan, name).published().for_list())
        with noting() as noted:
            found = published_in(plan, name)

        assert len(expected) == 1
        assert found == expected
        assert noted == known
        assert [vars(each).keys() for each in found] == [vars(each).keys() for each in expected]


def test_what_hangs_on_its_answers_comes_with_them(plans, django_assert_num_queries):
    with django_assert_num_queries(1):
        (row,) = published_in(plans[0], "responsibilities")
        assert (row.plan, bool(row.actor.title)) == (plans[0], True)
    with django_assert_num_queries(2):
        (document,) = published_in(plans[0], "documents")
        assert [each.document for each in document.editions.all()] == [document]


def test_what_hangs_on_an_answer_is_asked_for_like_any_set(plans):
    (document,) = published_in(plans[0], "documents")
    own = Edition.objects.get(document=document)
    published(Edition, document=document, language="fr")

    assert list(document.editions.filter(language="fr").exclude(pk=own.pk)) == list(
        Edition.objects.filter(document=document, language="fr")
    )
    assert document.editions.published().count() == 2


def test_it_says_the_same_whatever_language_it_was_written_in(plans):
    found = []
    for code in codes():
        with translation.override(code):
            found += [str(row) for row in published_in(plans[1], "responsibilities")]

    assert len(set(found)) == len(codes()) == len(found)


def test_what_a_page_asks_of_a_kind_is_the_same_question_in_every_language():
    """One that named a language would be asked in that of whoever came first."""
    asked = set()
    for code in codes():
        with translation.override(code):
            for kind in kinds():
                rows = kind.objects.published()
                asked |= {
                    each.query.sql_with_params() for each in (rows.for_page(), rows.for_list())
                }

    assert len(kinds()) < len(asked) <= 2 * len(kinds())
