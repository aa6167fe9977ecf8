"""What a reader asks for, read out of what was typed: words, phrases, and what to leave out."""

import re
from dataclasses import dataclass

from portal.search.analysis import MOST_LETTERS, says_nothing, token, words_in

MOST_CHARACTERS = 4_000
MOST_WORDS = 400  # read; whatever follows is let go
MOST_ASKED = 12  # looked for
MOST_IN_A_PHRASE = 40  # words
A_SAYING = 3  # words that say nothing one by one, and yet something together: “who does what”
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
UNSEEN = str.maketrans(dict.fromkeys("\x00\u00ad\u200b\u200c\u200d\u2060\ufeff"))
PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Query:
    """Words and phrases as typed, without the words that say nothing by themselves."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    without_phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def asks_nothing(self) -> bool:
        return not (self.words or self.phrases)


def read(typed: str, lang: str) -> Query:
    """The query in a language: its stop words count only within a phrase."""
    text = typed[:MOST_CHARACTERS].translate(QUOTES).translate(UNSEEN)
    found: dict[str, list] = {"words": [], "phrases": [], "without": [], "without_phrases": []}
    for piece in list(PIECE.finditer(text))[:MOST_WORDS]:
        words = _words(piece["phrase"] or _joined(piece["word"] or "", lang))
        if not words:
            continue
        side = "without" if piece["minus"] else "words"
        if (piece["phrase"] or piece["minus"]) and len(words) > 1:  # -counter-terrorism is one
            found["without_phrases" if piece["minus"] else "phrases"].append(words)
        else:
            found[side] += words
    return _query(found, lang)


def _query(found: dict[str, list], lang: str) -> Query:
    words = list(dict.fromkeys(found.pop("words")))
    is_shouted = len(words) > 1 and all(map(str.isupper, words))
    telling = [w for w in words if not says_nothing(w.lower() if is_shouted else w, lang)]
    if not telling and len(words) >= A_SAYING:
        found["phrases"].append(tuple(words[:MOST_IN_A_PHRASE]))
    return Query(
        words=tuple(telling[:MOST_ASKED]),
        **{name: tuple(dict.fromkeys(each[:MOST_ASKED])) for name, each in found.items()},
    )


def _joined(word: str, lang: str) -> str:
    """“de-radicalisering” is one word: its first part says nothing in Dutch, and yet says much."""
    first, *others = word.strip("-").split("-")
    is_one = others and others[-1].isalpha() and not says_nothing(others[-1], lang)
    return word.replace("-", "") if is_one and says_nothing(first, lang) else word


def _words(typed: str) -> tuple[str, ...]:
    """Without signs that Unicode calls letters and that have none, such as a vowel alone."""
    written = (found.written[:MOST_LETTERS] for found in words_in(typed))
    return tuple(word for word in written if token(word))[:MOST_IN_A_PHRASE]
