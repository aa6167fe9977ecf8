"""Addresses to which nothing links any more, and which answer for ever: with 301 where their record
has another one now, with 410 where a law removed what stood there.

A copy keeps each as a link to the folder of the present page, or to ``errors``; whoever has nothing
but files follows it.
"""

import os
from collections.abc import Iterator

from portal.delivery.links import name_at
from portal.delivery.page import Headers
from portal.delivery.whole import FORMER, place_of
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from portal.publishing.models import Version
from portal.records.addresses import find
from portal.records.kinds import kinds_without_page, page_kinds
from portal.records.models import Address, PageRecord, State
from portal.records.reads import once_a_state

MOVED, GONE = 301, 410
REMOVED = "errors"  # where a link leads whose place is empty for ever


@once_a_state
def former_names() -> set[str]:
    """Of every address that is former now; what stands below one answers as it does."""
    found = (*_left(), *_removed_entries(), *_emptied_versions())
    return {f"{FORMER}{name}" for name in map(name_at, found) if name}


def _left() -> Iterator[str]:
    for kind in page_kinds():
        rows = Address.objects.filter(kind=kind.kind(), language__in=codes())
        records = kind.objects.in_bulk()
        for row in rows:
            record = records.get(row.record)
            if record and _is_left(record, row):
                yield from _at(record, row)


def _is_left(record: PageRecord, row: Address) -> bool:
    return record.is_removed or (record.is_readable and record.slug_in(row.language) != row.slug)


def _at(record: PageRecord, row: Address) -> Iterator[str]:
    name, named = record.route(row.language)
    if "slug" in named:  # home has none in its address
        yield route_in(name, row.language, slug=row.slug)


def _removed_entries() -> Iterator[str]:
    for kind in kinds_without_page():
        for record in kind.objects.filter(state=State.REMOVED):
            yield from map(record.history_at, codes())


def _emptied_versions() -> Iterator[str]:
    """Of records that go on."""
    for version in Version.objects.filter(revision__content=""):
        if record := find(version.record):
            yield from (f"{record.history_at(code)}{version.number}/" for code in codes())


def target_in(headers: Headers) -> str | None:
    """The name of the page to which an answer leads."""
    return name_at(dict(headers).get("Location", ""))


def link_for(name: str, headers: Headers) -> bytes:
    """What the link of this name says, from where it stands."""
    target = target_in(headers)
    folder = place_of(target).removesuffix("/index.html") if target else REMOVED
    return os.fsencode(os.path.relpath(folder, os.path.dirname(name)))  # noqa: PTH120 - no path yet


def status_in(headers: Headers) -> int:
    return MOVED if target_in(headers) else GONE
