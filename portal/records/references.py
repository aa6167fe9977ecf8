"""Records known just well enough to be linked: many kinds, one query.

A page leads to records of many kinds. Asked one kind at a time, that is a query each; here
one UNION brings what a link needs: identity, state, titles and slugs. To write such a question
takes ten times as long as to answer it, so those that every page asks are written once.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast

from portal.languages.sorting import sort_key
from portal.languages.texts import columns
from portal.records.kinds import kind_named, kinds_without_page, page_kinds
from portal.records.models import PageRecord, Record, RecordQuerySet
from portal.records.reads import key_of, note, unnoted

ANYONE = UUID(int=0)  # stands in a question that is kept for those of whom it will be asked


class Relation(NamedTuple):
    """``record`` is related; ``name`` says through what (a field of either side)."""

    name: str
    record: PageRecord


def references(querysets: Iterable[tuple[str, RecordQuerySet]]) -> list[Relation]:
    """The records of all these querysets, in the order of the querysets, then of their names."""
    rows = _union(querysets)
    return _in_order(_relation(*row) for row in rows) if rows else []


def _union(querysets: Iterable[tuple[str, RecordQuerySet]]) -> QuerySet | None:
    rows = [_rows(order, name, queryset) for order, (name, queryset) in enumerate(querysets)]
    return rows[0].union(*rows[1:], all=True) if rows else None


def _in_order(found: Iterable[tuple[int, Relation]]) -> list[Relation]:
    names = sorted(
        found, key=lambda each: (each[0], each[1].record.position, sort_key(str(each[1].record)))
    )
    return [relation for _order, relation in names]


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


def _relation(order: int, name: str, kind_name: str, hint: str, *values) -> tuple[int, Relation]:
    kind = kind_named(kind_name)
    names = link_columns()
    if kind.link_field:
        hint = kind._meta.get_field(kind.link_field).to_python(hint)
        names, values = [*names, kind.link_field], (*values, hint)
    return order, Relation(name, from_columns(kind, dict(zip(names, values, strict=True))))


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
    return _ask(_around(type(record), frozenset(without)), [record.pk])


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
    pages = _ask(_of_every_kind(), wanted)
    found: dict[UUID, Record] = {relation.record.pk: relation.record for relation in pages}
    for kind in kinds_without_page():
        if left := wanted - found.keys():
            entries = kind.objects.readable().filter(pk__in=left).for_list()
            found |= {entry.pk: entry for entry in entries if entry.shown_with.is_readable}
    return found


# --- questions that are written once, and asked of whichever records -----------------------------


class Question(NamedTuple):
    """SQL cut at its placeholders, and what belongs there; ``ANYONE`` is who it is asked of."""

    pieces: list[str]
    values: tuple


@cache
def _of_every_kind() -> Question | None:
    readable = [kind.objects.readable().filter(pk__in=[ANYONE]) for kind in page_kinds()]
    return _written(("", queryset) for queryset in readable)


@cache
def _around(kind: type[Record], without: frozenset[str]) -> Question | None:
    found = _related(kind(pk=ANYONE))
    return _written((name, queryset) for name, queryset in found if name not in without)


def _written(querysets: Iterable[tuple[str, RecordQuerySet]]) -> Question | None:
    with unnoted():
        if (rows := _union(querysets)) is None:
            return None
        sql, values = rows.query.sql_with_params()
    return Question(sql.split("%s"), values)


def _ask(question: Question | None, uuids: Collection[UUID]) -> list[Relation]:
    if question is None:
        return []
    note(*map(key_of, uuids))
    with connection.cursor() as cursor:
        cursor.execute(*_about(question, uuids))
        places = [column[0] for column in cursor.description]
        rows = [dict(zip(places, row, strict=True)) for row in cursor.fetchall()]
    return _in_order(_relation(*_values(row)) for row in rows)


def _about(question: Question, uuids: Collection[UUID]) -> tuple[str, list]:
    """The question about these records, and its values."""
    kept = models.UUIDField()
    adapted = [kept.get_db_prep_value(uuid, connection) for uuid in (ANYONE, *uuids)]
    anyone, asked = adapted[0], adapted[1:]
    sql, values = [question.pieces[0]], []
    for value, piece in zip(question.values, question.pieces[1:], strict=True):
        here = asked if value == anyone else [value]
        sql += [", ".join(["%s"] * len(here)), piece]
        values += here
    return "".join(sql), values


def _values(row: dict) -> Iterator:
    yield from (row[name] for name in ("_order", "_name", "_kind", "_hint"))
    for name in link_columns():
        value = row[name]
        yield UUID(value) if name == "uuid" and isinstance(value, str) else value
