"""What readers type and what they want, and how often they get it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from tests.content.as_written import Files

SETS = ("tuning", "held_out")


@dataclass(frozen=True)
class Judged:
    """A question, and the records of which any one answers it."""

    words: str
    language: str
    wants: frozenset[UUID]


@dataclass
class Score:
    asked: int = 0
    first: int = 0
    among_three: int = 0

    def add(self, judged: Judged, answer: list[UUID]) -> None:
        self.asked += 1
        self.first += judged.wants >= {*answer[:1]} > set()
        self.among_three += not judged.wants.isdisjoint(answer[:3])

    @property
    def shares(self) -> tuple[float, float]:
        """Of the wanted first, and among the first three; in percent."""
        return 100 * self.first / self.asked, 100 * self.among_three / self.asked


@cache
def judged(name: str) -> tuple[Judged, ...]:
    """Raises KeyError for a record that the founding content does not have."""
    uuids = {key: UUID(data["uuid"]) for key, data in Files().data.items()}
    path = Path(__file__).with_name("judged") / f"{name}.toml"
    return tuple(
        Judged(each["words"], each["language"], frozenset(uuids[key] for key in each["wants"]))
        for each in tomllib.loads(path.read_text("utf-8"))["query"]
    )


def every_judged() -> Iterable[Judged]:
    return [each for name in SETS for each in judged(name)]
