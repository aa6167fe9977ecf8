"""What a result shows of its text: the sentence that answers best, with what was found in it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from portal.languages.typography import SEAM, typeset
from portal.search.analysis import Found, forms, says_nothing, token, words_in
from portal.search.engines import Need

LONGEST = 240  # characters
BEFORE = 60  # of them ahead of the first find
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-z])")  # no abbreviation before a small letter


class Piece(NamedTuple):
    words: str
    is_found: bool


def extract(text: str, needs: Sequence[Need], lang: str) -> list[Piece]:
    """From the first sentence that meets most needs on, typeset."""
    sentences = [each for passage in text.splitlines() for each in SENTENCE_END.split(passage)]
    met = [_met(each, needs, lang) for each in sentences]
    best = met.index(max(met)) if met else 0
    pieces = pieces_of(_from(sentences, best, needs, lang), needs, lang)
    whole = typeset(SEAM.join(piece.words for piece in pieces), lang, soft_hyphens=True)
    return [
        Piece(words, piece.is_found)
        for words, piece in zip(whole.split(SEAM), pieces, strict=bool(pieces))
    ]


def pieces_of(text: str, needs: Sequence[Need], lang: str) -> list[Piece]:
    """The text whole, cut where a word of it was found."""
    pieces, done = [], 0
    for found in _finds(text, needs, lang):
        pieces += [Piece(text[done : found.start], False), Piece(found.written, True)]
        done = found.end
    return [piece for piece in [*pieces, Piece(text[done:], False)] if piece.words]


def _met(passage: str, needs: Sequence[Need], lang: str) -> int:
    words = [found.written for found in words_in(passage)]
    every = frozenset().union(*(forms(word, lang) for word in words))
    written = {token(word) for word in words} if any(need.is_phrase for need in needs) else every
    return sum(
        not written.isdisjoint(need.tokens) if need.is_phrase else need.is_met_by(every)
        for need in needs
    )


def _finds(text: str, needs: Sequence[Need], lang: str) -> list[Found]:
    return [found for found in words_in(text) if _meets(found.written, needs, lang)]


def _meets(word: str, needs: Sequence[Need], lang: str) -> bool:
    found, says = forms(word, lang), not says_nothing(word, lang)
    for need in needs:
        if token(word) in need.tokens if need.is_phrase else says and need.is_met_by(found):
            return True
    return False


def _from(sentences: Sequence[str], best: int, needs: Sequence[Need], lang: str) -> str:
    """The best sentence, and those after it that still fit."""
    kept = _cut(sentences[best], _finds(sentences[best], needs, lang)) if sentences else ""
    for sentence in sentences[best + 1 :]:
        if len(kept) + len(sentence) >= LONGEST:
            break
        kept += f" {sentence}"
    return kept


def _cut(sentence: str, finds: Sequence[Found]) -> str:
    """Shortened at words around what was found, with an ellipsis where something is left out."""
    if len(sentence) <= LONGEST:
        return sentence
    start = max(finds[0].start - BEFORE, 0) if finds else 0
    start = sentence.find(" ", start) + 1 if start else 0
    end = sentence.rfind(" ", start, start + LONGEST) if start + LONGEST < len(sentence) else None
    return f"{'… ' if start else ''}{sentence[start:end]}{' …' if end else ''}"
