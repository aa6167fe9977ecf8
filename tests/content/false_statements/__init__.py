"""What no page may say: wrong dates, counts and claims, in every language.

A ``statement`` guards one fact. Each language has a pattern and a false sentence that it must
find; “…” in a pattern stands for some words of the same sentence.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.reading import as_typed

SOME_WORDS = r"[^.;\n]{0,120}?"


@dataclass(frozen=True)
class Statement:
    """One false statement in one language."""

    guards: str
    language: str
    pattern: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.language}: {self.guards}"

    @cached_property
    def search(self):
        words = self.pattern.replace("…", SOME_WORDS)
        return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE).search


def statements() -> list[Statement]:
    """Those of every file in this folder."""
    return [
        Statement(data["guards"], code, *pair)
        for path in sorted(Path(__file__).parent.glob("*.toml"))
        for data in tomllib.loads(path.read_text("utf-8"))["statement"]
        for code, pair in data.items()
        if code != "guards"
    ]


def as_searched(text: str) -> str:
    """As it was typed; T.E.R. as one word, for its stops end nothing."""
    return as_typed(text).replace("T.E.R.", "TER")
