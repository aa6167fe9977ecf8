"""What a store needs from time to time, while nobody waits for it."""

import shutil
import time
from pathlib import Path

from django.conf import settings

from portal.delivery.page import CODINGS
from portal.delivery.place import editions
from portal.delivery.store import Store

A_TIME = 20  # pages, after which it looks again whether something was published
PASSED = 60.0  # seconds after which the workers of the edition before have ended


def refine(store: Store) -> int:
    """Compress a few pages better; returns how many."""
    return sum(store.refine(name) for name in store.coarse(A_TIME))


def repair(store: Store) -> int:
    """Take out what is not as it was written, and what nobody wrote; returns how many.

    A reader never gets a damaged page from the portal itself, which reads the digest with it; a
    server in front does not.
    """
    known = store.names()
    wrong = [name for name in known if not _is_whole(store, name)]
    strange = [name for name in _on_disk(store) if name not in known]
    store.forget([*wrong, *strange])
    return len(wrong) + len(strange)


def _is_whole(store: Store, name: str) -> bool:
    return all(store.read(name, coding) for coding in CODINGS)


def _on_disk(store: Store) -> set[str]:
    bodies = {_without(path, CODINGS.values()) for path in _files(store.pages)}
    return bodies | {_without(path, [".json"]) for path in _files(store.heads)}


def _files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path.relative_to(folder).as_posix() for path in found]


def _without(name: str, endings) -> str:
    return next((name.removesuffix(end) for end in endings if end and name.endswith(end)), name)


def clear_editions() -> int:
    """Delete what other editions kept, once nobody can be answering with it; returns how many."""
    current = settings.STORE_DIR / "current"
    if not current.is_symlink() or time.time() - current.lstat().st_mtime < PASSED:
        return 0
    old = [each for each in editions() if each.name != current.readlink().name]
    for each in old:
        shutil.rmtree(each, ignore_errors=True)
    return len(old)
