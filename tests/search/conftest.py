"""The index of the founding content, made once a process."""

from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings

from portal.content.loading import load
from portal.search.engines import remember
from portal.search.models import IndexEntry, Word


class Indexed(NamedTuple):
    entries: list[IndexEntry]
    words: dict[tuple[str, str], str]  # as written, by language and token

    def put(self) -> None:
        """Into the database of the test: all that a search asks, and no record."""
        IndexEntry.objects.bulk_create(self.entries)
        remember(self.words)


@pytest.fixture(scope="session")
def indexed(django_db_setup, django_db_blocker, tmp_path_factory) -> Indexed:
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), files, transaction.atomic():
        load()
        words = {(word.language, word.token): word.written for word in Word.objects.all()}
        made = Indexed(list(IndexEntry.objects.all()), words)
        transaction.set_rollback(True)
    return made


@pytest.fixture
def framework(db, indexed) -> Indexed:
    indexed.put()
    return indexed
