"""A question that is written once and asked often.

Django takes a hundred times longer to write a UNION of ten kinds than a database to answer it,
and hardly less for one kind whose rows bring ten others along. So a question is written about
somebody who does not exist, and asked with others in their place. It must say the same whenever
it is written: no day and no language of a reader stands in it.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Expression, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler

from portal.records.reads import note_question, unnoted

SOMEBODY = UUID(int=0)  # no record has it
IDENTITY = UUIDField()

Instead = Mapping[Any, Any]  # whom or what is asked about, by what was written in their place


class Question(NamedTuple):
    sql: str
    params: tuple

    @classmethod
    def of(cls, queryset: QuerySet) -> "Question":
        with unnoted():  # whoever asks it knows of what, and notes that
            return cls(*queryset.query.sql_with_params())

    def answers(self, instead: Instead | None = None) -> list[dict[str, Any]]:
        """Rows as the database gives them, by the names of their columns."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, _put(instead or {}, self.params))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class RecordsAsked:
    """A question whose answers are records, as its queryset gives them, and noted as it would."""

    def __init__(self, queryset: QuerySet) -> None:
        self._queryset = queryset
        with unnoted():
            self._compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
            self._sql, self._params = self._compiler.as_sql()
        columns = enumerate(each for each, _sql, _alias in self._compiler.select)
        self._converted = {at: each for at, each in columns if _converters(each)}
        self._compiler.connection = None  # each thread has its own

    def records(self, instead: Instead | None = None) -> list:
        note_question(self._queryset.query, instead or {})
        rows = self._queryset.all()
        rows.query = _Written(self._asking(instead or {}))
        return list(rows)

    def _asking(self, instead: Instead) -> SQLCompiler:
        compiler = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda: (self._sql, _put(instead, self._params))
        compiler.get_converters = lambda _columns: {
            at: (_converters(each), each) for at, each in self._converted.items()
        }
        return compiler


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


def _converters(column: Expression) -> list:
    """What makes a value of a column out of what the database gives."""
    own = connection.ops.get_db_converters(column)
    return own + column.get_db_converters(connection)
