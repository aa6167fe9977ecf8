"""Records known just well enough to be linked: many kinds, one query.

A page leads to records of many kinds. Asked one kind at a time, that is a query each; here
one UNION brings what a link needs: identity, state, titles and slugs.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast

from portal.languages.sorting import sort_key
from portal.languages.texts import columns
from portal.records.kinds import kind_named, kinds_without_page, page_kinds
from portal.records.models import PageRecord, Record, RecordQuerySet
from portal.records.questions import (
    SOMEBODY,
    Question,
    RecordsAsked,
    in_parts,
    in_their_places,
    nobody,
    places_for,
)
from portal.records.reads import key_of, key_of_naming, note


class Relation(NamedTuple):
    """``record`` is related; ``name`` says through what (a field of either side)."""

    name: str
    record: PageRecord


def references(querysets: Iterable[tuple[str, RecordQuerySet]]) -> list[Relation]:
    """The records of all these querysets, in the order of the querysets, then of their names."""
    return _read(_question(querysets).answers())


def _question(querysets: Iterable[tuple[str, RecordQuerySet]]) -> Question:
    rows = [_rows(order, name, queryset) for order, (name, queryset) in enumerate(querysets)]
    return Question(rows[0].union(*rows[1:], all=True))


def _read(answers: Iterable[dict]) -> list[Relation]:
    found = [(each["_order"], _relation(each)) for each in answers]
    found.sort(key=lambda each: (each[0], each[1].record.position, sort_key(str(each[1].record))))
    return [relation for _order, relation in found]


def link_columns() -> list[str]:
    """What a link needs to know of a record."""
    return ["uuid", "state", "source_language", "position", *columns("title"), *columns("slug")]


def _rows(order: int, name: str, queryset: RecordQuerySet) -> QuerySet:
    kind = queryset.model
    hint = F(kind.link_field) if kind.link_field else Value("")
    labels = {
        "_order": Value(order, models.IntegerField()),
        "_name": Cast(Value(name), models.TextField()),
        "_kind": Cast(Value(kind.kind()), models.TextField()),
        "_hint": Cast(hint, models.TextField()),
    }
    plain = queryset.order_by().annotate(**labels)
    return plain.values_list(*labels, *link_columns())


def _relation(row: dict) -> Relation:
    kind = kind_named(row["_kind"])
    known = {name: row[name] for name in link_columns()}
    known["uuid"] = kind._meta.pk.to_python(known["uuid"])
    if kind.link_field:
        known[kind.link_field] = kind._meta.get_field(kind.link_field).to_python(row["_hint"])
    return Relation(row["_name"], from_columns(kind, known))


def published_texts(kind: type[Record], names: Iterable[str | None]) -> QuerySet:
    """These columns of the published records of a kind, as one part of a UNION of many kinds.

    ``(uuid, kind, *columns)``; None stands for a column that the kind has not. Every part has
    the same labels, for modeltranslation orders columns by name.
    """
    found = {
        f"_{place:02}": Cast(F(name) if name else Value(None), models.TextField())
        for place, name in enumerate(names)
    }
    labels = {"_kind": Cast(Value(kind.kind()), models.TextField()), **found}
    return kind.objects.published().order_by().annotate(**labels).values_list("uuid", *labels)


def from_columns(kind: type[Record], known: dict) -> Record:
    """An instance whose other columns are deferred, as ``only()`` would make it."""
    present = [f.attname for f in kind._meta.concrete_fields if f.attname in known]
    return kind.from_db("default", present, [known[name] for name in present])


def relations_of(record: Record, *, without: Iterable[str] = ()) -> list[Relation]:
    """Every published record with a page that points here, or that this record's sets name."""
    note(key_of_naming(record.pk))
    if (question := _question_about(type(record), frozenset(without))) is None:
        return []
    return _read(question.answers({SOMEBODY: record.pk}))


@cache
def _question_about(kind: type[Record], without: frozenset[str]) -> Question | None:
    """About no record in particular; None where nothing can be related."""
    related = [each for each in _related(kind(pk=SOMEBODY)) if each[0] not in without]
    return _question(related) if related else None


def _related(record: Record) -> list[tuple[str, RecordQuerySet]]:
    accessors = [
        relation.get_accessor_name()
        for relation in record._meta.related_objects
        if issubclass(relation.related_model, PageRecord)
    ]
    sets = [
        field.name
        for field in record._meta.many_to_many
        if issubclass(field.related_model, PageRecord)
    ]
    return [(name, getattr(record, name).published()) for name in [*sets, *accessors]]


def published_in(record: Record, name: str) -> list[Record]:
    """The published records of a set of this record, or of those that point at it by this name."""
    return _records_in(type(record), name).records({SOMEBODY: record.pk})


@cache
def _records_in(kind: type[Record], name: str) -> RecordsAsked:
    return RecordsAsked(getattr(kind(pk=SOMEBODY), name).published().for_list())


def addresses_of(uuids: Iterable[UUID], lang: str) -> dict[UUID, str]:
    """Where a reader of ``lang`` finds each of these records, as far as they are readable."""
    return {uuid: record.shown_at(lang) for uuid, record in known(uuids).items()}


def names_of(uuids: Iterable[UUID]) -> dict[UUID, str]:
    """What each of these records is called for a reader of the active language."""
    return {uuid: str(record) for uuid, record in known(uuids).items()}


def known(uuids: Iterable[UUID]) -> dict[UUID, Record]:
    """Each of these records as far as it is readable: its name, and where it is shown."""
    if not (wanted := set(uuids)):
        return {}
    pages = [each for part in in_parts(list(wanted)) for each in _read(_those_of(part))]
    found: dict[UUID, Record] = {relation.record.pk: relation.record for relation in pages}
    for kind in kinds_without_page():
        if left := wanted - found.keys():
            entries = kind.objects.readable().filter(pk__in=left).for_list()
            found |= {entry.pk: entry for entry in entries if entry.shown_with.is_readable}
    return found


def _those_of(wanted: list[UUID]) -> list[dict]:
    """Of as many as the question has places for."""
    note(*map(key_of, wanted))
    return _question_of(places_for(wanted)).answers(in_their_places(wanted))


@cache
def _question_of(places: int) -> Question:
    anybody = nobody(places)
    return _question(("", kind.objects.readable().filter(pk__in=anybody)) for kind in page_kinds())
