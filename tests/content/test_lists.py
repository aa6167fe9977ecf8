"""How each language writes a list, read from the founding content.

Rendering adds no mark to an item, for that would change what its author wrote.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from portal.content.files import LIST_ITEM, read_all, unwrap
from portal.languages.texts import codes
from portal.records.prose import plain

SENTENCE = re.compile(r"[.!?][»'’)]*$")
WANTED = {  # what ends an item, and what ends the last
    "en": (r"[^.;,:]$", r"[^.;,:]$"),
    "fr": (r" ;$", r"[^ ]\.$"),
    "nl": (r"[^.;,:]$", r"\.$"),
}


@dataclass(frozen=True)
class Listed:
    """A list with the line before it, if that leads into it."""

    place: str
    language: str
    introduction: str
    items: tuple[str, ...]

    @property
    def is_of_sentences(self) -> bool:
        return all(SENTENCE.search(item) and item[:1].isupper() for item in self.items)

    @property
    def faults(self) -> list[str]:
        if self.is_of_sentences:
            return []
        if not self.introduction:  # chapters, which are headings
            return [f"{self}: {item}" for item in self.items if item.endswith((".", ";", ","))]
        return [f"{self}: {fault}" for fault in self._faults_of_a_sentence()]

    def _faults_of_a_sentence(self) -> Iterator[str]:
        """A sentence that goes on in its items."""
        inner, last = WANTED[self.language]
        if not self.introduction.endswith(" :" if self.language == "fr" else ":"):
            yield self.introduction
        for item in self.items:
            wanted = last if item == self.items[-1] else inner
            if not re.search(wanted, item) or item[:1].isupper():
                yield item

    def __str__(self) -> str:
        return f"{self.place} [{self.language}]"


def lists_in(place: str, language: str, text: str) -> Iterator[Listed]:
    introduction, items = "", []
    for line in [*filter(str.strip, unwrap(text).splitlines()), ""]:
        if LIST_ITEM.match(line):
            items.append(plain(LIST_ITEM.sub("", line, count=1)))
            continue
        if items:
            yield Listed(place, language, introduction, tuple(items))
        introduction, items = plain(line), []


def every_list() -> list[Listed]:
    return [
        listed
        for entry in read_all()
        for words in entry.data.values()
        if isinstance(words, dict)
        for code in words.keys() & set(codes())
        if isinstance(words[code], str)
        for listed in lists_in(entry.name, code, words[code])
    ]


def faults(lists: Iterable[Listed]) -> list[str]:
    return [fault for listed in lists for fault in listed.faults]


def test_every_list_is_written_as_its_language_does():
    lists = every_list()

    assert {each.language for each in lists} == set(WANTED) == set(codes())
    assert len(lists) > 20
    assert faults(lists) == []


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "Two of them:\n\n- the one\n- the other", 0),
        ("en", "Two of them:\n\n- the one;\n- the other.", 2),
        ("en", "Two of them\n\n- The one\n- the other", 2),
        ("en", "Do this.\n\n- **Call 112.** Say where.\n- Wait.", 0),
        ("en", "1. Keeping safe\n2. Preventing", 0),
        ("en", "1. Keeping safe.\n2. Preventing", 1),
        ("fr", "En voici deux :\n\n- [l'un](/id/x/) ;\n- l'autre.", 0),
        ("fr", "En voici deux:\n\n- l'un;\n- l'autre ;", 3),
        ("fr", "En voici deux :\n\n- l'un\n- l'autre", 2),
        ("nl", "Er zijn er twee:\n\n- de ene\n- de andere.", 0),
        ("nl", "Er zijn er twee:\n\n- De ene;\n- de andere", 2),
    ],
)
def test_a_list_in_the_way_of_another_language_is_found(language, text, wrong):
    assert len(faults(lists_in("planted", language, text))) == wrong
