"""Where the pages are kept: a store for each edition of the code that made them."""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from portal.delivery.disk import folders_in, lead
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
    "LANGUAGES",
)
SIGNS = ("index.sqlite3", "pages")  # of a store
BOOT = Path("/proc/sys/kernel/random/boot_id")  # another one whenever the machine starts


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


def current_store() -> Store | None:
    """The one from which the server in front reads; None before any edition ran."""
    link = settings.STORE_DIR / "current"
    return Store(link.resolve()) if link.is_symlink() else None


def begin(store: Store) -> None:
    """Make it the current one, empty unless it was so already since this machine started.

    An edition that ran before missed what happened since. And nothing of a store waits for the
    disk: a loss of power may leave files that are not whole, and an index that knows less.
    """
    present, marked = current_store(), store.root / "boot"
    if present and present.root == store.root.resolve() and _read(marked) == _read(BOOT):
        return
    store.begin_anew(also_if_sound=True)
    lead(store.root.parent / "current", store.root.name)
    marked.write_text(_read(BOOT))


def _read(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


def editions() -> list[Path]:
    """The folder of each; also of one that has lost its index: its pages are still there.

    Raises OSError where the place of all cannot be looked into.
    """
    folders = (root for root in folders_in(settings.STORE_DIR) if not root.is_symlink())
    return [root for root in folders if any((root / sign).exists() for sign in SIGNS)]


def homes() -> list[Path]:
    """Where stores stand: our own, and those of mirrors."""
    return [settings.STORE_DIR, *map(Path, settings.PORTAL_MIRRORS)]


def stores_in(home: Path) -> Sequence[Store]:
    """Those of every edition that may still answer, while one takes over from another; or every
    copy in a mirror, for each may be served again. Raises OSError where it cannot be looked into.
    """
    return [*map(Store, editions())] if home == settings.STORE_DIR else copies_in(home)


def stores() -> Iterator[Store]:
    """Of all places, our own first. Raises OSError where one of them cannot be looked into."""
    return (store for home in homes() for store in stores_in(home))
