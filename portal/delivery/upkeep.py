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
    wrong = [name for name in store.names() if not _is_whole(store, name)]
    store.forget(wrong)
    return len(wrong) + store.delete_strange([*_files(store.pages), *_files(store.heads)])


def _is_whole(store: Store, name: str) -> bool:
    return all(store.read(name, coding) for coding in CODINGS)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


def clear_editions() -> int:
    """Delete what other editions kept, once nobody can be answering with it; returns how many."""
    current = settings.STORE_DIR / "current"
    if not current.is_symlink() or time.time() - current.lstat().st_mtime < PASSED:
        return 0
    old = [each for each in editions() if each.name != current.readlink().name]
    for each in old:
        shutil.rmtree(each, ignore_errors=True)
    return len(old)
