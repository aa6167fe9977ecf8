"""A question that is written once and asked often.

Django takes a hundred times longer to write a UNION of ten kinds than a database to answer it,
and hardly less for one kind whose rows bring ten others along. So a question is written about
somebody who does not exist, and asked with others in their place. It must say the same whenever
it is written: no day and no language of a reader stands in it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import cache
from threading import local
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, Prefetch, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler

from portal.records.reads import note_question, unnoted

SOMEBODY = UUID(int=0)  # no record has it
PLACES = [2**power for power in range(11)]  # how many identities one question can name
IDENTITY = UUIDField()

Answer = TypeVar("Answer")
Instead = Mapping[Any, Any]  # whom or what is asked about, by what was written in their place


@cache
def nobody(places: int) -> list[UUID]:
    """Identities that no record has, to be put in place of."""
    return [UUID(int=number) for number in range(1, places + 1)]


def places_for(wanted: Collection) -> int:
    """Of not more than the last of ``PLACES``."""
    return min(size for size in PLACES if size >= len(wanted))


def in_parts(wanted: Sequence[Answer]) -> Iterator[Sequence[Answer]]:
    """As many at a time as a question has places for."""
    return (wanted[start : start + PLACES[-1]] for start in range(0, len(wanted), PLACES[-1]))


def in_their_places(wanted: Sequence[UUID]) -> Instead:
    """The last one is named again in the places that are left over."""
    places = places_for(wanted)
    return dict(zip(nobody(places), [*wanted, *wanted[-1:] * places], strict=False))


class Question:
    """Written once for each kind of database that it is asked."""

    def __init__(self, queryset: QuerySet) -> None:
        self._query = queryset.query
        self._in_words_of = cache(self._write)

    def _write(self, _vendor: str) -> tuple[str, tuple]:
        with unnoted():  # whoever asks it knows of what, and notes that
            return self._query.sql_with_params()

    def answers(self, instead: Instead | None = None) -> list[dict[str, Any]]:
        """Rows as the database gives them, by the names of their columns."""
        sql, params = self._in_words_of(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, _put(instead or {}, params))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class RecordsAsked:
    """A question whose answers are records, as its queryset gives them, and noted as it would."""

    def __init__(self, queryset: QuerySet) -> None:
        asked = queryset._prefetch_related_lookups
        own = [each for each in asked if _hangs_by_a_key(queryset.model, each)]
        self._hanging = [_Hanging(queryset.model, each) for each in own]
        others = [each for each in asked if each not in own]
        self._queryset = queryset = queryset.prefetch_related(None).prefetch_related(*others)
        with unnoted():
            self._compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
            self._sql, self._params = self._compiler.as_sql()
        columns = enumerate(each for each, _sql, _alias in self._compiler.select)
        self._converted = {at: each for at, each in columns if _converters(each, connection)}
        self._compiler.connection = None  # each thread has its own
        self._here = local()

    def records(self, instead: Instead | None = None) -> list:
        note_question(self._queryset.query, instead or {})
        rows = self._queryset.all()
        rows.query = _Written(self._asking(instead or {}))
        records = list(rows)
        for each in self._hanging:
            each.bring(records)
        return records

    def _asking(self, instead: Instead) -> SQLCompiler:
        compiler = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda: (self._sql, _put(instead, self._params))
        compiler.get_converters = lambda _columns: self._converters_for(compiler.connection)
        return compiler

    def _converters_for(self, given: BaseDatabaseWrapper) -> dict:
        if getattr(self._here, "connection", None) is not given:
            found = {at: (_converters(each, given), each) for at, each in self._converted.items()}
            self._here.connection, self._here.converters = given, found
        return self._here.converters


def _hangs_by_a_key(kind: type[Model], asked: Prefetch | str) -> bool:
    """What is brought along in another way is left to Django."""
    if not isinstance(asked, Prefetch) or asked.queryset is None or asked.to_attr:
        return False
    keys = [each for each in kind._meta.related_objects if each.one_to_many]
    return asked.prefetch_to in {each.get_accessor_name() for each in keys}


class _Hanging:
    """What a ``Prefetch`` brings along: the rows whose key points at the records of an answer."""

    def __init__(self, kind: type[Model], asked: Prefetch) -> None:
        self.name, self._rows = asked.prefetch_to, asked.queryset
        self._key = getattr(kind, self.name).field
        self._question = cache(self._write)  # one for each number of places

    def _write(self, places: int) -> RecordsAsked:
        return RecordsAsked(self._rows.filter((f"{self._key.name}__in", nobody(places))))

    def bring(self, records: Sequence[Model]) -> None:
        """As Django leaves it: read along, each row with the record on which it hangs."""
        for some in in_parts(records):
            self._bring(some)

    def _bring(self, records: Sequence[Model]) -> None:
        identities = [each.pk for each in records]
        asked = self._question(places_for(identities))
        hanging: dict[UUID, list[Model]] = {each: [] for each in identities}
        for row in asked.records(in_their_places(identities)):
            hanging[getattr(row, self._key.attname)].append(row)
        for record in records:
            for row in hanging[record.pk]:
                self._key.set_cached_value(row, record)
            rows = getattr(record, self.name)._apply_rel_filters(self._rows)
            rows._result_cache, rows._prefetch_done = hanging[record.pk], True
            record.__dict__.setdefault("_prefetched_objects_cache", {})[self.name] = rows


class _Written(NamedTuple):
    """What a queryset needs of its query to read rows."""

    compiler: SQLCompiler
    values_select: tuple = ()

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler


def _put(instead: Instead, params: tuple) -> list:
    values = {_as_asked(written): _as_asked(asked) for written, asked in instead.items()}
    return [values.get(each, each) for each in params]


def _as_asked(value: Any) -> Any:
    """As the database takes it."""
    return IDENTITY.get_db_prep_value(value, connection) if isinstance(value, UUID) else value


def _converters(column: Expression, given: BaseDatabaseWrapper) -> list:
    """What makes a value of a column out of what the database gives."""
    return given.ops.get_db_converters(column) + column.get_db_converters(given)
