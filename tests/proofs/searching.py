"""Questions that nobody thought of, made of the words of the texts."""

from collections.abc import Iterator
from random import Random

from portal.search.models import IndexEntry

OPERATORS = ['"', "-", '-"', "“", "« ", "*", "(", ":", "AND", "\\", "'", "\u00ad", "𝔘", "ﬁ"]
LETTERS = "abcdefghijklmnopqrstuvwxyzéèïœ"


def questions(number: int, random: Random) -> Iterator[tuple[str, str]]:
    """``(typed, language)``: words put together anew, with slips, beginnings, quotes and minus."""
    said = [
        (entry.language, (entry.names + " " + entry.text).split())
        for entry in IndexEntry.objects.order_by("record", "language")
    ]
    for _ in range(number):
        lang, words = random.choice(said)
        place = random.randrange(len(words))
        some = words[place : place + random.randint(1, 4)]
        some += random.sample(words, min(random.choice([0, 0, 1, 3]), len(words)))
        typed = random.choice([_as_they_stand, _slipped, _begun, _quoted, _less, _joined, _strange])
        yield typed(some, random), random.choice([lang, lang, lang, *["en", "fr", "nl"]])


def _as_they_stand(words: list[str], random: Random) -> str:
    return " ".join(words)


def _slipped(words: list[str], random: Random) -> str:
    word = random.choice(words)
    at = random.randrange(len(word))
    slip = random.choice(["", random.choice(LETTERS), word[at : at + 2][::-1]])
    return " ".join(words).replace(word, word[:at] + slip + word[at + random.choice([1, 2]) :])


def _begun(words: list[str], random: Random) -> str:
    return " ".join([*words[:-1], words[-1][: random.randint(1, len(words[-1]))]])


def _quoted(words: list[str], random: Random) -> str:
    cut = random.randint(0, len(words))
    return f'"{" ".join(words[:cut])}" {" ".join(words[cut:])}'


def _less(words: list[str], random: Random) -> str:
    return f"{' '.join(words[:-1])} -{words[-1]}"


def _joined(words: list[str], random: Random) -> str:
    return "".join(words[:2]) + " " + " ".join(words[2:])


def _strange(words: list[str], random: Random) -> str:
    parts = [random.choice([word, word, random.choice(OPERATORS)]) for word in words * 3]
    return random.choice(["", " "]).join(parts)
