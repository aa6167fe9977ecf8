"""What is worth a look in a record and stands in no way of publishing: names not as agreed."""

from collections.abc import Iterable, Iterator

from portal.languages.texts import codes, column, in_language
from portal.publishing.faults import Fault
from portal.records.models import Record
from portal.translation.freshness import followed_texts
from portal.translation.terms.misuse import Misuse
from portal.translation.terms.vocabulary import Vocabulary


def misuses_in(record: Record, vocabulary: Vocabulary) -> Iterator[tuple[str, Misuse]]:
    """``(column, misuse)`` of every text that readers see, each against that of the source."""
    first = record.source_language
    for name in followed_texts(type(record)):
        for code in codes():
            if words := in_language(record, name, code):
                source = "" if code == first else in_language(record, name, first)
                for misuse in vocabulary.misuses(source, first, words, code, about=record.pk):
                    yield column(name, code), misuse


def remarks(sender, records: Iterable[Record], **kwargs) -> list[Fault]:
    """Received from ``looked_at``."""
    vocabulary = Vocabulary()
    return [
        Fault(record, place, str(misuse))
        for record in records
        for place, misuse in misuses_in(record, vocabulary)
    ]
