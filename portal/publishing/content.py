"""The content of a record as plain data: what is compared, and nothing but what is said.

Columns of every language, keys and sets as uuids, so that two databases agree; no state, no
time, no generated column, no key to sort by, no suffixless column of modeltranslation.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Field, FileField, GeneratedField, ManyToManyField

from portal.languages.texts import translated_names
from portal.records.models import Record
from portal.records.order import NameKey

NOT_CONTENT = ("uuid", "state", "changed", "version", "review_by", "unreviewed")


Content = dict[str, Any]


class Moved(NamedTuple):
    """What a record said and what it says; {} where it said or says nothing."""

    record: Record
    was: Content
    now: Content


def content_fields(kind: type[Record]) -> list[Field]:
    """The columns that hold what the record says, in the order of the model."""
    left_out = {*NOT_CONTENT, *translated_names(kind)}
    return [
        field
        for field in kind._meta.concrete_fields
        if field.name not in left_out and not isinstance(field, GeneratedField | NameKey)
    ]


def set_fields(kind: type[Record]) -> list[ManyToManyField]:
    return list(kind._meta.many_to_many)


def file_fields(kind: type[Record]) -> list[FileField]:
    return [field for field in content_fields(kind) if isinstance(field, FileField)]


def content_of(record: Record) -> Content:
    """``{column: value}``; a set that is still proposed counts as the record's own."""
    content = {field.name: _plain(field, record) for field in content_fields(type(record))}
    for field in set_fields(type(record)):
        content[field.name] = sorted(map(str, _uuids(record, field.name)))
    return content


def _uuids(record: Record, name: str) -> Iterable[UUID]:
    """Of a set that nobody has read along with the record these alone are read."""
    if name in record.proposed_sets or name in getattr(record, "_prefetched_objects_cache", {}):
        return [member.pk for member in members(record, name)]
    return getattr(record, name).order_by().values_list("pk", flat=True)


def members(record: Record, name: str) -> list[Record]:
    if name in record.proposed_sets:
        return list(record.proposed_sets[name])
    return list(getattr(record, name).all())


def _plain(field: Field, record: Record) -> Any:
    value = field.value_from_object(record)
    if value is None or type(value) in (bool, int, str):
        return value or None if type(value) is str else value
    return field.value_to_string(record) or None


def differences(old: Content, new: Content) -> list[str]:
    """The names of the columns and sets that say something else."""
    return [name for name in new if old.get(name) != new[name]]


def lay(content: dict[str, Any], record: Record) -> Record:
    """Lay content over an instance, without saving: it then says what was written there.

    A key that the kind no longer has is passed over; what the content does not speak of keeps
    the value of the instance. Sets become proposed ones.
    """
    for field in content_fields(type(record)):
        if field.name in content:
            value = content[field.name]
            setattr(record, field.attname, None if value is None else field.to_python(value))
    record.proposed_sets = {
        field.name: _named(field.related_model, content[field.name])
        for field in set_fields(type(record))
        if field.name in content
    }
    return record


def _named(kind: type[Record], uuids: list[str]) -> list[Record]:
    return list(kind.objects.filter(pk__in=uuids)) if uuids else []
