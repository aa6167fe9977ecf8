"""A mirror as the portal makes it, of a few addresses: it wants nothing to which these lead."""

from collections.abc import Iterable
from pathlib import Path

from portal.delivery.filling import Filling, beginning
from portal.delivery.following import catch_up
from portal.delivery.links import name_at, names_linked
from portal.delivery.mirror import Mirror
from portal.delivery.whole import Whole


class Few(Whole):
    def want(self, names: Iterable[str]) -> None:
        pass


def write_mirror(folder: Path, addresses: Iterable[str]) -> None:
    """With the sheets of a page."""
    mirror = Mirror(folder)
    with mirror.alone():
        copy = Few(mirror.begin().root)
        catch_up(copy)
        _bring(copy, [*beginning(), *map(name_at, addresses)])
        linked = names_linked("/en/", copy.content_of("en/index.html"))
        _bring(copy, sorted(name for name in linked if name.startswith("static/")))
        copy.end_busy()
        mirror.serve(copy)


def _bring(copy: Whole, names: Iterable[str]) -> None:
    filling = Filling(copy)
    for name in names:
        filling.note(name, filling.bring(name))
    assert filling.wrong() == []
