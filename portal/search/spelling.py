"""What an unknown word may have meant: a beginning, a compound, or a slip of the keys.

A word is judged against those that the texts of its language use.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
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


class Known(dict):
    """The words of a language by first letter, then by token, as the texts write them: each
    letter is asked for once.
    """

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang

    def __missing__(self, letter: str) -> dict[str, str]:
        rows = Word.objects.filter(language=self.lang, token__startswith=letter)
        self[letter] = dict(rows.values_list("token", "written"))
        return self[letter]


def begins_a_word(word: str, known: Known) -> bool:
    key = token(word)
    return len(key) >= SHORTEST - 1 and any(each.startswith(key) for each in known[key[0]])


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


def compounds_with(wanted: Sequence[Iterable[str]], lang: str) -> list[tuple[str, ...]]:
    """Of each of these the known words that one of its tokens begins or ends, in a language that
    joins words.
    """
    joins = lang in JOINS_WORDS
    parts = [tuple(t for t in each if joins and len(t) >= SHORTEST) for each in wanted]
    ends = {part for each in parts for part in each}
    if not ends:
        return [()] * len(parts)
    known = Word.objects.filter(_begun_or_ended_by(ends), language=lang)
    tokens = known.values_list("token", flat=True)
    shortest = sorted(tokens, key=lambda token: (len(token), token))
    return [_made_with(each, shortest) for each in parts]


def _begun_or_ended_by(parts: set[str]) -> Q:
    """Each is tried on each word, so none whose words a shorter one finds: those of “terrors” are
    among those of “terror”.
    """
    begun = [Q(token__startswith=t) for t in parts if not t.startswith(tuple(parts - {t}))]
    ended = [Q(token__endswith=t) for t in parts if not t.endswith(tuple(parts - {t}))]
    return reduce(or_, begun + ended)


def _made_with(parts: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...]:
    made = [word for word in known if word.startswith(parts) or word.endswith(parts)]
    return tuple(made[:MOST_COMPOUNDS])


def nearest(word: str, words: Known, most: int | None = None) -> tuple[str, bool] | None:
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
    known = words[key[0]]
    whole = _most_like(key, {each: each for each in known}, slips, words.lang)
    if whole:
        return known[whole], False
    longer = {each: each[: len(key)] for each in known if len(each) > len(key) + slips}
    begun = _most_like(key, longer, slips, words.lang)
    return (known[begun], True) if begun else None


def _most_like(key: str, known: dict[str, str], slips: int, lang: str) -> str | None:
    """Of those that are equally near, the one that most texts use."""
    near = extract(key, known, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None)
    least = min((distance for _as, distance, _word in near), default=0)
    ties = sorted(word for _as, distance, word in near if distance == least)[:MOST_TIES]
    used = uses([Need((word,), word) for word in ties], lang) if len(ties) > 1 else {}
    return max(ties, key=lambda word: used.get(word, 0), default=None)


def uses(needs: Iterable[Need], lang: str) -> dict[str, int]:
    """How many texts hold each of these, by what was typed, without those that none holds; one
    query.
    """
    rows = [_use(need, lang) for need in needs]
    return dict(rows[0].union(*rows[1:], all=True)) if rows else {}


def _use(need: Need, lang: str) -> QuerySet:
    using = IndexEntry.objects.filter(Holds([need]), language=lang).order_by()
    named = using.values(typed=Cast(Value(need.typed), TextField()))
    return named.annotate(texts=Count("pk")).values_list("typed", "texts")
