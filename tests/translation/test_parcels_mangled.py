"""Whatever happens to a parcel on its way: a clear error and nothing written, or what it says."""

from collections import Counter
from random import Random

import pytest
from django.conf import settings
from django.db import transaction

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import column, set_texts
from portal.pages.models import Term
from portal.publishing.canonical import digest
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.models import Revision
from portal.publishing.reading import content_in
from portal.records.models import Record
from portal.translation.freshness import ADDRESS, bases_of, freshness_of, must_be_translated
from portal.translation.models import Basis
from portal.translation.parcels.arriving import Arrival, take_in
from portal.translation.parcels.unwrapping import BadParcel
from portal.translation.parcels.xliff import V1, V2
from tests.factories import published
from tests.translation.mangling import Oracle, Original, Written, mangled
from tests.translation.parcels import VERSIONS, Opened, parcel_of

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
STATES = {
    V1: [
        ("final", {}),
        ("needs-l10n", {}),
        ("translated", {"state_qualifier": "mt-suggestion"}),
    ],
    V2: [
        ("final", {}),
        ("initial", {"subState": "portal:behind"}),
        ("final", {"subState": "a:mt"}),
    ],
}


@pytest.fixture
def rounds(request) -> int:
    return 500 if request.config.getoption("--hypothesis-profile") == "prove" else 15


@pytest.fixture
def records(author) -> list[Record]:
    """Of three kinds, with links, each due in Dutch."""
    found = [published(Plan), published(Actor), published(Term)]
    for record in found:
        draft = with_draft(record)
        for name in must_be_translated(type(record)):
            if name != ADDRESS:
                set_texts(draft, name, {"en": f"Anew, “{name}” & é"})
        if "body" in record.prose:
            set_texts(draft, "body", {"en": f"See [a](/id/{found[0].pk}/)."})
        save_draft(draft, author)
    return found


def originals(records: list[Record]) -> dict[str, Original]:
    found = {}
    for record in records:
        revision = newest(record.pk)
        content = content_in(revision)
        for name in must_be_translated(type(record)):
            source, target = (content.get(column(name, code)) or "" for code in ("en", "nl"))
            found[f"{record.pk}.{name}"] = Original(
                record=str(record.pk),
                kind=record.kind(),
                revision=str(revision.number),
                source=source,
                digests=(digest(source), digest(target)),
                target=target,
                longest=record._meta.get_field(name).max_length,
            )
    return found


def worked_on(records: list[Record], version: str) -> bytes:
    file = Opened(parcel_of(*records, version=version))
    for number, unit in enumerate(file.units):
        field = unit.get("id")
        state, marks = STATES[version][number % 3]
        link = f" [a](/id/{records[0].pk}/)" if field.endswith(".body") else ""
        file.translate(field, f"Nieuw é {number}.{link}", state, **marks)
    return file.data


def written_of(records: list[Record], before: dict[str, str]) -> dict[str, Written]:
    """What the newest drafts say otherwise, and how it counts; nothing else may have changed."""
    found = {}
    for record in records:
        content = content_in(newest(record.pk))
        every = freshness_of(type(record), content, bases_of([record.pk])[record.pk])
        fresh = next(each for each in every if each.language == "nl")
        for name, value in content.items():
            if value != before[f"{record.pk} {name}"]:
                (field,) = [n for n in must_be_translated(type(record)) if column(n, "nl") == name]
                how = "machine" if field in fresh.machine else "done"
                how = "unfinished" if field in fresh.behind else how
                found[f"{record.pk}.{field}"] = Written(value, how)
    return found


def said_by(records: list[Record]) -> dict[str, str]:
    return {
        f"{record.pk} {name}": value
        for record in records
        for name, value in content_in(newest(record.pk)).items()
    }


def stored() -> tuple[int, int]:
    return Revision.objects.count(), Basis.objects.count()


def arrived(data: bytes, by) -> Arrival | None:
    """None for a file that is refused whole. Whatever is refused is told why."""
    try:
        arrival = take_in(data, by)
    except BadParcel as refused:
        told, arrival = [str(refused)], None
    else:
        told = [each.judgement.why for each in arrival.outcomes if each.is_refused]
    assert all(told)
    return arrival


@pytest.mark.parametrize("version", VERSIONS)
def test_a_mangled_parcel_is_refused_or_taken_in_as_it_says(
    records, author, translator, version, rounds
):
    data, before, empty = worked_on(records, version), said_by(records), stored()
    oracle, ends = Oracle(originals(records), settings.PORTAL_ORIGIN), Counter()
    assert set(oracle.says(data)) == set(written_of_all(records, data, translator, before))

    for seed in range(rounds):
        bad = mangled(data, Random(f"{version} {seed}"))
        with transaction.atomic():
            arrival = arrived(bad, translator)
            said = written_of(records, before)
            allowed = oracle.says(bad) if said else {}
            assert said == {key: allowed.get(key) for key in said}, seed
            assert len(said) == (arrival.written if arrival else 0), seed
            assert said or stored() == empty, seed
            transaction.set_rollback(True)
        ends[("taken in" if said else "nothing new") if arrival else "refused whole"] += 1

    print(f"\nmangled parcels, XLIFF {version}: {dict(ends)}")
    assert min(ends["refused whole"], ends["taken in"]) > rounds // 10


def written_of_all(records, data: bytes, by, before) -> dict[str, Written]:
    """What the parcel writes as it is."""
    with transaction.atomic():
        assert take_in(data, by).refused == 0
        said = written_of(records, before)
        transaction.set_rollback(True)
    assert {each.how for each in said.values()} == {"done", "unfinished", "machine"}
    return said
