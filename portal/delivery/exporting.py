"""A new copy of the whole site, which takes the place of the one before only if it is good."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.db import Error as DatabaseFault
from django.db import transaction

from portal.delivery.changes import age_of_site
from portal.delivery.filling import Filling
from portal.delivery.following import catch_up
from portal.delivery.links import address_of, names_linked
from portal.delivery.manifest import MirrorManifest, counts, line_of
from portal.delivery.mirror import Mirror, Refused
from portal.delivery.whole import Whole, is_page
from portal.publishing.history import one_at_a_time

MOST_WRONG = 0.01  # of what links lead to
MOST_FEWER = 0.05  # pages than the copy before had
ROUNDS = 10  # in which publications may come in between
TOLD = 5  # addresses
SITEMAP = "sitemap.xml"

Tell = Callable[[int, int], None]


def quiet(made: int, known: int) -> None:
    pass


def export(folder: Path, tell: Tell = quiet, *, fewer: bool = False) -> dict:
    """Returns how much the new copy holds. ``fewer`` allows that pages became fewer.

    Raises Refused when the copy before stays.
    """
    mirror = Mirror(folder)
    try:
        with mirror.alone():
            return renew(mirror, tell, fewer=fewer)
    except (DatabaseFault, OSError, sqlite3.Error) as fault:
        raise Refused(f"{fault}") from fault


def renew(mirror: Mirror, tell: Tell = quiet, *, fewer: bool = False) -> dict:
    mirror.clear()
    copy = mirror.begin()
    try:
        _make(mirror, copy, tell, fewer=fewer)
    except BaseException:
        shutil.rmtree(copy.root, ignore_errors=True)
        raise
    mirror.clear()
    return counts(copy)


def _make(mirror: Mirror, copy: Whole, tell: Tell, *, fewer: bool) -> None:
    filling = Filling(copy, tell)
    filling.begin()
    for _round in range(ROUNDS):
        catch_up(copy)
        filling.go_on()
        _refuse_if_worse(copy, filling, None if fewer else mirror.current)
        MirrorManifest(copy).write(line_of(copy, name) for name in copy.names())
        if _is_served(mirror, copy, filling):
            return
    raise Refused("Something was published again and again meanwhile. Try later.")


@transaction.atomic
def _is_served(mirror: Mirror, copy: Whole, filling: Filling) -> bool:
    """Between two publications, so that none is missed."""
    one_at_a_time()
    if copy.age != age_of_site() or not filling.faulty.issuperset(copy.missing()):
        return False
    mirror.serve(copy)
    return True


def _refuse_if_worse(copy: Whole, filling: Filling, before: Whole | None) -> None:
    _refuse_wrong(filling, set(filling.wrong()), MOST_WRONG * len(filling.came))
    held = copy.names()
    _refuse_wrong(filling, {SITEMAP} - held, 0)
    _refuse_wrong(filling, _named_in_sitemap(copy) - held, 0)
    had = sum(map(is_page, before.wanted())) if before else 0
    has = sum(map(is_page, held))
    if has < had * (1 - MOST_FEWER):
        raise Refused(
            f"There are {has} pages, and the copy before has {had}. Look for what is missing; if "
            "it is meant so, type --fewer."
        )


def _refuse_wrong(filling: Filling, wrong: set[str], most: float) -> None:
    if len(wrong) <= most and not filling.failed:
        return
    told = [f"{address_of(each)} ({filling.came.get(each, 'missing')})" for each in sorted(wrong)]
    more = f" and {len(told) - TOLD} more" if len(told) > TOLD else ""
    raise Refused(f"{len(told)} of {len(filling.came)} pages: {', '.join(told[:TOLD])}{more}.")


def _named_in_sitemap(copy: Whole) -> set[str]:
    body = copy.content_of(SITEMAP)
    return names_linked(address_of(SITEMAP), body)
