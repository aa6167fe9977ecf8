"""Files that readers may be reading: each step on the disk leaves the old or the new one, whole."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from portal.delivery.page import digest


def replace(path: Path, content: bytes) -> None:
    """A reader finds the old file or the new one, whole.

    nginx makes the tag of a file from its time and its length. So the time is made from the bytes:
    two contents of one length have two tags, also within a second.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        fresh.write_bytes(content)
        os.utime(fresh, (0, int(digest(content)[:8], 16)))
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def lead(link: Path, to: Path | str) -> None:
    """A reader is led to the old place or to the new one."""
    link.parent.mkdir(parents=True, exist_ok=True)
    fresh = link.with_name(f".{link.name}.{uuid4().hex}")
    fresh.symlink_to(to)
    fresh.replace(link)


def folders_in(place: Path) -> list[Path]:
    """Sorted; none where there is no such place. Raises OSError where it cannot be looked into:
    ``glob`` would find nothing there, and whoever clears it away would think it done.
    """
    try:
        return sorted(each for each in place.iterdir() if each.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def delete(path: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()
