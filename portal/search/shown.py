"""Which of the entries found may be shown, and the records that they lead to.

The index follows each record by itself. What has no page of its own, such as a responsibility,
is read on pages of other records: once one of these is gone it leads nowhere, though it is
still published.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from uuid import UUID

from django.db.models import Q

from portal.records.fields import RecordKey
from portal.records.kinds import kind_named
from portal.records.models import PageRecord, Record, RecordQuerySet, State
from portal.search.entries import record_of
from portal.search.find import Answer, find
from portal.search.models import IndexEntry


def answer_to(typed: str, lang: str) -> Answer:
    """What is found, without what hangs on a record that is not published."""
    answer = find(typed, lang)
    shown = _read_where_all_is_public(answer.entries)
    kept = [each for each in answer.entries if not _hangs_on_others(each) or each.record in shown]
    return replace(answer, entries=kept, hidden=len(answer.entries) - len(kept))


def records_of(entries: Iterable[IndexEntry]) -> dict[UUID, Record]:
    """Each as far as it is public, with what a result shows of it."""
    entries = list(entries)
    known = {each.record: record_of(each) for each in entries if not _hangs_on_others(each)}
    asked = (record for rows in _rows_that_hang(entries) for record in rows.for_list())
    return known | {record.pk: record for record in asked}


def _read_where_all_is_public(entries: Iterable[IndexEntry]) -> set[UUID]:
    rows = (each.filter(_all_is_public(each.model)) for each in _rows_that_hang(entries))
    return {pk for each in rows for pk in each.order_by().values_list("pk", flat=True)}


def _hangs_on_others(entry: IndexEntry) -> bool:
    kind = kind_named(entry.kind)
    return not issubclass(kind, PageRecord) and bool(_keys(kind))


def _rows_that_hang(entries: Iterable[IndexEntry]) -> list[RecordQuerySet]:
    by_kind: dict[type[Record], list[UUID]] = {}
    for entry in filter(_hangs_on_others, entries):
        by_kind.setdefault(kind_named(entry.kind), []).append(entry.record)
    return [kind.objects.published().filter(pk__in=some) for kind, some in by_kind.items()]


def _all_is_public(kind: type[Record]) -> Q:
    names = _keys(kind)
    public = (Q(**{f"{n}__isnull": True}) | Q(**{f"{n}__state": State.PUBLISHED}) for n in names)
    return Q(*public)


@cache
def _keys(kind: type[Record]) -> list[str]:
    return [each.name for each in kind._meta.concrete_fields if isinstance(each, RecordKey)]
