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
    shown, hidden, gone, removed = _one_of_each(kind)

    assert list(
        kind.objects.published().filter(pk__in=[shown.pk, hidden.pk, gone.pk, removed.pk])
    ) == [shown]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind())
def test_addresses_answer_for_published_and_withdrawn_records_alone(kind):
    shown, hidden, gone, removed = _one_of_each(kind)

    found = kind.objects.readable().filter(pk__in=[shown.pk, hidden.pk, gone.pk, removed.pk])

    assert set(found) == {shown, gone}


def _one_of_each(kind):
    """Records that differ in nothing but their state."""
    places = iter(["approach", "privacy", "contact", "re-use"])
    languages = iter(["nl", "fr", "en", "de"])
    made = []
    for make in (published, unpublished, withdrawn, _marked_as_removed):
        given = {"place": next(places)} if kind.kind() == "page" else {}
        if kind.kind() == "edition":
            given["language"] = next(languages)
        made.append(make(kind, **given))
    assert [record.state for record in made] == [
        State.PUBLISHED,
        State.UNPUBLISHED,
        State.WITHDRAWN,
        State.REMOVED,
    ]
    return made


def _marked_as_removed(kind, **given):
    record = published(kind, **given)
    kind.objects.filter(pk=record.pk).update(state=State.REMOVED)
    return kind.objects.get(pk=record.pk)
