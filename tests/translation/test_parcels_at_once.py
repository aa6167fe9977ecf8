"""Two parcels at one moment, and one that meets somebody at work: all of it, or none."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, connections, transaction

from policies.models import Plan
from portal.languages.texts import in_language
from portal.publishing.drafts import with_draft
from portal.publishing.models import Revision
from portal.publishing.turns import Busy
from portal.translation.models import Basis
from portal.translation.parcels.arriving import take_in
from tests.factories import published
from tests.translation.drafts import FIRST, write
from tests.translation.parcels import Opened, parcel_of

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite lets one write at a time
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def plans(author) -> list[Plan]:
    found = sorted((published(Plan) for _number in range(2)), key=lambda plan: str(plan.pk))
    for plan in found:
        write(plan, author, summary={FIRST: "Said anew."})
    return found


def said(plan: Plan) -> str:
    return in_language(with_draft(Plan.objects.get(pk=plan.pk)), "summary", "nl")


def with_words(data: bytes, words: str, *, backwards: bool = False) -> bytes:
    file = Opened(data)
    for unit in file.units:
        segment = unit.find(file.named("segment"))
        segment.find(file.named("target")).text = words
        segment.set("state", "final")
    for each in file.files if backwards else []:
        file.root.insert(0, each)
    return file.data


def test_two_parcels_that_cross_are_one_after_the_other(plans, translator):
    data, together = parcel_of(*plans), Barrier(2)

    def handed_in(words: str) -> int:
        together.wait(10)
        try:
            return take_in(with_words(data, words, backwards=words == "Twee."), translator).written
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        written = sorted(pool.map(handed_in, ("Een.", "Twee.")))

    assert written == [0, 2]
    assert [said(plan) for plan in plans] in (["Een."] * 2, ["Twee."] * 2)


def test_where_somebody_holds_the_last_record_nothing_of_the_first_is_written(plans, translator):
    data, holds, ends = with_words(parcel_of(*plans), "Een."), Event(), Event()
    before = (Revision.objects.count(), Basis.objects.count())

    def hold() -> None:
        with transaction.atomic():
            Plan.objects.select_for_update().get(pk=plans[-1].pk)
            holds.set()
            ends.wait(10)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert holds.wait(10)
        connection.cursor().execute("SET lock_timeout = '50ms'")
        with pytest.raises(Busy):
            take_in(data, translator)
        assert (Revision.objects.count(), Basis.objects.count()) == before
        ends.set()
        held.result(10)
    connection.cursor().execute("SET lock_timeout = '5s'")

    assert take_in(data, translator).written == 2
