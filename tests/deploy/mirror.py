"""A small mirror in the form in which the portal writes it, made by asking the site."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import brotli

from portal.delivery.kept import name_of, query_at
from portal.languages.texts import codes
from tests.deploy.asking import Answer, Server

STATUSES = (404, 405, 410, 429, 503)


def write_mirror(folder: Path, site: Server, addresses: Iterable[str], document: str) -> None:
    made = folder / uuid4().hex
    for address in addresses:
        path, _, query = address.partition("?")
        _write(made / "pages" / name_of(path, query_at(path, query) or ""), fetched(site, address))
    _write(made / document[1:], fetched(site, document), coded=False)
    for language in [*codes(), "all"]:
        for status in STATUSES:
            _write(
                made / "errors" / language / f"{status}.html",
                b"%d %b" % (status, language.encode()),
            )
    (made / "link").symlink_to(made.name)
    (made / "link").replace(folder / "current")


def fetched(site: Server, address: str) -> bytes:
    answer: Answer = site.ask(address, X_Forwarded_Proto="https")
    assert answer.status == 200, address
    return answer.body


def _write(path: Path, content: bytes, *, coded: bool = True) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if coded:
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content, quality=5))
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))
