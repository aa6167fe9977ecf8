"""Run a proof in a process of its own, and print what it counted."""

import json
import secrets
from pathlib import Path

import pytest

from tests.own_database import own_database, process


def figures_of(
    proof: str,
    *numbers: int,
    folder: Path,
    capsys: pytest.CaptureFixture,
    settings: str = "tests.settings",
) -> dict:
    """With a seed of its own, printed with the numbers that python -m tests.proofs takes."""
    seed = secrets.randbelow(10**6)
    with (
        own_database(folder) as database,
        process(database, "tests.proofs", proof, *numbers, seed, settings=settings) as running,
    ):
        said, _nothing = running.communicate()
    assert running.returncode == 0, said
    figures = json.loads(said)
    with capsys.disabled():
        print(f"\n{proof} {' '.join(map(str, [*numbers, seed]))}:")
        for name, value in figures.items():
            print(f"  {name}: {in_lines(value)}")
    return figures


def in_lines(value: object) -> object:
    """A table of counts, a line a row."""
    if not isinstance(value, dict) or not any(isinstance(row, dict) for row in value.values()):
        return value
    counts = (
        (name, ", ".join(f"{n} {what}" for what, n in row.items())) for name, row in value.items()
    )
    return "".join(f"\n    {name}: {row}" for name, row in counts)
