"""The folder in which copies of the whole site stand, one generation beside the other.

``current`` names the one that is served, and is changed in one step. Numbers, not times, order
the generations, so that a clock may jump. ``.mirror`` tells that the folder is ours, and is held
by whoever writes.
"""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.delivery.disk import lead
from portal.delivery.whole import Whole

SIGN = ".mirror"
GENERATION = re.compile(r"\d{6,}")
KEPT = 3  # generations, the one that is served among them


class Refused(Exception):
    """The mirror stays as it is; the text says why, and what to do."""


class InUse(Refused):
    """Somebody else writes in it."""


class Mirror:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Raises Refused where the folder is not ours, or somebody else writes in it."""
        self._claim()
        with (self.folder / SIGN).open("a") as sign:
            try:
                fcntl.flock(sign, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InUse(
                    f"Somebody else writes in {self.folder}. Wait until that has ended."
                ) from None
            yield

    def _claim(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / SIGN).exists():
                if any(self.folder.iterdir()):
                    raise Refused(
                        f"{self.folder} holds something else. Name an empty folder, or a new one."
                    )
                (self.folder / SIGN).touch()
        except FileExistsError:
            raise Refused(f"{self.folder} is a file. Name a folder.") from None
        except NotADirectoryError as fault:
            raise Refused(f"{fault.filename} lies below a file. Name another folder.") from None

    @property
    def current(self) -> Whole | None:
        """None where nothing is served, or nothing that is whole."""
        served = self._served()
        return Whole(served) if served and (served / "manifest.jsonl").exists() else None

    def _served(self) -> Path | None:
        link = self.folder / "current"
        named = link.readlink().name if link.is_symlink() else ""
        return self.folder / named if GENERATION.fullmatch(named) else None

    def begin(self) -> Whole:
        """A new generation, which nobody is served from yet."""
        last = max((int(path.name) for path in self._generations()), default=0)
        copy = Whole(self.folder / f"{last + 1:06d}")
        copy.open()
        return copy

    def serve(self, copy: Whole) -> None:
        lead(self.folder / "current", copy.root.name)

    def clear(self) -> int:
        """Delete what was begun and never served, and the oldest; returns how many."""
        whole = [path for path in self._generations() if (path / "manifest.jsonl").exists()]
        kept = {*whole[-KEPT:], self._served()}
        gone = [path for path in self._generations() if path not in kept]
        for path in gone:
            shutil.rmtree(path, ignore_errors=True)
        return len(gone)

    def _generations(self) -> list[Path]:
        found = [path for path in self.folder.iterdir() if GENERATION.fullmatch(path.name)]
        ours = [path for path in found if path.is_dir() and (path / "index.sqlite3").exists()]
        return sorted(ours, key=lambda path: int(path.name))
