"""A mirror that publications keep: they take out what changed, and here it is made anew.

The work is in proportion to the change: what went is missing, and what is made leads to whatever
is new.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from portal.delivery.exporting import renew
from portal.delivery.filling import Filling, beginning
from portal.delivery.following import catch_up
from portal.delivery.former import target_in
from portal.delivery.links import SECURITY, address_of, names_linked
from portal.delivery.manifest import Line, MirrorManifest, line_of
from portal.delivery.mirror import Mirror
from portal.delivery.page import CODINGS
from portal.delivery.upkeep import A_TIME
from portal.delivery.whole import FORMER, Whole, copies_in, is_page

Counts = Counter[str]


def keep_whole(folder: Path, *, thorough: bool) -> Counts:
    """Returns what was done. ``thorough`` reads every file and mends what is damaged.

    Raises Refused where a new copy was needed and is not good, and whatever a store raises.
    """
    mirror = Mirror(folder)
    with mirror.alone():
        copy = mirror.current
        if copy is None or not MirrorManifest(copy).fits() or not copy.wanted():
            return _anew(mirror)  # also where its index was lost
        return _go_on(mirror, copy, thorough=thorough)


def _anew(mirror: Mirror) -> Counts:
    return Counter({"pages mirrored": renew(mirror)["pages"]})


def _go_on(mirror: Mirror, copy: Whole, *, thorough: bool) -> Counts:
    for each in copies_in(mirror.folder):
        catch_up(each)
        each.sweep()
    done = Counter()
    if thorough:
        try:
            done["mended in mirrors"] = mend(copy)
        except ValueError:  # a list that cannot be read
            return _anew(mirror)
    made = _fill(copy, [SECURITY[1:]] if thorough else [])
    finer = copy.coarse(A_TIME)
    done["compressed in mirrors"] = sum(map(copy.refine, finer))
    if made or finer:
        MirrorManifest(copy).add({*made, *finer})
    done["pages mirrored"] = len(made)
    done["missing from mirrors"] = len(copy.missing())
    if thorough and not copy.missing():
        done["left out of mirrors"] = leave_out(copy)
    return done


def _fill(copy: Whole, again: list[str]) -> set[str]:
    """What became of these and of all that was missing."""
    if not again and not copy.missing():
        return set()
    filling = Filling(copy)
    for name in again:
        filling.note(name, filling.bring(name))
    filling.go_on()
    return {*filling.came}


def leave_out(copy: Whole) -> int:
    """What nothing leads to any more, as in a new copy; returns how many."""
    idle = set(copy.wanted()) - _reached(copy)
    for name in idle:
        copy.give_up(name)
    MirrorManifest(copy).add(idle)
    return len(idle)


def _reached(copy: Whole) -> set[str]:
    """From where a copy begins, over every page that it holds."""
    held, found, fresh = copy.names(), set(), set(beginning())
    while fresh:
        found |= fresh
        fresh = {to for name in fresh for to in _led_to(copy, name)} & held - found
    return found


def _led_to(copy: Whole, name: str) -> set[str]:
    if name.startswith(FORMER):
        return {*filter(None, [target_in(copy.headers_of(name))])}
    return names_linked(address_of(name), copy.content_of(name))


def mend(copy: Whole) -> int:
    """Take out what is not as it is listed, and what nobody wrote; returns how many.

    Raises ValueError where the list itself is damaged.
    """
    listed = MirrorManifest(copy).read()
    wrong = [name for name in copy.names() if not _is_as_listed(copy, name, listed)]
    copy.forget(wrong)
    expected = set(_expected(copy))
    strange = [path for path in _files(copy) if path not in expected]
    for path in strange:
        path.unlink()
    return len(wrong) + len(strange)


def _is_as_listed(copy: Whole, name: str, listed: dict[str, Line]) -> bool:
    is_whole = not is_page(name) or all(copy.read(name, coding) for coding in CODINGS)
    return is_whole and line_of(copy, name) == listed.get(address_of(name))


def _files(copy: Whole) -> Iterator[Path]:
    for folder in {*copy.moved_aside, "static"}:
        found = (copy.root / folder).rglob("*")
        yield from (each for each in found if each.is_symlink() or not each.is_dir())


def _expected(copy: Whole) -> Iterator[Path]:
    for name in copy.wanted():
        yield copy.busy(name)
        yield from copy.files_of(name)
