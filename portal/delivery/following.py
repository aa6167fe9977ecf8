"""How a store follows the database: at the start, after a fault, and on a node of many.

On one machine a publication takes the pages out by itself. Another machine, and a store that was
not there or could not be written at the time, finds in the database what it missed.
"""

import sqlite3

from django.db import transaction

from portal.delivery.changes import (
    age_of_site,
    is_left_behind_here,
    missed_since,
    nothing_is_left_behind_here,
    tell,
)
from portal.delivery.models import Untold
from portal.delivery.place import stores
from portal.delivery.store import Store
from portal.publishing.history import one_at_a_time


def catch_up(store: Store) -> int:
    """Take out what changed since the store last knew; returns how many pages went.

    Raises DatabaseError while the database is away: what is kept stands until it is back.
    """
    return 0 if store.age == age_of_site() else _follow(store)


def is_up_to_date(store: Store) -> bool:
    """Also where nothing can be asked of it: that pages are not kept then is told by itself."""
    try:
        return store.age in (None, age_of_site())
    except (OSError, sqlite3.Error):
        return True


@transaction.atomic
def _follow(store: Store) -> int:
    """Between two publications, for one that is under way may come to nothing, and has told the
    store already.
    """
    one_at_a_time()
    known, newest = store.age, age_of_site()
    if known == newest:
        return 0
    return store.drop(missed_since(known, newest), newest)


def follow() -> int:
    """With every store of this machine; returns how many pages went. Raises as ``catch_up``."""
    tell_what_is_left()
    gone = sum(map(catch_up, stores()))
    _make_up()
    return gone


def tell_what_is_left() -> None:
    """For processes that ended before they could."""
    if Untold.objects.exists():
        tell()


def _make_up() -> None:
    """The desk is told no longer, once every store of this machine knows the last change."""
    if not is_left_behind_here():
        return
    newest = age_of_site()
    if all(store.age in (None, newest) for store in stores()):
        nothing_is_left_behind_here()
