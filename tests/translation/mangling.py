"""Parcels that something happened to, and what may come of them: an oracle with another parser."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from random import Random

from lxml import etree

from portal.translation.parcels.xliff import NAMESPACES, OURS, V1, V2

XML = "{http://www.w3.org/XML/1998/namespace}"
NAMES = [b"source", b"target", b"unit", b"trans-unit", b"file", b"segment", b"note", b"body"]
VALUES = [b"final", b"translated", b"initial", b"needs-l10n", b"new", b"nl", b"fr", b"", b"2", b"x"]
ENTITIES = [b"&a;", b"&amp;", b"&#x41;", b"&#0;", b"&#xD800;", b"&", b"<", b"]]>", b"<!-- x -->"]
PIECES = [b"\x00", b"\xff", b"*", b"](", b"<x/>", b"<mrk>a</mrk>", b"\n", b"\xc3", b'"', b"</file>"]
UNIT = rb"<(?:trans-)?unit .*?</(?:trans-)?unit>"
LANGUAGES = {V1: ("source-language", "target-language"), V2: ("srcLang", "trgLang")}
MACHINES = ("machine", "mt", "mt-suggestion", "leveraged-mt")
ENCODINGS = ["utf-16", "utf-16-be", "latin-1", "utf-8-sig", "utf-32", "cp1252"]


def mangled(data: bytes, random: Random) -> bytes:
    for _time in range(random.randint(1, 3)):
        data = random.choice(WAYS)(data, random)
    return data


def _flip(data: bytes, random: Random) -> bytes:
    if not data:
        return data
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]


def _cut(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    end = len(data) if random.random() < 0.5 else min(len(data), start + random.randint(1, 200))
    return data[:start] + data[end:]


def _put(data: bytes, random: Random, what: bytes) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + what + data[place:]


def _insert(data: bytes, random: Random) -> bytes:
    return _put(data, random, random.choice(PIECES))


def _entity(data: bytes, random: Random) -> bytes:
    if random.random() < 0.2:
        return data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
    texts = [found.end() for found in re.finditer(rb"<target[^>]*>", data)]
    place = random.choice(texts) if texts else 0
    return data[:place] + random.choice(ENTITIES) + data[place:]


def _rename(data: bytes, random: Random) -> bytes:
    old, new = random.sample(NAMES, 2)
    return data.replace(b"<" + old, b"<" + new).replace(b"</" + old, b"</" + new)


def _found(data: bytes, random: Random, pattern: bytes) -> list[re.Match]:
    found = list(re.finditer(pattern, data, re.DOTALL))
    return random.sample(found, 2) if len(found) > 1 else []


def _swap(data: bytes, random: Random, pattern: bytes) -> bytes:
    both = sorted(_found(data, random, pattern), key=lambda match: match.start())
    if not both or both[0].end() > both[1].start():
        return data
    one, two = both
    between = data[one.end() : two.start()]
    return data[: one.start()] + two[0] + between + one[0] + data[two.end() :]


def _swap_attributes(data: bytes, random: Random) -> bytes:
    return _swap(data, random, rb'(?<==)"[^"]*"')


def _swap_targets(data: bytes, random: Random) -> bytes:
    return _swap(data, random, rb"<target.*?</target>")


def _swap_units(data: bytes, random: Random) -> bytes:
    return _swap(data, random, UNIT)


def _double(data: bytes, random: Random) -> bytes:
    both = _found(data, random, UNIT)
    if not both:
        return data
    place = both[0].start()
    return data[:place] + random.choice(both)[0] + data[place:]


def _attribute(data: bytes, random: Random) -> bytes:
    both = _found(data, random, rb' [\w:-]+="([^"]*)"')
    if not both:
        return data
    one = both[0]
    if random.random() < 0.5:
        return data[: one.start()] + data[one.end() :]
    return data[: one.start(1)] + random.choice(VALUES) + data[one.end(1) :]


def _encode(data: bytes, random: Random) -> bytes:
    encoding = random.choice(ENCODINGS)
    declared = re.sub(rb"encoding=.utf-8.", f"encoding='{encoding}'".encode(), data)
    words = random.choice([data, declared]).decode("utf-8", "replace")
    return words.encode(encoding, "replace")


WAYS = [
    _flip,
    _flip,
    _cut,
    _insert,
    _entity,
    _rename,
    _swap_attributes,
    _swap_targets,
    _swap_units,
    _double,
    _attribute,
    _attribute,
    _encode,
]


# --- what may come of it --------------------------------------------------------------------------


@dataclass(frozen=True)
class Original:
    """A text as it left: its source, its translation, and the most that its place holds."""

    record: str
    kind: str
    revision: str
    source: str
    digests: tuple[str, str]
    target: str
    longest: int | None  # None: it may have many lines


@dataclass(frozen=True)
class Written:
    words: str
    how: str  # "done", "unfinished" or "machine"


class Oracle:
    """What a file may write, said from docs/reference/parcels.md and read by lxml."""

    def __init__(self, originals: dict[str, Original], site: str) -> None:
        self.originals, self.site = originals, site

    def says(self, data: bytes) -> dict[str, Written]:
        """``{key: text}``; of a file that does not parse, nothing."""
        words = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        bare = re.sub(r"^<\?xml.*?\?>", "", words)
        root = etree.fromstring(bare.encode(), etree.XMLParser(resolve_entities=False))
        version = root.get("version")[:1]
        name = {"1": V1, "2": V2}[version]
        assert root.tag == f"{{{NAMESPACES[name]}}}xliff"
        self.space = f"{{{NAMESPACES[name]}}}"
        found = [
            each
            for file in root.findall(f"{self.space}file")
            for unit in file.iter(self.space + {V1: "trans-unit", V2: "unit"}[name])
            for each in [(unit.get("id", ""), self._unit(file, root, unit, name))]
        ]
        assert max(Counter(key for key, _said in found).values()) == 1
        return {key: said for key, said in found if said}

    def _unit(self, file, root, unit, version: str) -> Written | None:
        known = self.originals.get(unit.get("id", ""))
        about = file if version == V1 else root
        languages = LANGUAGES[version]
        assert file.get(f"{{{OURS}}}site") == self.site
        assert _plainly(about.get(languages[1])) == "nl"
        header = tuple(file.get(f"{{{OURS}}}{name}") for name in ("record", "kind", "revision"))
        if known is None or header != (known.record, known.kind, known.revision):
            return None
        digests = tuple(unit.get(f"{{{OURS}}}{name}") for name in ("source", "target"))
        if _plainly(about.get(languages[0])) != "en" or digests != known.digests:
            return None
        parts = [unit]
        if version == V2:
            parts = [each for each in unit if each.tag in self._in("segment", "ignorable")]
        if self._said(parts, "source").split() != known.source.split():
            return None
        words = unicodedata.normalize("NFC", self._said(parts, "target")).strip()
        if known.longest:
            words = re.sub(r"\s*[\n\x85\u2028\u2029]\s*", " ", words)
        how = _how_1(unit, self.space) if version == V1 else _how_2(parts, self._in("segment"))
        if how == "unfinished" and words == known.source:
            return None
        if words in ("", known.target) or how is None or len(words) > (known.longest or 10_000):
            return None
        return Written(words, how)

    def _in(self, *names: str) -> list[str]:
        return [self.space + name for name in names]

    def _said(self, parts, name: str) -> str:
        texts = [
            t for part in parts for t in part.findall(self.space + name) or self._between(part)
        ]
        return "".join(each.xpath("string()") for each in texts)

    def _between(self, part) -> list:
        return part.findall(f"{self.space}source") if part.tag == f"{self.space}ignorable" else []


def _plainly(language: str) -> str:
    return language.lower().partition("-")[0]


def _how_1(unit, space: str) -> str | None:
    target = unit.find(f"{space}target")
    if target is None:
        return None
    state = target.get("state", "")
    if target.get("state-qualifier") in ("mt-suggestion", "leveraged-mt"):
        return "machine"
    is_open = state == "new" or state.startswith("needs-")
    return "unfinished" if is_open and unit.get("approved") != "yes" else "done"


def _how_2(parts, segment: list[str]) -> str | None:
    segments = [each for each in parts if each.tag in segment]
    found = [(each.get("state") or "initial", each.get("subState", "")) for each in segments]
    target = segment[0].replace("segment", "target")
    if not found or any(each.find(target) is None for each in segments):
        return None
    if any(sub.rpartition(":")[2] in MACHINES for _state, sub in found):
        return "machine"
    return "unfinished" if any(state == "initial" for state, _sub in found) else "done"
