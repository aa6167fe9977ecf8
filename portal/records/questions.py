"""A question that is written once and asked often.

Django takes a hundred times longer to write a UNION of ten kinds than a database to answer it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from portal.records.reads import unnoted


class Question(NamedTuple):
    sql: str
    params: tuple

    @classmethod
    def of(cls, queryset: QuerySet) -> "Question":
        with unnoted():  # whoever asks it knows of what, and notes that
            return cls(*queryset.query.sql_with_params())

    def answers(self, instead: Mapping[Any, Any] | None = None) -> list[dict[str, Any]]:
        """Rows as the database gives them, by the names of their columns.

        ``instead`` puts other values for some that it was written with, both as the database
        takes them.
        """
        instead = instead or {}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [instead.get(each, each) for each in self.params])
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
