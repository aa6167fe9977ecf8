"""What was said, and what waits to be: the tables of publishing."""

from portal.publishing.models.history import START, Act, Entry, Link, Revision, Version
from portal.publishing.models.release import (
    CHOSEN_ACTS,
    OPEN,
    Approval,
    Item,
    Release,
    Run,
    Stage,
)

__all__ = [
    "CHOSEN_ACTS",
    "OPEN",
    "START",
    "Act",
    "Approval",
    "Entry",
    "Item",
    "Link",
    "Release",
    "Revision",
    "Run",
    "Stage",
    "Version",
]
