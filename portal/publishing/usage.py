"""Where a record is used: what its editor must think of before changing it."""

from django.db.models import Q

from portal.languages.texts import columns
from portal.records.kinds import kinds
from portal.records.models import Record


def used_where(record: Record) -> list[Record]:
    """Every record, public or not, that points at this one by a key, a set or a link in prose."""
    pointing = [other for accessor in _accessors(record) for other in accessor.all()]
    return list(dict.fromkeys([*pointing, *_linking(record)]))


def _accessors(record: Record) -> list:
    return [
        getattr(record, relation.get_accessor_name())
        for relation in record._meta.related_objects
        if issubclass(relation.related_model, Record)
    ]


def _linking(record: Record) -> list[Record]:
    found = []
    for kind in kinds():
        names = [column for name in kind.prose for column in columns(name)]
        wanted = Q(
            *(Q(**{f"{name}__contains": record.permanent}) for name in names), _connector="OR"
        )
        found += kind.objects.filter(wanted) if names else []
    return found
