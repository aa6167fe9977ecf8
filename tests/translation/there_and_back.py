"""Every text of these records out, changed, through a well-known tool or not, and in again."""

from collections.abc import Callable
from itertools import groupby

from django.db import transaction
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from portal.languages.texts import column
from portal.publishing.drafts import newest
from portal.publishing.reading import content_in
from portal.translation.freshness import ADDRESS
from portal.translation.parcels.arriving import take_in
from portal.translation.parcels.packing import Original, originals, packed
from portal.translation.parcels.writer import written
from portal.translation.parcels.xliff import V1, V2
from tests.translation.parcels import VERSIONS, Opened

STORES = {V1: xlifffile, V2: Xliff2File}
Texts = dict[str, str]


def by_hand(data: bytes, texts: Texts) -> bytes:
    file = Opened(data)
    for key, words in texts.items():
        file.translate(key, words)
    return file.data


def by_a_tool(data: bytes, texts: Texts) -> bytes:
    """Loaded and saved by translate-toolkit."""
    version = Opened(data).version
    store = STORES[version].parsestring(data)
    units = {unit.getid().split("\x04")[-1].split("::")[0]: unit for unit in store.units}
    for key, words in texts.items():
        units[key].target = words
        units[key].marktranslated()
    return bytes(store)


HANDS: list[Callable[[bytes, Texts], bytes]] = [by_hand, by_a_tool]


def groups(code: str) -> list[list[Original]]:
    """A parcel is of one pair of languages."""
    found = sorted(originals(code), key=lambda each: each.source_language)
    return [list(group) for _code, group in groupby(found, lambda each: each.source_language)]


def changed(name: str, words: str) -> str:
    """Something that XML has a word to say about, and that keeps every link and every list."""
    return f"{words}-2" if name == ADDRESS else f"{words} <é> & “x”\t]]>"


def travel(found: list[Original], code: str, by) -> int:
    """In both versions and by both hands; returns how many texts came back, each time all."""
    whole = packed(found, whole=True)
    before = {each.row.pk: content_in(newest(each.row.pk)) for each in found}
    came = 0
    for version in VERSIONS:
        data = written(whole, version)
        assert take_in(data, by).has_nothing_new
        for hand in HANDS:
            came += _there_and_back(data, hand, found, before, code, by)
    assert {each.row.pk: content_in(newest(each.row.pk)) for each in found} == before
    return came


def _there_and_back(data: bytes, hand: Callable, found: list, before: dict, code: str, by) -> int:
    texts = [
        (each.row.pk, name, changed(name, each.target(name)))
        for each in found
        for name in each.standings
    ]
    keys = {f"{record}.{name}": words for record, name, words in texts}
    with transaction.atomic():
        arrival = take_in(hand(data, keys), by)
        after = {each.row.pk: content_in(newest(each.row.pk)) for each in found}
        transaction.set_rollback(True)
    expected = {record: dict(content) for record, content in before.items()}
    for record, name, words in texts:
        expected[record][column(name, code)] = words
    assert [each for each in arrival.outcomes if each.is_refused] == []
    assert after == expected
    return arrival.written
