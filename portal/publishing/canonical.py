"""One form of bytes for what is hashed, so that anybody can compute the same SHA-256.

For our data (ASCII keys, no fraction) this is RFC 8785, the JSON Canonicalization Scheme.
"""

import json
import secrets
from hashlib import sha256
from typing import Any

SALT_BYTES = 16


def canonical(data: Any) -> str:
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(words: str) -> str:
    """SHA-256 of the UTF-8 bytes, as 64 hexadecimal digits."""
    return sha256(words.encode()).hexdigest()


def salted(data: dict[str, Any]) -> str:
    """Canonical, with 128 random bits: once it is removed, no guess at it can be confirmed."""
    return canonical({**data, "salt": secrets.token_hex(SALT_BYTES)})
