"""Dates that know how exactly they are known.

A date is its EDTF level 0 text (ISO 8601-2): ``2005``, ``2015-01``, ``2015-02-12`` or the
interval ``2019/2020``. A year stays a year; nothing is ever padded to 1 January.
"""

import calendar
import re
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal.records.lines import LinesField

POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
INVALID = gettext_lazy(
    "“%(value)s” is not a date. Write a year (2005), a month (2015-01), a day (2015-02-12) "
    "or a period (2019/2020)."
)


class PartialDate(str):
    """An EDTF level 0 date or interval. Raises ValueError when the text is not one."""

    def __new__(cls, value: str) -> "PartialDate":
        partial = super().__new__(cls, value)
        if partial.first_day > partial.last_day:
            raise ValueError(value)
        return partial

    @cached_property
    def points(self) -> list[tuple[int, int | None, int | None]]:
        """``[(year, month, day)]``, two of them for an interval; None is what is not known."""
        found = [POINT.fullmatch(part) for part in self.split("/")]
        if not all(found) or len(found) > 2:
            raise ValueError(str(self))
        return [tuple(int(n) if n else None for n in match.groups()) for match in found]

    @cached_property
    def first_day(self) -> date:
        year, month, day = self.points[0]
        return date(year, month or 1, day or 1)

    @cached_property
    def last_day(self) -> date:
        year, month, day = self.points[-1]
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])

    @property
    def precision(self) -> str:
        """``year``, ``month``, ``day`` or ``period``."""
        if len(self.points) == 2:
            return "period"
        return ("year", "month", "day")[sum(part is not None for part in self.points[0]) - 1]

    @property
    def in_words(self) -> str:
        """As the reader's language writes it, at the recorded precision and no finer."""
        if len(self.points) == 2:
            start, end = (_point_in_words(*point) for point in self.points)
            return pgettext("period", "%(start)s–%(end)s") % {"start": start, "end": end}
        return _point_in_words(*self.points[0])


def _point_in_words(year: int, month: int | None, day: int | None) -> str:
    if month is None:
        return str(year)
    words = {"month": MONTHS[month], "year": f"{year:04d}", "day": day}
    if day is None:
        return _("%(month)s %(year)s") % words
    if day == 1:
        return pgettext("first of the month", "%(day)s %(month)s %(year)s") % words
    return _("%(day)s %(month)s %(year)s") % words


class EdtfBound(Func):
    """The first or last day of an EDTF text as a text that sorts: ``2015-01-00``, ``2015-01-99``.

    Only substr, length and a search for ``/``: the same on SQLite and PostgreSQL.
    """

    output_field = models.CharField(max_length=10)
    start = "substr({0} || '/', 1, {1}({0} || '/', '/') - 1)"
    end = "substr({0}, {1}({0}, '/') + 1)"

    def _bound(self, compiler, connection, search: str) -> tuple[str, tuple]:
        field, params = compiler.compile(self.source_expressions[0])
        last = self.extra["last"]
        part = (self.end if last else self.start).format(field, search)
        padding = "'9999-99-99'" if last else "'0000-00-00'"
        sql = f"({part} || substr({padding}, length({part}) + 1))"
        return sql, (*params,) * 4  # the field stands in it four times

    def as_sqlite(self, compiler, connection, **extra) -> tuple[str, tuple]:
        return self._bound(compiler, connection, "instr")

    def as_postgresql(self, compiler, connection, **extra) -> tuple[str, tuple]:
        return self._bound(compiler, connection, "strpos")


class PartialDateField(models.CharField):
    """One column for the fact, two generated ones (``…_from``, ``…_until``) to sort and compare."""

    description = "EDTF level 0 date"

    def __init__(self, *args, **kwargs) -> None:
        kwargs = {"max_length": 21, "null": True, "blank": True, **kwargs}
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, private_only=False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if cls._meta.abstract or cls.__module__ == "__fake__":
            return
        for suffix, last in (("from", False), ("until", True)):
            bound = models.GeneratedField(
                expression=EdtfBound(F(name), last=last),
                output_field=models.CharField(max_length=10, null=True),
                db_persist=True,
            )
            bound.contribute_to_class(cls, f"{name}_{suffix}")

    def to_python(self, value) -> PartialDate | None:
        if value in self.empty_values:
            return None
        try:
            return PartialDate(str(value).strip())
        except ValueError as error:
            raise ValidationError(INVALID, params={"value": value}, code="invalid") from error

    def from_db_value(self, value, expression, connection) -> PartialDate | None:
        return None if value is None else PartialDate(value)

    def get_prep_value(self, value) -> str | None:
        prepared = self.to_python(value)
        return None if prepared is None else str(prepared)


class Dated(NamedTuple):
    """One date of a record as a page tells it."""

    name: str
    label: str
    value: PartialDate | None  # None: not known, and that is said
    is_added: bool  # from outside the founding document
    is_end: bool  # the record no longer stands from then on


class DateNamesField(LinesField):
    """Some of the record's own dates, by the names of their fields, one a line."""

    description = "Names of dates of this record"

    def validate(self, value, instance) -> None:
        models.TextField.validate(self, value, instance)
        for name in (value or "").splitlines():
            if name not in self.model.dates:
                message = _("“%(name)s” is no date of this record. Known: %(known)s.")
                params = {"name": name, "known": ", ".join(self.model.dates)}
                raise ValidationError(message, params=params, code="name")

    def formfield(self, **kwargs) -> forms.Field:
        fields = [self.model._meta.get_field(name) for name in self.model.dates]
        return DateNames(
            choices=[(field.name, field.verbose_name) for field in fields],
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
        )


class DateNames(forms.MultipleChoiceField):
    """Boxes to tick, one a date, for what the column keeps as lines."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return value.splitlines() if isinstance(value, str) else value

    def clean(self, value) -> str | None:
        return "\n".join(super().clean(value)) or None

    def has_changed(self, initial, data) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
