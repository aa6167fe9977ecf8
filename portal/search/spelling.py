"""What an unknown word may have meant: a beginning, a compound, or a slip of the keys.

A word is judged against those that the texts of its language use.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from portal.search.analysis import token
from portal.search.engines import Holds, Need
from portal.search.models import IndexEntry, Word

SHORTEST = 4  # letters: below that everything is near to everything
JOINS_WORDS = ("de", "nl")
MOST_COMPOUNDS = 60
MOST_TIES = 12
SLIPS = {5: 1, 8: 2}  # how many a word of at least so many letters may have


def begins_a_word(word: str, lang: str) -> bool:
    key = token(word)
    known = Word.objects.filter(language=lang, token__startswith=key)
    return len(key) >= SHORTEST - 1 and known.exists()


def parts_of(word: str, lang: str) -> tuple[str, ...]:
    """The known words of which a compound is made, with or without an s between.

    Where only one of two is known: the longest that begins or ends it. None that is shorter
    than ``SHORTEST``, and none where words are not joined.
    """
    if lang not in JOINS_WORDS:
        return ()
    key = token(word)
    pairs = [(key[:cut], key[cut:]) for cut in range(SHORTEST, len(key) - SHORTEST + 1)]
    halves = {half for first, second in pairs for half in (first, first.removesuffix("s"), second)}
    known = set(
        Word.objects.filter(language=lang, token__in=halves).values_list("token", flat=True)
    )
    for first, second in reversed(pairs):
        if second in known and (begun := {first, first.removesuffix("s")} & known):
            return max(begun, key=len), second
    alone = max(sorted(known), key=len, default="")
    return (alone,) if len(alone) > SHORTEST else ()


def compounds_with(wanted: Iterable[str], lang: str) -> tuple[str, ...]:
    """The known words that one of these tokens begins or ends, in a language that joins words."""
    parts = [each for each in wanted if len(each) >= SHORTEST] if lang in JOINS_WORDS else []
    if not parts:
        return ()
    ends = [Q(token__startswith=each) | Q(token__endswith=each) for each in parts]
    known = Word.objects.filter(reduce(or_, ends), language=lang).values_list("token", flat=True)
    return tuple(sorted(known, key=lambda token: (len(token), token))[:MOST_COMPOUNDS])


def nearest(word: str, lang: str, most: int | None = None) -> tuple[str, bool] | None:
    """The known word that is most like it, as the texts write it, and whether only its beginning
    is; None where none is near.

    Slips spare the first letters, as those who type them mostly do. A number is meant as it is
    typed: one year is not a slip of another.
    """
    key = token(word)
    slips = max((many for letters, many in SLIPS.items() if len(key) >= letters), default=0)
    slips = min(slips, slips if most is None else most)
    if not slips or any(map(str.isdigit, key)):
        return None
    known = _beginning_like(key, lang)
    whole = _most_like(key, {each: each for each in known}, slips, lang)
    if whole:
        return known[whole], False
    longer = {each: each[: len(key)] for each in known if len(each) > len(key) + slips}
    begun = _most_like(key, longer, slips, lang)
    return (known[begun], True) if begun else None


def _most_like(key: str, known: dict[str, str], slips: int, lang: str) -> str | None:
    """Of those that are equally near, the one that most texts use."""
    near = extract(key, known, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None)
    least = min((distance for _as, distance, _word in near), default=0)
    ties = sorted(word for _as, distance, word in near if distance == least)[:MOST_TIES]
    return max(ties, key=lambda word: _uses(word, lang), default=None)


def _uses(word: str, lang: str) -> int:
    return IndexEntry.objects.filter(Holds([Need((word,))]), language=lang).count()


def _beginning_like(key: str, lang: str) -> dict[str, str]:
    known = Word.objects.filter(language=lang, token__startswith=key[0])
    return dict(known.values_list("token", "written"))
