"""What every page shows of the whole site: which kinds there are, and the years of the axis.

To see it costs a look at all that is published, and grows with it. A publication that adds to a
kind that is there, within the years that are there, leaves it as it is: that is seen without.
"""

import json
from typing import Any

from portal.publishing.content import Content, Moved
from portal.records.dates import PartialDate
from portal.records.holdings import holdings
from portal.records.lifelines import Axis, axis_of


def shown() -> str:
    """The same text as long as it is the same."""
    found = holdings()
    axis = axis_of(found.values())
    return json.dumps({"kinds": sorted(found), "years": axis and [axis.first, axis.last]})


def is_left_as_it_was(before: str, moved: Moved) -> bool:
    """False also where only a look can tell. ``before`` is what ``shown`` said, or an edition that
    said it otherwise.
    """
    try:
        known = json.loads(before)
        kinds, years = known["kinds"], known["years"]
    except (ValueError, KeyError, TypeError):
        return False
    return moved.record._meta.model_name in kinds and _is_within(Axis(*years or (0, 0)), moved)


def _is_within(axis: Axis, moved: Moved) -> bool:
    """No date is gone that may have been the first or the last, and none is before or after."""
    was, now = (_dates(moved, content) for content in (moved.was, moved.now))
    return bool(moved.now) and was <= now and all(map(axis.holds, map(PartialDate, now - was)))


def _dates(moved: Moved, content: Content) -> set[Any]:
    named = (content.get(name) for name in getattr(moved.record, "dates", ()))
    return {value for value in named if value}
