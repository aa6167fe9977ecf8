"""Whatever a key or a set of any kind names, and whichever of the two changes: no page is old."""

from collections.abc import Callable

import pytest
from django.db.models import Field, ForeignKey

from policies.models import Edition, Plan, Responsibility
from policies.responsibilities import SUBJECTS
from portal.languages.texts import codes, set_texts
from portal.pages.models import Page, Place
from portal.publishing.content import content_fields, set_fields
from portal.publishing.models import Act
from portal.publishing.publish import publish, withdraw
from portal.records.kinds import kinds, page_kinds
from portal.records.models import Record
from tests.delivery.front import Front
from tests.factories import published
from tests.pages_of_the_site import every_page

pytestmark = [pytest.mark.proof, pytest.mark.django_db]

LANGUAGE = "en"
FILES = ("/sitemap.xml", "/en/changes/feed.atom", "/en/who-does-what/who-does-what.csv")


def naming(kind: type[Record]) -> list[Field]:
    keys = [each for each in content_fields(kind) if isinstance(each, ForeignKey)]
    return [*keys, *set_fields(kind)]


NAMING = [field for kind in kinds() for field in naming(kind)]
SETS = [field for kind in kinds() for field in set_fields(kind)]


def made(kind: type[Record], **given) -> Record:
    if kind is Page:
        given["place"] = list(Place)[Page.objects.count()]
    return published(kind, **given)


def row_that_names(field: Field, other: Record) -> Record:
    given = {field.name: other if isinstance(field, ForeignKey) else [other]}
    if field.model is Responsibility and field.name in SUBJECTS:
        given = {"plan": None} | given
    if field.model is Plan and field.name == "succeeded_by":
        given["replaced"] = "2020"
    if field.model is Edition:
        given["language"] = codes()[Edition.objects.filter(document=other).count()]
    return made(field.model, **given)


def addresses() -> list[str]:
    pages = [page.address for page in every_page()]
    records = [each.address(LANGUAGE) for kind in page_kinds() for each in kind.objects.readable()]
    here = [each for each in pages if each.startswith(f"/{LANGUAGE}/")]
    return sorted({*here, *records, *FILES})


def stale_after(front: Front, act: Callable, who: Record) -> list[str]:
    read = [each for each in addresses() if front.get(each).status == 200]
    act(type(who).objects.get(pk=who.pk))
    return [each for each in read if front.get(each).body != front.alone(each).body]


def said_otherwise(record: Record) -> Record:
    record.position = record.version
    if record.headline:
        words = f"Called so in version {record.version}"
        set_texts(record, record.headline, dict.fromkeys(codes(), words))
    return record


def called_otherwise(record: Record) -> None:
    assert publish([said_otherwise(record)], None, {})


def gone(record: Record) -> None:
    withdraw([record], None, {})


def back(record: Record) -> None:
    assert publish([record], None, {}, act=Act.RESTORATION)


def back_otherwise(record: Record) -> None:
    back(said_otherwise(record))


@pytest.mark.parametrize("whose", ["who is named", "who names"])
@pytest.mark.parametrize("field", NAMING, ids=str)
def test_who_changes_goes_and_comes_back_is_so_on_every_page(front, field, whose):
    other, row = named_and_naming(field)
    who = other if whose == "who is named" else row

    for act in (called_otherwise, gone, back, called_otherwise, gone, back_otherwise):
        assert stale_after(front, act, who) == [], act.__name__


def named_and_naming(field: Field) -> tuple[Record, Record]:
    """Others of both kinds stand beside them: a kind that is emptied changes every page."""
    other = made(field.related_model)
    row = row_that_names(field, other)
    for kind in {field.related_model, field.model}:
        made(kind)
    return other, row


@pytest.mark.parametrize("field", SETS, ids=str)
def test_who_is_held_no_more_and_again_is_so_on_every_page(front, field):
    other, row = named_and_naming(field)

    for members in ([], [other]):

        def point(record: Record, members=members) -> None:
            record.proposed_sets = {field.name: members}
            assert publish([record], None, {})

        assert stale_after(front, point, row) == []


@pytest.mark.parametrize("field", NAMING, ids=str)
def test_who_is_new_and_names_somebody_is_so_on_every_page(front, field):
    other, _row = named_and_naming(field)

    assert stale_after(front, lambda named: row_that_names(field, named), other) == []
