"""What was said, and what waits to be: the tables of publishing."""

from portal.publishing.models.history import START, Act, Entry, Link, Revision, Version
from portal.publishing.models.release import OPEN, Approval, Item, Release, Stage

__all__ = [
    "OPEN",
    "START",
    "Act",
    "Approval",
    "Entry",
    "Item",
    "Link",
    "Release",
    "Revision",
    "Stage",
    "Version",
]
