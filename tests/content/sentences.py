"""Every sentence that readers meet: of the founding content, and of the interface."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import polib

from portal.content.files import FACTS, FRAMEWORK, LIST_ITEM, Entry, read_all
from portal.languages.catalogues import PATH_WORDS, sources
from portal.languages.texts import codes
from portal.records.prose import plain

NOT_SENTENCES = {"slug", "website", "also", "forms", "abbreviation"}
ABBREVIATED = re.compile(  # English and French, then French and Dutch
    r"(?<![\w.])(?:T\.E\.R|nos?|art|pp?|e\.g|i\.e|cf|etc|St|vol"
    r"|M|Mme|al|nrs?|bv|d\.w\.z|enz|blz|ca|resp)\.$"
)
CLOSING = r"(?: ?[»\"'’)\]*])*(?:\([^)\s]*\))?"  # the address of a link too
OPENING = r"[«\"‘'(\[*]*\s?[A-ZÀ-ÖØ-Þ0-9€]"
END = re.compile(rf"[.!?…]{CLOSING}(?=\s+{OPENING}|\s*$)")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
VARIABLE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@dataclass(frozen=True)
class Sentence:
    """``raw`` as it stands in its file, ``words`` as a reader sees them."""

    place: str
    line: int
    text: str
    language: str
    raw: str

    @property
    def words(self) -> str:
        return plain(self.raw)

    @property
    def length(self) -> int:
        """In words: what has a letter or a digit."""
        return len([word for word in self.words.split() if re.search(r"\w", word)])

    def __str__(self) -> str:
        where = f"{self.place}:{self.line} {self.text}" if self.line else self.place
        return f"{where} [{self.language}] {self.words}"


def of_content(root: Path = FRAMEWORK) -> list[Sentence]:
    return [sentence for entry in read_all(root) for sentence in of_entry(entry)]


def of_entry(entry: Entry) -> Iterator[Sentence]:
    place = f"{entry.name}.toml"
    for text, languages in entry.data.items():
        if isinstance(languages, dict) and text not in NOT_SENTENCES:
            for code in languages.keys() & set(codes()):
                first = entry.line_of(f"{text}.{code}") + ("\n" in languages[code])
                for line, raw in cut(languages[code]):
                    yield Sentence(place, first + line, text, code, raw)


def cut(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with the line it begins on. A line that stops ends one; an item is one."""
    begun, parts = 0, []
    for number, line in enumerate([*FACTS.sub("", text).splitlines(), ""]):
        if parts and (not line.strip() or LIST_ITEM.match(line)):
            yield begun, " ".join(parts)
            parts = []
        for part in _pieces(line.strip()):
            begun = begun if parts else number
            parts.append(part)
            if END.search(part):
                yield begun, " ".join(parts)
                parts = []


def _pieces(line: str) -> list[str]:
    """A line cut after its full stops, but not after those of an abbreviation."""
    ends = [found.end() for found in END.finditer(line)]
    ends = [end for end in ends if not ABBREVIATED.search(line[:end])]
    return [piece for a, b in pairwise([0, *ends, len(line)]) if (piece := line[a:b].strip())]


def of_interface() -> list[Sentence]:
    """Both sides of the catalogues, each string once; the English one is the source."""
    found = []
    for source in sources():
        code = source.parent.parent.name
        for entry in polib.pofile(str(source)):
            if entry.msgctxt != PATH_WORDS and not entry.obsolete:
                found += _strings(entry, code)
    return list(dict.fromkeys(found))


def _strings(entry: polib.POEntry, code: str) -> list[Sentence]:
    sides = {
        "en": [entry.msgid, entry.msgid_plural],
        code: [entry.msgstr, *entry.msgstr_plural.values()],
    }
    return [
        Sentence(f"locale: {entry.msgid}", 0, "", language, VARIABLE.sub("x", raw))
        for language, strings in sides.items()
        for string in strings
        for _line, raw in cut(string)
    ]
