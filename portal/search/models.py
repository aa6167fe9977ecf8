"""What search knows: one entry for each record and language, and every word that they use."""

from django.db import models
from django.db.models import Index, UniqueConstraint

ZONES = ("first", "second", "third")  # names, what it is about, all the rest


class IndexEntry(models.Model):
    """A published record in one language, as words to be found and as facts to be shown.

    Each zone is a bag of forms; ``words`` holds what is said in its order, for phrases. Computed
    from the record within the transaction that publishes it; ``rebuild_search`` makes it anew.
    """

    record = models.UUIDField()
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=50)
    missing = models.CharField(max_length=100, blank=True)  # languages that the record lacks
    rank = models.PositiveSmallIntegerField()  # of equally good ones the lowest comes first
    known = models.TextField()  # columns of the record as JSON: enough for a link and its facts
    names = models.TextField()  # one a line, as ``analysis.as_name`` writes it
    text = models.TextField()  # what an extract is taken from
    first = models.TextField()
    second = models.TextField()
    third = models.TextField()
    words = models.TextField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["record", "language"], name="a_language_has_one_entry")
        ]
        indexes = [
            Index(fields=["language", "rank", "record", "missing"], name="search_in_order"),
            Index(fields=["language", "missing"], name="search_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.kind}/{self.record}"


class Word(models.Model):
    """A word that entries of a language use: what a slip of the keys may have meant."""

    MOST_LETTERS = 100

    language = models.CharField(max_length=10)
    token = models.CharField(max_length=MOST_LETTERS)
    written = models.CharField(max_length=MOST_LETTERS)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["language", "token"], name="a_word_stands_once_in_a_language")
        ]

    def __str__(self) -> str:
        return self.written
