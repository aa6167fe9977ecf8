"""What the public sees of each kind: how many records, and from when to when. One query.

It is the same for every page until something is published, so a process keeps the last answer.
"""

from functools import cache
from typing import NamedTuple

from django.db import models
from django.db.models import Aggregate, Count, Expression, Max, Min, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from portal.records.kinds import kinds
from portal.records.models import Record
from portal.records.questions import Question
from portal.records.reads import once_a_state

NEVER = "9999-99-99"  # after every bound of a date


class Holding(NamedTuple):
    """Bounds of dates, as texts that sort; without a date ``NEVER`` and the empty text."""

    count: int
    first: str
    last: str


@once_a_state
def holdings() -> dict[str, Holding]:
    """``{model name: Holding}``, without the kinds of which nothing is published."""
    found = _question().answers()
    return {each["_kind"]: Holding(each["_count"], each["_first"], each["_last"]) for each in found}


@cache
def _question() -> Question:
    rows = [_row(kind) for kind in kinds()]
    return Question(rows[0].union(*rows[1:]))


def _row(kind: type[Record]) -> QuerySet:
    dates = getattr(kind, "dates", ())
    labels = {
        "_kind": Value(kind._meta.model_name),
        "_first": _bound(Least, Min, [f"{name}_from" for name in dates], NEVER),
        "_last": _bound(Greatest, Max, [f"{name}_until" for name in dates], ""),
    }
    texts = {name: Cast(label, models.TextField()) for name, label in labels.items()}
    one_group = kind.objects.published().order_by().values("state")
    counted = one_group.annotate(_count=Count("pk"), **texts)
    return counted.values_list("_kind", "_count", "_first", "_last")


def _bound(of_all, of_one: type[Aggregate], columns: list[str], without: str) -> Expression:
    bounds = [Coalesce(of_one(column), Value(without)) for column in columns]
    if not bounds:
        return Value(without)
    return of_all(*bounds) if len(bounds) > 1 else bounds[0]
