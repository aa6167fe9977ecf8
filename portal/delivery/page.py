"""A finished page: its headers, its bytes in every coding, and the answer that a reader gets."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import brotli

CODINGS = {"br": ".br", "gzip": ".gz", "identity": ""}  # the best first; how its file ends
AT_ONCE = 5  # brotli's quality while a reader waits
IN_TIME = 11  # and when nobody does
SHORT = 200  # bytes

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """An answer 200 as every reader gets it. ``bodies`` holds the codings that are at hand."""

    headers: Headers
    bodies: Mapping[str, bytes]
    proved: Mapping[str, str] = field(default_factory=dict, compare=False)  # digests known already

    @classmethod
    def made(cls, headers: Headers, body: bytes, quality: int = AT_ONCE) -> "Page":
        """In every coding, whether or not one is shorter: a reader's choice depends on nothing."""
        coded = {
            "br": brotli.compress(body, quality=quality),
            "gzip": gzip.compress(body, mtime=0),
            "identity": body,
        }
        return cls(headers, coded)

    @cached_property
    def digests(self) -> dict[str, str]:
        found = self.bodies.items()
        return {coding: self.proved.get(coding) or digest(body) for coding, body in found}


def digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()


def head_of(page: Page) -> bytes:
    said = {"headers": page.headers, "digests": page.digests}
    return json.dumps(said | {"proof": _proof_of(said)}).encode()


def _proof_of(said: Mapping) -> str:
    return digest(json.dumps(said).encode())


def page_from(head: bytes, body: bytes, coding: str) -> Page | None:
    """With the one body; None unless both are what was written."""
    try:
        known = json.loads(head)
        said = {name: known[name] for name in ("headers", "digests")}
        proof = digest(body)
        if known["proof"] != _proof_of(said) or said["digests"][coding] != proof:
            return None
        headers = [(name, value) for name, value in known["headers"]]
        return Page(headers, {coding: body}, {coding: proof})
    except (ValueError, KeyError, TypeError):
        return None


def compressed(body: bytes, coding: str) -> tuple[bytes, str]:
    """The bytes, and the coding that they are in: too little to gain leaves them as they are."""
    if len(body) < SHORT or coding == "identity":
        return body, "identity"
    if coding == "br":
        return brotli.compress(body, quality=AT_ONCE), coding
    return gzip.compress(body, mtime=0), coding
