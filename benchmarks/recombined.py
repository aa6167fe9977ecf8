"""A site of any size that reads like ours: the founding content, its sentences put together anew.

Every word of it was written by a person, so that words are as common or as rare as they are.
"""

import re
import uuid
from collections.abc import Sequence
from io import StringIO
from itertools import cycle, groupby, islice
from random import Random

from django.core.management import call_command

from policies.models import Measure
from portal.languages.texts import codes, column, in_language, translated_names
from portal.pages.models import Page
from portal.records.kinds import kinds
from portal.records.models import PageRecord, Record

SEED = 2005
PASSAGE = re.compile(r"(?<=[.!?…])\s+|\n")
TEXTS = ("title", "summary", "body", "also", "term", "meaning", "sentence")


def fill(size: int, alone: tuple[type[Record], ...] = (Page,)) -> int:
    """The founding content and copies of its records, with their relations; returns how many.

    Of the kinds that stand ``alone`` there is no copy.
    """
    call_command("load_framework", stdout=StringIO())
    donors = [record for kind in kinds() for record in kind.objects.published() if record.languages]
    models = [record for record in donors if not isinstance(record, alone)]
    some = sorted(islice(cycle(models), size - len(donors)), key=lambda record: record.kind())
    random = Random(SEED)  # the same site every time
    for _kind, same in groupby(some, key=type):
        _copy(list(same), donors, random)
    return len(donors) + len(some)


def _copy(models: Sequence[Record], donors: Sequence[Record], random: Random) -> None:
    kind = type(models[0])
    others = [each for each in donors if isinstance(each, PageRecord | kind)]
    like = [each for each in others if set(_texts(kind)) <= set(_texts(type(each)))]
    copies = [_copied(model, like, random, number) for number, model in enumerate(models, 1_000)]
    kind.objects.bulk_create(copies, batch_size=500)
    for field in kind._meta.many_to_many:
        _copy_set(models, copies, field)


def _copied(model: Record, donors: Sequence[Record], random: Random, number: int) -> Record:
    fields = [f for f in model._meta.concrete_fields if not f.generated and not f.primary_key]
    own = uuid.UUID(int=random.getrandbits(128), version=4)
    copy = type(model)(pk=own, **{f.attname: getattr(model, f.attname) for f in fields})
    for name in _texts(type(model)):
        _recombine(copy, name, random.choice(donors), random.choice(donors), random)
    if isinstance(copy, PageRecord):
        for name in [column("slug", code) for code in codes()]:
            setattr(copy, name, f"{getattr(model, name) or model.pk}-{number}"[-100:])
    if isinstance(copy, Measure):
        copy.number = number
    return copy


def _texts(kind: type[Record]) -> list[str]:
    return [name for name in translated_names(kind) if name in TEXTS]


def _recombine(copy: Record, name: str, one: Record, other: Record, random: Random) -> None:
    """In every language the same passages of the two, so that translations stay translations."""
    chosen = random.random()
    for code in codes():
        texts = [in_language(record, name, code) for record in (one, other)]
        if all(texts):
            most = copy._meta.get_field(column(name, code)).max_length
            setattr(copy, column(name, code), _mixed(*texts, chosen)[:most])


def _mixed(one: str, other: str, chosen: float) -> str:
    """The beginning of one and the end of the other, cut between sentences where there are some."""
    cuts = PASSAGE if len(PASSAGE.split(one)) > 1 < len(PASSAGE.split(other)) else re.compile(" ")
    joint = "\n" if cuts is PASSAGE else " "
    first, second = cuts.split(one), cuts.split(other)
    kept = first[: 1 + round(chosen * (len(first) - 1))]
    return joint.join(kept + second[round(chosen * (len(second) - 1)) :])


def _copy_set(models: Sequence[Record], copies: Sequence[Record], field) -> None:
    through = field.remote_field.through
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    members: dict = {}
    for row in through.objects.filter(**{f"{source}__in": {model.pk for model in models}}):
        members.setdefault(getattr(row, source), []).append(getattr(row, target))
    through.objects.bulk_create(
        through(**{source: copy.pk, target: member})
        for model, copy in zip(models, copies, strict=True)
        for member in members.get(model.pk, [])
    )
