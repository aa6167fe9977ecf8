"""Each of the 114 facts of the founding document is on the site, in every language.

In the content files its id stands at the end of the line that carries it.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from portal.content.files import FACTS, read_all
from portal.content.framework import Framework
from portal.languages.texts import codes
from portal.records.prose import plain
from tests.reading import in_one_line

# what the texts say is in files: one database is enough to read it on the pages
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

ALL_FACTS = {
    f"{page}-{number:02}"
    for page, last in (("A", 42), ("B", 29), ("C", 43))
    for number in range(1, last + 1)
}
TABLE = re.compile(r"\[(?P<name>[\w-]+)\]")
TEXT = re.compile(r'(?P<lang>[a-z]{2}) = "+(?P<words>.*)')


class Claim(NamedTuple):
    """A sentence of a content file that carries a fact."""

    fact: str
    name: str
    lang: str
    sentence: str


def claims_in(path: Path, name: str) -> Iterator[Claim]:
    lang = ""
    for line in path.read_text("utf-8").splitlines():
        if begins := TEXT.match(line):
            lang = begins["lang"]
            line = begins["words"]
        elif TABLE.fullmatch(line):
            lang = ""
        if lang and (marked := FACTS.search(line)):
            sentence = FACTS.sub("", line).rstrip('"')
            yield from (Claim(fact, name, lang, sentence) for fact in marked[1].split())


def all_claims() -> list[Claim]:
    return [claim for entry in read_all() for claim in claims_in(entry.path, entry.name)]


@pytest.fixture
def pages(whole_site):
    """``pages(name, lang)`` is what a reader finds where a content file's record is shown."""
    records = Framework(read_all()).records

    @cache
    def words_on(address: str) -> str:
        return in_one_line(whole_site.answers[address].page.words)

    def words_of(name: str, lang: str) -> str:
        return words_on(whole_site.shown_at[records[name].pk, lang].partition("#")[0])

    return words_of


def is_told(claim: Claim, pages) -> bool:
    return in_one_line(plain(claim.sentence)) in pages(claim.name, claim.lang)


@pytest.mark.parametrize("lang", codes())
def test_every_fact_stands_on_a_page_of_every_language(pages, lang):
    claims = [claim for claim in all_claims() if claim.lang == lang]

    told = {claim.fact for claim in claims if is_told(claim, pages)}

    print(f"\n{lang}: {len(told)} of {len(ALL_FACTS)} facts")
    assert [claim for claim in claims if not is_told(claim, pages)] == []
    assert told == ALL_FACTS
    assert len(told) == 114


def test_the_languages_tell_each_fact_in_the_same_records():
    places = {code: set() for code in codes()}
    for claim in all_claims():
        places[claim.lang].add((claim.fact, claim.name))

    assert places["en"] == places["fr"] == places["nl"]
    assert len(places["en"]) >= len(ALL_FACTS)


def test_a_sentence_that_no_page_shows_would_be_found(pages):
    claim = next(claim for claim in all_claims() if claim.fact == "B-05")

    assert is_told(claim, pages)
    assert not is_told(claim._replace(sentence="It was revised in 2016."), pages)
