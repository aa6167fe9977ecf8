"""Names found in a text: whole words, in their own letters, the longest first."""

import re
from collections.abc import Iterable

from portal.languages.typography import APOSTROPHE

BEGINNING = re.compile(r"""(?:^|[.!?…]\s)(?:[«“‘'"(] ?)*$""")  # what stands before a sentence


def pattern(forms: Iterable[str]) -> re.Pattern:
    """Where one of these stands as a word; with a capital too, if its first letter is small."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    words = "|".join(_either_case(form) for form in longest_first)
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])" if words else r"(?!)")


def begins_a_sentence(found: re.Match) -> bool:
    return bool(BEGINNING.search(found.string, 0, found.start()))


def small(words: str) -> str:
    """As it stands within a sentence, if it is no name."""
    return words[:1].lower() + words[1:]


def plain(words: str) -> str:
    """With the apostrophe that is on a keyboard, as names are stored."""
    return words.replace(APOSTROPHE, "'")


def _either_case(form: str) -> str:
    first, rest = form[0], re.escape(form[1:]).replace("'", f"['{APOSTROPHE}]")
    return f"[{first}{first.upper()}]{rest}" if first.islower() else re.escape(first) + rest
