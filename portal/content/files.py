"""Reading the content files: one record a file, the languages of a text under each other."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

FRAMEWORK = Path(__file__).parent / "framework"
LIST_ITEM = re.compile(r"\s*(?:[-*]|\d+[.)]) ")
FACTS = re.compile(r"(?m) +# ([A-Z]-\d\d(?: [A-Z]-\d\d)*)$")  # “It was revised in 2015.  # B-05”
WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class ContentFault:
    """One thing wrong in a file, said so that its author finds it."""

    path: Path
    line: int
    key: str
    sentence: str

    def __str__(self) -> str:
        key = f" {self.key}:" if self.key else ""
        return f"{self.path}:{self.line}:{key} {self.sentence}"


@dataclass
class Entry:
    """A content file, read but not yet understood. ``name`` is how other files refer to it."""

    path: Path
    kind: str
    data: dict[str, Any]
    faults: list[ContentFault] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.path.stem}"

    @cached_property
    def uuid(self) -> UUID | None:
        try:
            return UUID(self.data.get("uuid", ""))
        except (ValueError, AttributeError, TypeError):
            return None

    def fault(self, key: str, sentence: str) -> None:
        self.faults.append(ContentFault(self.path, self.line_of(key), key, sentence))

    def line_of(self, key: str) -> int:
        """``title.fr`` is the line ``fr =`` below ``[title]``; 1 where the file lacks the key."""
        table, _, last = key.rpartition(".")
        current, table_line = "", 1
        for number, line in enumerate(self.path.read_text("utf-8").splitlines(), start=1):
            if header := re.match(r"\s*\[([\w-]+)\]", line):
                current = header[1]
                table_line = number if current == (table or key) else table_line
            elif current == table and re.match(rf"\s*{re.escape(last)}\s*=", line):
                return number
        return table_line


def read_all(root: Path = FRAMEWORK) -> list[Entry]:
    """Every content file below ``root``, in the order of kind and name."""
    return [read(path) for path in sorted(root.glob("*/*.toml"))]


def read(path: Path) -> Entry:
    entry = Entry(path, path.parent.name, {})
    try:
        entry.data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, RecursionError):
        entry.faults.append(ContentFault(path, 1, "", "The file cannot be read."))
    except UnicodeDecodeError:
        entry.faults.append(ContentFault(path, 1, "", "The file is not UTF-8."))
    except tomllib.TOMLDecodeError as error:
        where = WHERE.search(str(error))
        lines = path.read_text("utf-8").count("\n")
        line = int(where[1]) if where and where[1] else lines
        sentence = f"Not TOML: {WHERE.sub('', str(error))}."
        entry.faults.append(ContentFault(path, line, "", sentence))
    return entry


def unwrap(text: str) -> str:
    """One sentence a line becomes one paragraph; list items keep their lines, facts lose ids."""
    paragraphs = re.split(r"\n\s*\n", FACTS.sub("", text).strip())
    return "\n\n".join(_joined(paragraph.splitlines()) for paragraph in paragraphs)


def _joined(lines: list[str]) -> str:
    joined: list[str] = []
    for line in lines:
        if joined and not LIST_ITEM.match(line):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line.rstrip())
    return "\n".join(joined)
