"""A copy of the content files in which some records lack some languages, chosen by a seed.

The founding content has every text in every language; what is said of a missing one shows here.
"""

import json
from datetime import date
from itertools import combinations, groupby
from pathlib import Path
from random import Random

from tests.content.as_written import LANGUAGES, READ_ON, Files

ALWAYS = ["page/home"]  # the one page with a view of its own
A_KIND = 2  # records of every kind that lose a language
LACKING = [*combinations(LANGUAGES, 1), *combinations(LANGUAGES, 2)]


def thin(files: Files, root: Path, seed: int) -> dict[str, tuple[str, ...]]:
    """Write the copy below ``root``; returns which languages a record lacks there.

    Where the loader refuses a borrowed address that belongs to another, choose another seed.
    """
    lacking = chosen(files, Random(seed))
    for name, data in files.data.items():
        path = root / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_toml(without(data, lacking.get(name, ()))), "utf-8")
    return lacking


def chosen(files: Files, random: Random) -> dict[str, tuple[str, ...]]:
    """Some records of every kind that has texts, and in turn every set of languages to lack."""
    names = [name for name in files.data if not name.startswith("edition/")]
    kinds = [list(those) for _kind, those in groupby(names, lambda name: name.partition("/")[0])]
    found = sorted({*ALWAYS, *(name for those in kinds for name in random.sample(those, A_KIND))})
    return {name: LACKING[place % len(LACKING)] for place, name in enumerate(found)}


def without(data: dict, lacking: tuple[str, ...]) -> dict:
    """The record without these languages, written first in one that it still has."""
    kept = {
        key: {code: text for code, text in value.items() if code not in lacking}
        if isinstance(value, dict)
        else value
        for key, value in data.items()
    }
    left = [code for code in LANGUAGES if code not in lacking]
    source = data.get("source_language", LANGUAGES[0])
    return {**kept, "source_language": source if source in left else left[-1]}


def to_read(files: Files, lacking: dict[str, tuple[str, ...]]) -> list[str]:
    """The thinned records with a page of their own, and one whole record of every kind."""
    paged = [name for name, each in files.records.items() if each.kind not in {*READ_ON, "term"}]
    whole = {files.records[name].kind: name for name in paged if name not in lacking}
    return sorted({*lacking} & {*paged} | {*whole.values()})


def as_toml(data: dict) -> str:
    """Facts above tables. What JSON writes of a text, a number or a list is TOML as well."""
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    lines = [_line(key, value) for key, value in data.items() if key not in tables]
    for name, texts in tables.items():
        lines += [f"[{name}]", *(_line(code, text) for code, text in texts.items())]
    return "\n".join(lines) + "\n"


def _line(key: str, value: object) -> str:
    is_date = isinstance(value, date)
    return f"{key} = {value.isoformat() if is_date else json.dumps(value, ensure_ascii=False)}"
