"""Order by name as a reader expects it, in every language of the site alike.

Accents, capitals, hyphens, apostrophes and other marks do not count; œ is oe, æ is ae and ß is
ss; a number counts by its value. Articles count as they stand. The databases cannot do this
equally, so it is done here, also for lists that they order: they compare bytes alike.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

NOT_COUNTED = ("M", "P", "C")  # accents on their own, punctuation, what nobody sees
SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"})
NUMBER = re.compile("[0-9]+")


@lru_cache(maxsize=1_024)  # the same few names stand on most pages
def sort_key(name: str) -> tuple[str, str]:
    """The second part decides between names that differ in nothing that counts."""
    return NUMBER.sub(_by_value, bare(name)), unicodedata.normalize("NFC", name)


def sort_bytes(name: str) -> bytes:
    """``sort_key`` as bytes in the same order: UTF-8 keeps that of the characters, and no name
    holds the one that stands between the two parts, which comes before every other.
    """
    return "\0".join(sort_key(name)).encode()


def by_name(items: Iterable, name: Callable[..., str] = str) -> list:
    return sorted(items, key=lambda item: sort_key(name(item)))


def initial(name: str) -> str:
    """The letter under which an alphabetical list shows the name; “0-9” for every number."""
    return NUMBER.sub("0-9", bare(name)[:1]).upper()


def bare(name: str) -> str:
    """What counts of a name: small letters without accents, digits, signs and single spaces."""
    decomposed = unicodedata.normalize("NFKD", name).casefold().translate(SPELT_OUT)
    counted = filter(_counts, unicodedata.normalize("NFKD", decomposed))
    return " ".join("".join(counted).split())


@lru_cache(maxsize=4_096)  # a list of thousands asks it of the same few letters
def _counts(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] not in NOT_COUNTED


def _by_value(found: re.Match) -> str:
    """Its length goes before it, so that the longer number comes later."""
    digits = found[0].lstrip("0")
    return f"{len(digits):04}{digits}"
