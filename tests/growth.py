"""Many rows at once, as copies of rows that went through the door: for counts, not for truth."""

import uuid
from datetime import timedelta

from policies.models import Document, Edition
from portal.languages.texts import columns
from portal.pages.models import Page
from portal.records.kinds import kinds
from portal.records.models import PageRecord

ONE_A_PLACE = (Page,)
UNIQUE_NUMBERS = ("number",)


def multiply(times: int) -> None:
    """``times`` copies of the first record of every kind that has one, with its keys and sets."""
    for kind in kinds():
        if kind not in (*ONE_A_PLACE, Edition) and kind.objects.published().exists():
            _copy(kind, times)
    _copy(Edition, times, document=list(Document.objects.filter(editions=None)[:times]))


def _copy(kind, times: int, **keys) -> None:
    model = kind.objects.published().order_by("changed").first()
    taken = kind.objects.count()
    fields = [f for f in kind._meta.concrete_fields if not f.generated and not f.primary_key]
    copies = [
        kind(pk=uuid.uuid4(), **{f.attname: getattr(model, f.attname) for f in fields})
        for _ in range(times)
    ]
    for number, copy in enumerate(copies, start=taken + 1):
        _set_apart(copy, number)
        copy.changed, copy.version = model.changed + timedelta(seconds=number), None
        for name, values in keys.items():
            setattr(copy, name, values[number - taken - 1])
    kind.objects.bulk_create(copies)
    for field in kind._meta.many_to_many:
        _copy_set(model, copies, field)


def _set_apart(copy, number: int) -> None:
    if isinstance(copy, PageRecord):
        for column in columns("slug"):
            setattr(copy, column, f"{getattr(copy, column)}-{number}")
    for name in UNIQUE_NUMBERS:
        if hasattr(copy, name):
            setattr(copy, name, number)


def _copy_set(model, copies, field) -> None:
    through = field.remote_field.through
    source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    members = list(getattr(model, field.name).all())
    through.objects.bulk_create(
        through(**{source: copy, target: member}) for copy in copies for member in members
    )
