"""How the portal writes, read from the founding content and from the strings of the interface.

Each rule is tried on a planted fault before it is trusted: short sentences, absolute dates, no
praise, no calque, links that name their target. The words are data, in ``voice_rules.toml``.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from statistics import mean

import pytest

from portal.languages.texts import codes
from tests.content.sentences import LINK, Sentence, cut, of_content, of_interface

DATA = tomllib.loads(Path(__file__).with_name("voice_rules.toml").read_text("utf-8"))
LONGEST, AVERAGE = 30, 20  # words
NAMES = {"title", "short_title", "term"}  # not sentences: they count for no average


@dataclass(frozen=True)
class Rule:
    """What one language never writes, and why."""

    language: str
    why: str
    words: list[str] = field(default_factory=list)
    pattern: str = ""
    planted: list[str] = field(default_factory=list)
    fine: list[str] = field(default_factory=list)
    interface: bool = True
    exceptions: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.language}: {self.why}"

    def found_in(self, words: str) -> list[str]:
        bounded = [rf"(?<![\w-]){re.escape(word)}(?!\w)" for word in self.words]
        pattern = "|".join([*bounded, *filter(None, [self.pattern])])
        return [found[0] for found in re.finditer(pattern, words, re.IGNORECASE)]

    @property
    def twins(self) -> list[str]:
        return [*(f"… {word}." for word in self.words), *self.planted]


def rules() -> list[Rule]:
    return [
        Rule(**{**data, "language": language})
        for data in DATA["rule"]
        for language in (
            [data["language"]] if isinstance(data["language"], str) else data["language"]
        )
    ]


@cache
def content() -> list[Sentence]:
    return of_content()


@cache
def interface() -> list[Sentence]:
    return of_interface()


def in_language(code: str) -> list[Sentence]:
    return [sentence for sentence in [*content(), *interface()] if sentence.language == code]


def said(text: str, code: str = "en") -> list[Sentence]:
    return [Sentence("planted", line + 1, "body", code, raw) for line, raw in cut(text)]


def too_long(sentences: Iterable[Sentence]) -> list[str]:
    return [f"{s.length} words: {s}" for s in sentences if s.length > LONGEST]


@pytest.mark.parametrize("code", codes())
def test_no_sentence_is_longer_than_thirty_words(code):
    assert len(in_language(code)) > 1000
    assert too_long(in_language(code)) == []


def test_a_sentence_of_thirty_one_words_is_found_wherever_it_stands():
    thirty = "one " * 29 + "thirty"
    text = f"Short.\n{thirty}.\n\n- {thirty} more.\n- {thirty}.\nNo. {thirty}, art. 5."

    assert [sentence[:8] for sentence in too_long(said(text))] == ["31 words", "33 words"]


@pytest.mark.parametrize("code", codes())
def test_sentences_have_fewer_than_twenty_words_on_average(code):
    lengths = [s.length for s in content() if s.language == code and s.text not in NAMES]

    assert len(lengths) > 500
    assert mean(lengths) < AVERAGE


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four.", ["One.", "Two!", "Three?", "Four."]),
        (
            "The Strategy T.E.R. A note, no. 5 of art. 3.",
            ["The Strategy T.E.R. A note, no. 5 of art. 3."],
        ),
        (
            "Plan R went on\nuntil 2021.  # B-05\nThe T.E.R. came.",
            ["Plan R went on until 2021.", "The T.E.R. came."],
        ),
        ("The Strategy T.E.R.\nIt came in 2021.", ["The Strategy T.E.R.", "It came in 2021."]),
        (
            "Two things:\n\n- the one ;\n- **the other.** [Here.](https://e.be/x.y)",
            ["Two things:", "the one ;", "the other.", "Here."],
        ),
        ("Il dit « oui. » Elle part.", ["Il dit « oui. »", "Elle part."]),
    ],
)
def test_a_text_is_cut_into_what_a_reader_takes_for_sentences(text, sentences):
    assert [sentence.words for sentence in said(text)] == sentences


def broken(rule: Rule, sentences: Iterable[Sentence]) -> list[str]:
    return [
        f"“{', '.join(found)}” in {sentence}"
        for sentence in sentences
        if sentence.language == rule.language
        and sentence.place not in rule.exceptions
        and (found := rule.found_in(sentence.words))
    ]


def sentences_for(rule: Rule) -> list[Sentence]:
    return [*content(), *(interface() if rule.interface else [])]


@pytest.mark.parametrize("rule", rules(), ids=str)
def test_nothing_is_written_that_the_voice_forbids(rule):
    assert broken(rule, sentences_for(rule)) == []


@pytest.mark.parametrize("rule", rules(), ids=str)
def test_whatever_the_voice_forbids_is_found_where_it_is_planted(rule):
    missed = [t for t in rule.twins if not broken(rule, said(t, rule.language))]

    assert len(rule.twins) > 0
    assert missed == []
    assert [t for t in rule.fine if rule.found_in(t)] == []


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.exceptions], ids=str)
def test_every_exception_has_a_reason_and_excuses_something(rule):
    excused = {
        sentence.place
        for sentence in sentences_for(rule)
        if sentence.language == rule.language and rule.found_in(sentence.words)
    }

    assert set(rule.exceptions) - excused == set()
    assert all(rule.exceptions.values())


def bare_links(sentences: Iterable[Sentence]) -> list[str]:
    return [
        f"[{text}] in {sentence}"
        for sentence in sentences
        for text, _address in LINK.findall(sentence.raw)
        if text.casefold() in {bare.casefold() for bare in DATA["links"][sentence.language]}
    ]


def test_every_link_text_names_its_target():
    linked = [sentence for sentence in content() if LINK.search(sentence.raw)]

    assert {sentence.language for sentence in linked} == set(codes())
    assert len(linked) > 300
    assert bare_links(linked) == []


def test_a_link_text_that_names_nothing_is_found_in_every_language():
    planted = [
        (bare, sentence)
        for code in codes()
        for bare in DATA["links"][code]
        for sentence in said(f"See [{bare.capitalize()}](/id/x/) and [Plan R](/id/y/).", code)
    ]

    assert len(planted) > 30
    assert [bare for bare, sentence in planted if len(bare_links([sentence])) != 1] == []


def test_every_language_has_rules_of_its_own_and_every_rule_a_reason():
    kinds = [(rule.language, bool(rule.why)) for rule in rules()]

    assert len(kinds) > 25
    assert set(kinds) == set(product(codes(), [True]))
