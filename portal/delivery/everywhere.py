"""What every page shows of the whole site: which kinds there are and which have dates, and the
years of the axis.

To see it costs a look at all that is published, and grows with it. A publication that adds to a
kind that is there, within the years that are there, leaves it as it is: that is seen without.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from portal.publishing.content import Content, Moved
from portal.records.dates import PartialDate
from portal.records.holdings import holdings
from portal.records.kinds import kinds
from portal.records.lifelines import Axis, axis_of

NONE_OF_TIME = Axis(1, 0)


def shown() -> str:
    """The same text as long as it is the same."""
    found = holdings()
    axis = axis_of(found.values()) or NONE_OF_TIME
    known = {
        "kinds": {name: bool(found[name].last) for name in sorted(found)},
        "years": [axis.first, axis.last],
        "asked": _asked(),
    }
    return json.dumps(known)


@cache
def _asked() -> dict[str, list[str]]:
    """Of which dates: another edition may have counted others."""
    dates = ((kind._meta.model_name, getattr(kind, "dates", ())) for kind in kinds())
    return {name: [*each] for name, each in sorted(dates) if each}


def is_left_as_it_was(before: str, moved: Iterable[Moved]) -> bool:
    """False also where only a look can tell. ``before`` is what ``shown`` said, or another edition,
    in its own way.
    """
    try:
        known = json.loads(before)
        asked, dated, axis = known["asked"], dict(known["kinds"]), Axis(*known["years"])
    except (ValueError, KeyError, TypeError):
        return False
    return asked == _asked() and all(_adds(each, dated, axis) for each in moved)


def _adds(moved: Moved, dated: dict[str, bool], axis: Axis) -> bool:
    """And no more: no date is gone that may have been the first or the last of all, and none came
    before or after them, or is the first of its kind.
    """
    was, now = (_dates(moved, content) for content in (moved.was, moved.now))
    kind = moved.record._meta.model_name
    if not moved.now or not was <= now or kind not in dated:
        return False
    return not now or (dated[kind] and all(map(axis.holds, map(PartialDate, now - was))))


def _dates(moved: Moved, content: Content) -> set[Any]:
    named = (content.get(name) for name in getattr(moved.record, "dates", ()))
    return {value for value in named if value}
