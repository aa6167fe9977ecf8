"""Random walks over texts and their translations, compared with an oracle after every step."""

from collections import Counter
from random import Random

from portal.languages.texts import codes
from tests.proofs.freshness_acts import ACTS, OFTEN
from tests.proofs.freshness_questions import disagreements
from tests.proofs.freshness_walk import Walk

LENGTH = 125  # steps of a walk; then it begins anew, on records without a past


def run(steps: int, seed: int) -> dict:
    walk, found = Walk(ACTS, disagreements), []
    names = [name for name in ACTS for _ in range(OFTEN.get(name, 1))]
    random, done = Random(seed), 0
    while done < steps and not found:
        path = [
            (random.choice(names), random.getrandbits(32)) for _ in range(min(LENGTH, steps - done))
        ]
        taken, wrong = walk.go(path)
        done += len(taken)
        if wrong:
            found = _shortest(walk, path[: len(taken)])
    return {
        "languages": codes(),
        "steps": done,
        "acts": _table(walk.counts),
        "disagreements": found,
    }


def _shortest(walk: Walk, path: list) -> list[str]:
    said, wrong = walk.go(walk.shortest(path))
    return [*said, *wrong]


def _table(counts: Counter) -> dict:
    table: dict = {}
    for (name, outcome), number in counts.items():
        table.setdefault(name, {})[outcome] = number
    return table
