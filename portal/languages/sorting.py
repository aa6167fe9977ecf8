"""Order by name as a reader expects it: accents, capitals and hyphens do not count.

The database cannot do this equally on SQLite and PostgreSQL, so it is done here.
"""

import unicodedata
from collections.abc import Callable, Iterable

HYPHENS = "-\u00ad\u2010"  # NFKD makes U+2010 of U+2011


def sort_key(name: str) -> tuple[str, str]:
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", name)
        if not (unicodedata.combining(c) or c in HYPHENS)
    )
    return plain.casefold(), name


def by_name(items: Iterable, name: Callable[..., str] = str) -> list:
    return sorted(items, key=lambda item: sort_key(name(item)))
