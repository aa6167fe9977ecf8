"""The records of a kind as its list shows them: in groups, in order, a stretch at a time.

The database counts, orders and cuts; of what a page does not show nothing is read.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, Field, Q, QuerySet, When

from portal.languages.texts import active, column
from portal.records.models import PageRecord, RecordQuerySet
from portal.records.order import NAME_KEY

Counts = dict[Any, int]


class Listing:
    """``rows`` in the order of a list, as far as a paginator needs a sequence: counted and cut.

    The groups are those of a choice field in its order, or of a key in the order of what it leads
    to; ``counts`` says how many records each has, and without groups counts them under None.
    """

    def __init__(self, rows: RecordQuerySet, counts: Counts | None = None) -> None:
        self.rows, self.kind = rows, rows.model
        self.brief = rows.order_by().select_related(None).prefetch_related(None)
        self.counts = self._counted() if counts is None else counts

    def only(self, value: Any) -> "Listing":
        """One of its groups."""
        return Listing(self.rows, {value: self.counts[value]})

    def __len__(self) -> int:
        return sum(self.counts.values())

    def __getitem__(self, places: slice) -> list[PageRecord]:
        wanted = list(self._places(places.start, places.stop).values_list("pk", flat=True))
        found = self.rows.in_bulk(wanted)
        return [found[pk] for pk in wanted if pk in found]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The values of a choice field by which the list can be narrowed, with their labels."""
        chosen = self._field.flatchoices if self.kind.filter_word else []
        return [(value, label) for value, label in chosen if value in self.counts]

    @property
    def label(self) -> str:
        """What a choice is a choice of."""
        return self._field.verbose_name if self._field else ""

    def grouped(self, records: Iterable[PageRecord]) -> list[tuple[Any, list[PageRecord]]]:
        """``[(label, records)]``, one pair a group; the label of a key is what it leads to."""
        groups: dict[Any, list[PageRecord]] = {}
        for record in records:
            value = getattr(record, self._field.name) if self._field else None
            groups.setdefault(value, []).append(record)
        labels = dict(self.choices) | self.kind.group_titles
        return [(labels.get(value, value), members) for value, members in groups.items()]

    @cached_property
    def _field(self) -> Field | None:
        return self.kind._meta.get_field(self.kind.group_by) if self.kind.group_by else None

    def _counted(self) -> Counts:
        if not self._field:
            return {None: self.brief.count()}
        counts = dict(self.brief.values_list(self._field.attname).annotate(Count("pk")))
        order = [value for value in self._known_order([*counts]) if value in counts]
        return {value: counts[value] for value in dict.fromkeys([*order, *counts])}

    def _known_order(self, values: list) -> Iterable:
        if not self._field.is_relation:
            return [value for value, _label in self._field.flatchoices]
        linked = self._field.related_model.objects.filter(pk__in=values)
        return linked.order_by("position", "pk").values_list("pk", flat=True)

    def _places(self, start: int, stop: int) -> QuerySet:
        """What stands from one place to another; other groups than theirs are passed over."""
        values, before = self._groups_between(start, stop)
        rows = self.brief.alias(name_key=F(column(NAME_KEY, active())))
        ordered = rows.order_by("position", "name_key", "pk")
        if self._field:
            ordered = self._group_by_group(ordered, values)
        return ordered[start - before : stop - before]

    def _group_by_group(self, rows: QuerySet, values: list) -> QuerySet:
        """Of one group alone an index has the order."""
        groups = [Q((self._field.attname, value)) for value in values]
        found = rows.filter(Q(*groups, _connector=Q.OR))
        if len(groups) < 2:
            return found
        cases = [When(group, then=number) for number, group in enumerate(groups)]
        return found.alias(group=Case(*cases)).order_by("group", "position", "name_key", "pk")

    def _groups_between(self, start: int, stop: int) -> tuple[list, int]:
        """The groups that stand there in part at least, and how many records come before them."""
        found, before, end = [], 0, 0
        for value, count in self.counts.items():
            begin, end = end, end + count
            if begin < stop and start < end:
                before = before if found else begin
                found.append(value)
        return found, before
