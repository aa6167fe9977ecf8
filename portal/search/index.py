"""The index, kept within the transaction that changes what is public: no draft ever enters it.

Received from the signals of ``portal.publishing``.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Q

from portal.publishing.history import one_at_a_time
from portal.records.kinds import kinds
from portal.records.models import Record, State
from portal.search.engines import StandsInAnEntry, clear_leftovers, remember
from portal.search.entries import GAP, wordings_of
from portal.search.models import IndexEntry, Word

A_TIME = 200  # records in memory while the index is made anew
WORDS_A_TIME = 10_000  # in one statement: SQLite takes 32,766 where it was built so

Words = set[tuple[str, str]]  # (language, token)


def take_in(sender, records: Sequence[Record], **kwargs) -> None:
    """These became public, or changed."""
    before = _words_of(records)
    _remove(records)
    _forget(before - _add(records))


def take_out(sender, records: Sequence[Record], **kwargs) -> None:
    """These are no longer on any list."""
    before = _words_of(records)
    _remove(records)
    _forget(before)


def take_out_removed(sender, record: Record, **kwargs) -> None:
    """A law had some of its texts emptied, or all: what still stands may still be found."""
    if record.state == State.PUBLISHED:
        take_in(sender, [record])
    else:
        take_out(sender, [record])
    clear_leftovers()


@transaction.atomic
def rebuild() -> int:
    """Make the index anew from what is published; returns how many entries it has.

    Who publishes meanwhile waits, as for another publication.
    """
    one_at_a_time()
    IndexEntry.objects.all().delete()
    Word.objects.all().delete()
    for records in _all_published():
        _add(records)
    clear_leftovers()
    return IndexEntry.objects.count()


def begin() -> int:
    """Make the index of a site that published before it had one; returns how many entries came."""
    return 0 if IndexEntry.objects.exists() else rebuild()


def _all_published() -> Iterator[list[Record]]:
    for kind in kinds():
        rows = kind.objects.published().order_by("pk").iterator(chunk_size=A_TIME)
        while some := list(islice(rows, A_TIME)):
            yield some


def _add(records: Iterable[Record]) -> Words:
    """Returns the words by which these are found from now on."""
    wordings = wordings_of(records)
    IndexEntry.objects.bulk_create(each.entry() for each in wordings)
    written = {(each.lang, key): word for each in wordings for key, word in each.written.items()}
    remember(written)
    return set(written)


def _remove(records: Iterable[Record]) -> None:
    IndexEntry.objects.filter(record__in=[each.pk for each in records]).delete()


def _words_of(records: Iterable[Record]) -> Words:
    """The words by which these were found until now."""
    found = IndexEntry.objects.filter(record__in=[each.pk for each in records])
    rows = found.values_list("language", "words")
    return {(code, word) for code, words in rows for word in words.split() if word != GAP}


def _forget(words: Words) -> None:
    """Those that no entry uses any more."""
    waiting = iter(sorted(words))
    while some := list(islice(waiting, WORDS_A_TIME)):
        tokens: dict[str, list[str]] = {}
        for code, word in some:
            tokens.setdefault(code, []).append(word)
        of_each = (Q(language=code, token__in=each) for code, each in tokens.items())
        gone = Q(*of_each, _connector=Q.OR)
        Word.objects.filter(gone).exclude(StandsInAnEntry()).delete()
