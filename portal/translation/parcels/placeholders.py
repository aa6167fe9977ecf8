"""What a translation must keep of its source beside the sense: links, and marks that are closed."""

from collections import Counter
from itertools import pairwise

from portal.records.prose import PERMANENT, addresses_in, plain, subset

MOST_WORDS = 50_000  # characters that any translation may have; a longer one, thrice its source
MOST_MARKS = 200  # that a translation may have beyond those of its source


def is_bulk(target: str, source: str) -> bool:
    """Whether reading its marks would take longer than anybody waits: it grows with the square."""
    marks = any(target.count(each) > source.count(each) + MOST_MARKS for each in "[*")
    return marks or len(target) > max(MOST_WORDS, 3 * len(source))


def lost_in(target: str, source: str, followed: str | None, before: str) -> list[str]:
    """Addresses of links that the translation should have and has not, in their order.

    Those of the source; an address elsewhere that the translation ``before`` had replaced by
    one of its own is not asked again. And those that only the translation before had, as long
    as the links of the source are what they were when it was made (``followed``).
    """
    here, then = Counter(addresses_in(source)), Counter(addresses_in(followed or ""))
    was, now = Counter(addresses_in(before)), Counter(_followed_in(target))
    asked = here.copy()
    for address in here if followed is not None else ():
        if not PERMANENT.fullmatch(address):
            asked[address] = min(here[address], max(was[address], here[address] - then[address]))
    if here == then:
        asked |= was
    return [address for address, times in asked.items() if now[address] < times]


def _followed_in(text: str) -> list[str]:
    """The address of every link that has words: one without is there, and nobody can follow it."""
    lines = [token.children for token in subset.parse(text) if token.children]
    pairs = (pair for line in lines for pair in pairwise(line))
    return [
        here.attrs["href"]
        for here, after in pairs
        if here.type == "link_open" and after.type != "link_close"
    ]


def has_lost_its_lines(target: str, source: str) -> bool:
    """Whether a tool ran all paragraphs and items of the source into one."""
    return _blocks(target) == 1 < _blocks(source)


def _blocks(text: str) -> int:
    return sum(token.type == "inline" for token in subset.parse(text))


def has_open_mark(target: str, source: str) -> bool:
    """A mark of emphasis or of a link that readers would see as such, and the source has none."""
    return any(plain(target).count(mark) > plain(source).count(mark) for mark in ("*", "_", "]("))
