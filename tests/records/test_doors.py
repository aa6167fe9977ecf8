"""Two public doors and no third: each is tried with an unpublished twin that could leak."""

import pytest

from portal.records.kinds import kinds
from portal.records.models import State
from tests.factories import NEEDS, published, unpublished, withdrawn

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_factory():
    assert set(NEEDS) == set(kinds())


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind())
def test_lists_show_published_records_alone(kind):
    shown, hidden, gone = _one_of_each(kind)

    assert list(kind.objects.published().filter(pk__in=[shown.pk, hidden.pk, gone.pk])) == [shown]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind())
def test_addresses_answer_for_published_and_withdrawn_records_alone(kind):
    shown, hidden, gone = _one_of_each(kind)

    found = kind.objects.readable().filter(pk__in=[shown.pk, hidden.pk, gone.pk])

    assert set(found) == {shown, gone}


def _one_of_each(kind):
    """Three records that differ in nothing but their state."""
    places = iter(["approach", "privacy", "contact"])
    languages = iter(["nl", "fr", "en"])
    made = []
    for make in (published, unpublished, withdrawn):
        given = {"place": next(places)} if kind.kind() == "page" else {}
        if kind.kind() == "edition":
            given["language"] = next(languages)
        made.append(make(kind, **given))
    assert [record.state for record in made] == [
        State.PUBLISHED,
        State.UNPUBLISHED,
        State.WITHDRAWN,
    ]
    return made
