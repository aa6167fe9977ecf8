"""What is remembered, what a site from before there was a memory begins with, what is forgotten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Edition, Plan
from portal.languages.texts import codes, column
from portal.publishing.canonical import digest
from portal.publishing.drafts import newest
from portal.publishing.publish import publish
from portal.publishing.reading import content_in
from portal.publishing.removal import Order, remove
from portal.translation.memory import remember_what_stands
from portal.translation.models import Basis
from tests.factories import published
from tests.translation.drafts import FIRST, due, go_public, stale, write

pytestmark = pytest.mark.django_db


def test_a_site_from_before_counts_what_stands_as_made_against_its_source(plan, author):
    write(plan, author, summary={FIRST: "Second."})
    remembered = set(Basis.objects.values_list("field", "language", "text", "source"))
    Basis.objects.all().delete()

    assert remember_what_stands() == Basis.objects.count() > 0

    assert (due(plan), stale(plan)) == ({}, {})
    assert remembered < set(Basis.objects.values_list("field", "language", "text", "source"))


def test_what_is_remembered_already_is_not_made_up_anew(plan, author):
    write(plan, author, summary={FIRST: "Second."})

    assert remember_what_stands() == 0
    assert set(due(plan)) == {"fr", "nl"}


def test_a_removed_text_leaves_no_digest_that_would_confirm_a_guess(plan, author):
    secret = {code: f"A secret {code}" for code in codes()}
    write(plan, author, summary=secret)
    go_public(plan, author)
    write(plan, author, summary={code: f"No secret {code}" for code in codes()})
    go_public(plan, author)
    assert Basis.objects.filter(text=digest(secret["nl"])).exists()

    remove(Order(plan.pk, frozenset({2})), {})

    gone = {digest(words) for words in secret.values()}
    kept = set(Basis.objects.values_list("text", flat=True))
    kept |= set(Basis.objects.values_list("source", flat=True))
    assert kept & gone == set()
    assert digest(content_in(newest(plan.pk))[column("summary", "nl")]) in kept
    assert (due(plan), stale(plan)) == ({}, {})


@pytest.mark.parametrize("major", [True, False])
def test_publishing_many_asks_no_more_of_the_memory_than_publishing_one(author, major):
    """A fixed number for any number of records, beside what publishing itself asks."""
    asked = []
    for count in (1, 5):
        plans = [published(Plan) for _ in range(count)]
        for each in plans:
            setattr(each, column("summary", FIRST), f"Said anew {count}")
        with CaptureQueriesContext(connection) as queries:
            publish(plans, author, dict.fromkeys(codes(), "Why."), major=major)
        asked.append(sum("translation_basis" in each["sql"] for each in queries))

    assert asked[0] == asked[1] == (0 if major else 2)


def test_a_record_without_texts_has_nothing_to_remember():
    published(Edition)
    assert not Basis.objects.filter(record__in=Edition.objects.values("pk")).exists()
