"""Where the pages of the site lead: the names under which a copy of it keeps what they link.

Our own pages are read, so that an expression does: every attribute stands in double quotes, and
no text holds one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import urldefrag, urljoin

from django.conf import settings

from portal.delivery.kept import is_kept, is_plain, name_of, query_at
from portal.delivery.whole import FORMER, is_page

LINK = re.compile(r'\b(?:href|src)="([^"]*)"|<loc>([^<]*)</loc>')
SECURITY = "/.well-known/security.txt"
APART = ("/files/", "/static/")


def names_linked(address: str, body: bytes) -> set[str]:
    """From the page at this address, whatever it is written in; those that a copy keeps."""
    return set(filter(None, map(name_at, _addresses(address, body.decode(errors="replace")))))


def _addresses(address: str, text: str) -> Iterator[str]:
    here = settings.PORTAL_ORIGIN + address
    for found in set(LINK.findall(text)):
        link = urldefrag(urljoin(here, unescape("".join(found)))).url
        if link.startswith(f"{settings.PORTAL_ORIGIN}/"):
            yield link.removeprefix(settings.PORTAL_ORIGIN)


@lru_cache(maxsize=50_000)
def name_at(address: str) -> str | None:
    """None for what answers each reader by itself, and for what is not public."""
    path, _, query = address.partition("?")
    if path == SECURITY:
        return path[1:]
    if not is_plain(path):
        return None
    if path.startswith(APART):
        return path[1:]
    chosen = query_at(path, query) if query else ""
    return name_of(path, chosen) if chosen is not None and is_kept(path) else None


def address_of(name: str) -> str:
    """The plain address whose name this is; of an error page the place of its file."""
    if name.startswith(FORMER):
        return address_of(name.removeprefix(FORMER))
    if not is_page(name):
        return f"/{name}"
    folder, slash, last = name.rpartition("/")
    stem, dot, ending = last.rpartition(".")
    stem, _, query = stem.partition("@")
    file = "" if f"{stem}{dot}{ending}" == "index.html" else f"{stem}{dot}{ending}"
    return f"/{folder}{slash}{file}{f'?{query}' if query else ''}"
