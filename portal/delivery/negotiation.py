"""What a reader accepts, and what a reader has already: RFC 9110, sections 12.5.3 and 13."""

import re
from functools import lru_cache

from django.utils.http import parse_etags

from portal.delivery.page import CODINGS

LONGEST = 1_000  # characters of a header that are worth reading
ITEM = re.compile(
    r"\s*(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*[qQ]=(?P<q>[01](?:\.\d*)?)\s*)?"
)


@lru_cache(maxsize=256)
def coding_for(accepted: str | None) -> str:
    """The best of our codings that this ``Accept-Encoding`` allows, where ours is the order.

    What cannot be read counts as absent; where nothing is allowed, a page is better than none.
    """
    weights = _weights(accepted or "")
    for coding in CODINGS:
        otherwise = 1.0 if coding == "identity" else 0.0
        if weights.get(coding, weights.get("*", otherwise)) > 0:
            return coding
    return "identity"


def _weights(accepted: str) -> dict[str, float]:
    if len(accepted) > LONGEST:
        return {}
    found: dict[str, float] = {}
    for item in filter(None, map(ITEM.fullmatch, accepted.split(","))):
        name, weight = item["name"].lower(), float(item["q"] or 1)
        found[name] = min(weight, found.get(name, weight))  # refused once is refused
    if "x-gzip" in found:
        found.setdefault("gzip", found["x-gzip"])
    return found


def is_refused(tag: str, wanted: str) -> bool:
    """Whether ``If-Match`` asks for something else; compared strongly, as section 13.1.1 asks."""
    if not wanted or len(wanted) > LONGEST:
        return False
    asked = parse_etags(wanted)
    return bool(asked) and asked != ["*"] and tag not in asked


def is_held(tag: str, known: str) -> bool:
    """Whether ``If-None-Match`` names this tag; compared weakly, as section 13.1.2 asks."""
    if not known or len(known) > LONGEST:
        return False
    held = parse_etags(known)
    return held == ["*"] or any(each.removeprefix("W/") == tag for each in held)
