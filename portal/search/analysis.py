"""Words of a text, and the forms under which each is found: the same on every database.

A word is looked for by its letters without accents and by its stems, of which a language may
have several. Whatever the database is given are letters a to z and digits, so that none of its
own ideas of a word play a part.
"""

import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer

from portal.languages.sorting import bare
from portal.search.stop_words import OPERATORS, STOP_WORDS

MOST_LETTERS = 80  # of a token; whatever is longer is no word of a language
WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?:[^\W_][\u0300-\u036f]*)+")
COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
PLAIN = re.compile("[a-z][a-z0-9]*")

STEMMERS = {
    "de": ("german",),
    "en": ("english",),
    "fr": ("french",),
    "nl": ("dutch", "dutch_porter"),  # each is good where the other is not
}
# Endings that the stemmers leave, and what the same word ends in elsewhere.
ENDINGS = {
    "en": [(r"iz(e[drs]?|ers?|ing|ations?)$", r"is\1")],
    "fr": [(r"(?<=\w{3})[sx]$", "")],
    "nl": [
        (r"istische?$", "ist"),
        (r"eer(t|de|den)?$", "er"),
        (r"([bdfgklmnprst])\1$", r"\1"),
        (r"(?<=\w{4})e$", ""),
    ],
}
RULES = {
    code: [(re.compile(ending), other) for ending, other in rules]
    for code, rules in ENDINGS.items()
}

_one_at_a_time = threading.Lock()  # a stemmer keeps the word that it works on to itself


class Found(NamedTuple):
    """A word where it stands in a text."""

    start: int
    end: int
    written: str


def words_in(text: str) -> Iterator[Found]:
    for found in WORD.finditer(text):
        yield Found(found.start(), found.end(), found[0])


@lru_cache(maxsize=65_536)
def token(word: str) -> str:
    """The word without accents and capitals, as the index writes it; empty without letters."""
    plain = bare(word).replace(" ", "")[:MOST_LETTERS]
    if PLAIN.fullmatch(plain):
        return plain
    spelt = "".join(c if c.isascii() and c.isalnum() else f"x{ord(c):x}" for c in plain)
    return f"n{spelt}"[:MOST_LETTERS] if spelt else ""


@lru_cache(maxsize=65_536)
def forms(word: str, lang: str) -> frozenset[str]:
    """Every token under which the word is found in a language, its own first of all."""
    written = word.casefold()
    spellings = {written, bare(written)}
    spellings |= {pattern.sub(other, each) for each in spellings for pattern, other in _rules(lang)}
    with _one_at_a_time:
        stems = {stem(each) for each in spellings for stem in _stems(lang)}
    stems |= {pattern.sub(other, each) for each in stems for pattern, other in _rules(lang)}
    return frozenset(filter(None, map(token, {*spellings, *stems})))


def says_nothing(word: str, lang: str) -> bool:
    """Whether it is a stop word, and not in capitals as an abbreviation is: “un”, but not “UN”."""
    key = token(word)
    is_short_for = len(word) > 1 and word.isupper() and key not in OPERATORS
    return key in STOP_WORDS.get(lang, ()) and not is_short_for


def telling(text: str, lang: str) -> list[str]:
    """Its words that say something, as written."""
    return [word for word in _written(text) if not says_nothing(word, lang)]


def bag(text: str, lang: str) -> set[str]:
    """The forms of all words of a text that say something, those of compounds with a hyphen also
    as one word.
    """
    joined = [found[0].replace("-", "") for found in COMPOUND.finditer(text)]
    return {form for word in [*telling(text, lang), *joined] for form in forms(word, lang)}


def as_name(name: str, lang: str) -> str:
    """A name as its order is reckoned from: its tokens; then, of each word that says something,
    or of all where none does, the forms.
    """
    words = telling(name, lang) or _written(name)
    each = ("|".join(sorted(forms(word, lang))) for word in words)
    return f"{' '.join(tokens(name))}\t{' '.join(each)}"


def tokens(text: str) -> list[str]:
    """The words of a text in their order."""
    return [each for word in _written(text) if (each := token(word))]


def _written(text: str) -> list[str]:
    return [found.written for found in words_in(text)]


def _rules(lang: str) -> list[tuple[re.Pattern, str]]:
    return RULES.get(lang, [])


@cache
def _stems(lang: str) -> list:
    return [snowballstemmer.stemmer(name).stemWord for name in STEMMERS.get(lang, ())]
