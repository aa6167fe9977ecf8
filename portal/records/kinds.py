"""The kinds are the installed models that are Records: no registry to keep in step."""

from functools import cache
from uuid import UUID

from django.apps import apps

from portal.records.models import PageRecord, Record


def kinds() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record)]


def page_kinds() -> list[type[PageRecord]]:
    return [kind for kind in kinds() if issubclass(kind, PageRecord)]


def kinds_without_page() -> list[type[Record]]:
    """Kinds that are shown on the page of another record, or in a list."""
    return [kind for kind in kinds() if not issubclass(kind, PageRecord)]


def kind_named(name: str) -> type[Record]:
    """Raises KeyError for a kind that is not installed."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, type[Record]]:
    """Long lists ask for every row; the installed models do not change while a process runs."""
    return {kind.kind(): kind for kind in kinds()}


def states_of_all() -> dict[UUID, str]:
    """The state of every record there is: one query."""
    first, *others = (kind.objects.order_by().values_list("uuid", "state") for kind in kinds())
    return dict(first.union(*others, all=True))
