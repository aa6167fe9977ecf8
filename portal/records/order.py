"""The order of a list as a database can keep it: by position, then by name.

The names are those that readers of each language are shown. What they sort by is kept beside
them as bytes, for these alone compare alike on every database.
"""

from django.db import models
from django.db.models import Index

from portal.languages.sorting import sort_bytes
from portal.languages.texts import codes, column, text

NAME_KEY = "name_key"
MOST_BYTES = 2_000  # an index of PostgreSQL takes no more than 2,704 in a row


class NameKey(models.BinaryField):
    """What the name sorts by that readers of ``lang`` are shown. It is written with the row.

    A row that came in by another way has an empty one, and stands first. Of names that are alike
    beyond ``MOST_BYTES``, which takes letters that stand for many, no order is kept.
    """

    def __init__(self, lang: str = "", **kwargs) -> None:
        super().__init__(**{"null": True, "db_default": b"", **kwargs})
        self.lang = lang

    def deconstruct(self) -> tuple:
        """A migration knows the column alone: what is written into it is for today's code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def pre_save(self, record: models.Model, add: bool) -> bytes:
        key = sort_bytes(text(record, record.headline, self.lang))[:MOST_BYTES]
        setattr(record, self.attname, key)
        return key


def in_order(*group: str) -> list[Index]:
    """The indexes of a kind from which its list is read, in the groups that it is divided into."""
    return [
        Index(fields=["state", *group, "position", column(NAME_KEY, code), "uuid"])
        for code in codes()
    ]
