"""What changed for readers, in order: so that every kept page that shows it is made anew."""

import uuid as uuids

from django.db import models


class Change(models.Model):
    """One moment at which readers began to see something else.

    Its number is the age of a page: one that was made after change 7 shows what 7 changed.
    Numbers follow the order of the transactions, for they are given one at a time. The token
    tells two histories apart that gave the same number: a database that was put back, say.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    token = models.UUIDField(default=uuids.uuid4, unique=True)
    keys = models.TextField()  # one a line: see portal.records.reads
    shared = models.TextField()  # what every page showed of the whole site from then on

    failure = models.TextField(default="")  # why pages could not be taken out

    def __str__(self) -> str:
        return f"change {self.number}"


class Untold(models.Model):
    """A record whose pages say something else since this transaction, without a change as yet."""

    key = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.key
