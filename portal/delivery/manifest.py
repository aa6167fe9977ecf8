"""What a copy holds, line by line, for whoever serves it or checks it: ``manifest.jsonl``.

The first line tells the format, the edition and the state of the site. Every other line is one
address, with its file, its headers and its digests. Later lines supersede earlier ones.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from portal.delivery.disk import replace
from portal.delivery.filling import status_of
from portal.delivery.index import NONE_YET
from portal.delivery.links import SECURITY, address_of
from portal.delivery.page import CODINGS
from portal.delivery.place import edition
from portal.delivery.whole import APART, Whole, is_page, place_of
from portal.publishing.verify import head_of_log

FORMAT = 1
VARIES = ["Vary", "Accept-Encoding"]  # of what is there in several codings

Line = dict[str, Any]


class MirrorManifest:
    """Raises OSError where it cannot be read or written, ValueError where it is damaged."""

    def __init__(self, copy: Whole) -> None:
        self.copy = copy
        self.path = copy.root / "manifest.jsonl"

    def fits(self) -> bool:
        """Whether this code may go on with it; a copy of another edition or format is made anew."""
        try:
            with self.path.open() as lines:
                first = json.loads(next(lines))
            return (first["format"], first["edition"]) == (FORMAT, edition())
        except (OSError, ValueError, KeyError, TypeError, StopIteration):
            return False

    def read(self) -> dict[str, Line]:
        """The last line of every address that is there."""
        with self.path.open() as written:
            lines = [json.loads(line) for line in written]
        found = {line["address"]: line for line in lines if "address" in line}
        return {address: line for address, line in found.items() if line["file"]}

    def write(self, lines: Iterable[Line]) -> None:
        """All of it anew."""
        content = "".join(map(_as_line, sorted(lines, key=lambda line: line["address"])))
        header = _header(self.copy) | {"size": len(content)}
        replace(self.path, (_as_line(header) + content).encode())

    def add(self, names: Iterable[str]) -> None:
        """What became of these; compact again once it has grown to twice its size."""
        lines = sorted(
            [line_of(self.copy, name) for name in sorted(names)],
            key=lambda line: line["file"] is not None,
        )  # what went first: a page and a former address may take each other's place
        with self.path.open("a") as written:
            written.write("".join(map(_as_line, [*lines, _header(self.copy)])))
        with self.path.open() as written:
            size = json.loads(next(written))["size"]
        if self.path.stat().st_size > 2 * size:
            self.write(self.read().values())


def _as_line(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def line_of(copy: Whole, name: str) -> Line:
    """Computed from the files; without a file where it is gone, or not there at the moment."""
    try:
        bodies = dict(_digests(copy, name))
        headers = copy.headers_of(name)
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return {"address": address_of(name), "file": None}
    if len(bodies) > 1 and address_of(name) != SECURITY:
        headers = [*headers, VARIES]
    return {
        "address": address_of(name),
        "file": place_of(name),
        "status": status_of(name, headers),
        "headers": [list(each) for each in headers],
        **bodies.pop("identity"),
        **bodies,
    }


def _digests(copy: Whole, name: str) -> Iterator[tuple[str, dict]]:
    """The file itself must be there; of the codings those that are."""
    for coding in CODINGS:
        if coding == "identity" or copy.file_of(name, coding).exists():
            body = copy.content_of(name, coding)
            digest = hashlib.sha256(body).hexdigest()
            yield coding, {"sha256": digest, "size": len(body)}


def _header(copy: Whole) -> Line:
    number, token = copy.age or NONE_YET
    return {
        "format": FORMAT,
        "edition": edition(),
        "change": number,
        "token": token,
        "head": head_of_log(),
        "counts": counts(copy),
    }


def counts(copy: Whole) -> dict[str, int]:
    names = copy.names()
    apart = {each[:-1]: sum(name.startswith(each) for name in names) for each in APART}
    return {"pages": sum(map(is_page, names)), **apart}
