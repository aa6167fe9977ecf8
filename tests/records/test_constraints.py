"""The database keeps the rules, whoever writes. Each has a row that passes and one that fails."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from actors.models import Actor, Membership, WorkingGroup
from policies.models import (
    Edition,
    Measure,
    MeasurePackage,
    Plan,
    Responsibility,
)
from portal.languages.texts import column
from portal.pages.models import Page, Term
from portal.records.models import Address, State
from tests.factories import published, unpublished

pytestmark = pytest.mark.django_db


def refuses(name: str, record, **values) -> bool:
    """Writing these values past every form is refused by exactly this constraint."""
    try:
        with transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(**values)
    except IntegrityError as refusal:
        return name in str(refusal) or "UNIQUE constraint failed" in str(refusal)
    return False


CASES = [
    pytest.param(
        Plan,
        "added_reference_names_its_source",
        {"added_reference": True},
        {"added_reference": True, "sources": "A source"},
        id="added-reference",
    ),
    pytest.param(
        Plan,
        "published_from_en_has_title",
        {column("title", "en"): None},
        {column("title", "fr"): None},
        id="title-in-source-language",
    ),
    pytest.param(
        Plan,
        "published_from_en_has_slug",
        {column("slug", "en"): None},
        {column("slug", "fr"): None},
        id="slug-in-source-language",
    ),
    pytest.param(
        Plan,
        "published_from_en_has_summary",
        {column("summary", "en"): None},
        {column("summary", "fr"): None},
        id="summary-in-source-language",
    ),
    pytest.param(
        MeasurePackage,
        "a_published_package_says_when_it_was_announced_or_taken",
        {"announced": None},
        {"taken": "2017"},
        id="package-announced-or-taken",
    ),
    pytest.param(
        Membership,
        "a_membership_ends_after_it_starts",
        {"since": "2019-06", "until": "2019-05-03"},
        {"since": "2019-05-03", "until": "2019-05"},
        id="period-of-mixed-precision",
    ),
    pytest.param(
        Plan,
        "a_plan_is_replaced_after_it_was_drawn_up",
        {"drawn_up": "2005", "replaced": "1999"},
        {"drawn_up": "2005", "replaced": "2005"},
        id="replaced-before-drawn-up",
    ),
    pytest.param(
        Term,
        "published_from_en_has_meaning",
        {column("meaning", "en"): None},
        {column("meaning", "fr"): None},
        id="term-with-a-meaning",
    ),
    pytest.param(
        Responsibility,
        "published_from_en_has_sentence",
        {column("sentence", "en"): None},
        {column("sentence", "nl"): None},
        id="responsibility-with-a-sentence",
    ),
    pytest.param(Measure, "published_has_package", {"package": None}, {"number": 3}, id="measure"),
    pytest.param(
        Membership,
        "published_has_organisation",
        {"organisation": None},
        {"working_group_count": 5},
        id="membership",
    ),
    pytest.param(
        Membership,
        "a_membership_ends_after_it_starts",
        {"since": "2020", "until": "2019"},
        {"since": "2019", "until": "2020"},
        id="period",
    ),
    pytest.param(
        WorkingGroup,
        "published_has_membership",
        {"membership": None},
        {"position": 1},
        id="working-group",
    ),
    pytest.param(
        Edition, "published_has_document", {"document": None}, {"pages": 21}, id="edition"
    ),
    pytest.param(
        Edition,
        "an_edition_has_not_both_file_and_address",
        {"file": "a.pdf", "address": "https://example.org/"},
        {"file": "", "address": "https://example.org/"},
        id="file-or-address",
    ),
    pytest.param(
        Responsibility, "published_has_actor", {"actor": None}, {"position": 1}, id="actor"
    ),
    pytest.param(
        Responsibility,
        "a_responsibility_has_exactly_one_subject",
        {"plan": None},
        {"position": 2},
        id="no-subject",
    ),
]


@pytest.mark.parametrize(("kind", "name", "wrong", "right"), CASES)
def test_a_public_row_that_breaks_a_rule_is_refused(kind, name, wrong, right):
    record = published(kind)

    assert refuses(name, record, **wrong)
    assert kind.objects.filter(pk=record.pk).update(**right) == 1


def test_an_unpublished_row_may_be_incomplete():
    for kind in (Measure, Membership, Edition, Responsibility, Plan):
        record = unpublished(kind)
        record.refresh_from_db()
        assert record.state == State.UNPUBLISHED
    assert unpublished(Plan, languages=[]).languages == []


def test_a_responsibility_has_no_second_subject():
    responsibility = published(Responsibility)

    assert refuses(
        "a_responsibility_has_exactly_one_subject", responsibility, counterpart=published(Actor)
    )


def test_nothing_is_part_of_itself_or_its_own_successor():
    actor, plan = published(Actor), published(Plan)

    assert refuses("an_actor_is_not_part_of_itself", actor, parent=actor)
    assert refuses("a_plan_does_not_succeed_itself", plan, succeeded_by=plan, replaced="2021")


def test_a_plan_with_a_successor_says_when_it_was_replaced():
    plan, successor = published(Plan), published(Plan)

    assert refuses("a_plan_with_a_successor_says_when", plan, succeeded_by=successor)
    assert Plan.objects.filter(pk=plan.pk).update(succeeded_by=successor, replaced="2021") == 1


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_a_slug_is_unique_within_its_language(language):
    one, other = published(Plan), published(Plan)
    taken = one.slug_in(language)

    assert refuses(f"slug_{language}_is_unique", other, **{column("slug", language): taken})


def test_a_number_is_used_once_in_a_package():
    one = published(Measure, number=8)
    other = published(Measure, package=one.package, number=9)

    assert refuses("a_package_uses_a_number_once", other, number=8)


def test_a_place_has_one_page_and_a_document_one_edition_in_a_language():
    page, edition = published(Page, place="approach"), published(Edition, language="nl")
    second_page = published(Page, place="privacy")
    second_edition = published(Edition, document=edition.document, language="fr")

    assert refuses("every_place_has_one_page", second_page, place=page.place)
    assert refuses("a_document_has_one_edition", second_edition, language="nl")


def test_an_address_leads_to_one_record_for_ever():
    plan = published(Plan)

    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.create(
            kind="plan", language="en", slug=plan.slug_in("en"), record=published(Plan).pk
        )


def test_no_key_between_facts_cascades():
    from portal.records.kinds import kinds

    keys = [f for kind in kinds() for f in kind._meta.fields if f.many_to_one]
    careless = [str(key) for key in keys if key.remote_field.on_delete.__name__ != "PROTECT"]

    assert len(keys) > 15
    assert careless == []


def test_what_was_public_is_never_deleted_and_no_address_is_either():
    plan, draft_of_one = published(Plan), unpublished(Plan)
    ways = (plan.delete, Plan.objects.published().delete, Plan.objects.all().delete)
    ways += (Address.objects.all().delete, Address.objects.first().delete)

    for way in ways:
        with pytest.raises(ProtectedError):
            way()
    from_before = Plan(pk=plan.pk)  # an instance that does not know
    with pytest.raises(ProtectedError):
        from_before.delete()
    assert not hasattr(Plan.objects, "delete")
    assert (Plan.objects.count(), Address.objects.count()) == (2, 3)
    assert draft_of_one.delete()[0] == 1
