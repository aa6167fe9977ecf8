"""Rows from before their names were kept as keys, or in this many languages, get theirs.

That is done after every ``migrate``, so that a new language needs nothing for it.
"""

from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Q

from portal.languages.texts import columns
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord, RecordQuerySet
from portal.records.order import NAME_KEY


def fill_name_keys(using: str = DEFAULT_DB_ALIAS, apps: Apps | None = None, **kwargs) -> None:
    """Received from ``post_migrate``, which is also sent, without ``apps``, of emptied tables."""
    wanting = Q(*((name, b"") for name in columns(NAME_KEY)), _connector=Q.OR)
    for kind in page_kinds():
        if apps and _is_up_to_date(kind, apps):
            write_name_keys(kind.objects.using(using).filter(wanting))


@transaction.atomic
def write_name_keys(rows: RecordQuerySet) -> None:
    keys = columns(NAME_KEY)
    known = ["source_language", *columns(rows.model.headline), *keys]
    for record in rows.order_by().only(*known):
        record.save(update_fields=keys)


def _is_up_to_date(kind: type[PageRecord], apps: Apps) -> bool:
    """Tables of an earlier point of the migrations cannot be read with today's models."""
    then = next((each for each in apps.get_models() if each._meta.label == kind._meta.label), None)
    return bool(then) and {*columns(NAME_KEY)} <= {field.name for field in then._meta.fields}
