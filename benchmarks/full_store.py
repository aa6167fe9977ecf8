"""A page store as full as the site is large, without making every page.

The pages hold the bytes of one that was made. Each is known to show what its record names and
what names it, as a page that was made notes it; lists and overviews are made.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from uuid import UUID

from portal.delivery.changes import age_of_site
from portal.delivery.kept import name_of
from portal.delivery.page import Page
from portal.delivery.store import Store
from portal.languages.texts import codes
from portal.records.kinds import kinds, page_kinds
from portal.records.reads import key_of, key_of_naming

Shows = dict[str, set[str]]


def fill(store: Store, page: Page) -> None:
    keep(store, page, _of_records())


def keep(store: Store, page: Page, pages: Shows) -> None:
    age = age_of_site()
    for name, shows in pages.items():
        assert store.keep(name, page, shows, age)


def known(store: Store) -> Shows:
    """What the store knows of every page that it holds."""
    found: Shows = defaultdict(set)
    with closing(sqlite3.connect(store.root / "index.sqlite3")) as index:
        for name, key in index.execute("SELECT name, key FROM shows"):
            found[name].add(key)
    return found


def _of_records() -> Shows:
    leads = _links()
    return {
        name_of(record.address(code)): {
            *(key_of(record.pk), key_of_naming(record.pk)),
            *map(key_of, leads[record.pk]),
        }
        for kind in page_kinds()
        for record in kind.objects.published()
        for code in codes()
    }


def _links() -> dict[UUID, set[UUID]]:
    """From each record to those that it names, and to those that name it."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for kind in kinds():
        for one, other in _pairs(kind):
            found[one].add(other)
            found[other].add(one)
    return found


def _pairs(kind) -> Iterable[tuple[UUID, UUID]]:
    for field in kind._meta.many_to_many:
        names = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        yield from field.remote_field.through.objects.values_list(*names)
    for field in kind._meta.concrete_fields:
        if field.is_relation:
            rows = kind.objects.published().exclude(**{f"{field.name}": None})
            yield from rows.values_list("pk", field.attname)
