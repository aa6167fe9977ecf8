"""Where the pages are kept: a store for each edition of the code that made them."""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from portal.delivery.store import Store
from portal.delivery.whole import copies_in

SOURCES = ("actors", "locale", "policies", "portal", "templates", "requirements.txt")
SAID = (  # settings that stand on pages or in their headers
    "PORTAL_ORIGIN",
    "PORTAL_PUBLISHER",
    "PORTAL_PUBLIC_BODY",
    "PORTAL_CONTACT",
    "PORTAL_LICENCE",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_PRELOAD",
    "PUBLIC_ONLY",
    "LANGUAGES",
)


@cache
def edition() -> str:
    """Of the code, its words and the settings: another edition never answers with these pages."""
    said = blake2b(repr([getattr(settings, name) for name in SAID]).encode(), digest_size=8)
    for name in SOURCES:
        for path in sorted(_files(settings.BASE_DIR / name)):
            said.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
            said.update(path.read_bytes())
    return said.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [
        each
        for each in path.rglob("*")
        if each.is_file() and "__pycache__" not in each.parts and each.suffix != ".po"
    ]


def own_store() -> Store:
    """The one of this edition."""
    return Store(settings.STORE_DIR / edition())


def make_current(store: Store) -> None:
    """From now on the server in front reads from this one: ``current`` names it.

    What another edition kept is of no use to anyone but workers that are about to end.
    """
    link, fresh = store.root.parent / "current", store.root.parent / f".{uuid4().hex}"
    fresh.symlink_to(store.root.name)
    fresh.replace(link)


def stores() -> list[Store]:
    """Those of every edition that may still answer, while one takes over from another; and every
    copy in a mirror, for each may be served again.
    """
    found = settings.STORE_DIR.glob("*/index.sqlite3")
    own = [Store(path.parent) for path in sorted(found) if not path.parent.is_symlink()]
    return own + [copy for folder in settings.PORTAL_MIRRORS for copy in copies_in(Path(folder))]
