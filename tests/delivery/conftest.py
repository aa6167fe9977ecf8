import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from portal.delivery.page import AT_ONCE
from portal.delivery.store import Store
from tests.delivery.front import Front
from tests.delivery.mirrored import Mirrored, made_once


@pytest.fixture
def store(settings) -> Store:
    return Store(settings.STORE_DIR / "this-edition")


@pytest.fixture
def front(db, store) -> Front:
    return Front(store)


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[dict, Path]]:
    folder = tmp_path_factory.mktemp("once")
    with made_once(folder, django_db_blocker) as site:
        yield site, folder


@pytest.fixture
def site(once) -> dict:
    """What the mirror holds."""
    return once[0]


@pytest.fixture
def mirror(once, tmp_path, settings, monkeypatch) -> Iterator[Mirrored]:
    """A copy of the one that was made once; whatever is published is undone."""
    monkeypatch.setattr("portal.delivery.store.IN_TIME", AT_ONCE)  # what is best takes its time
    shutil.copytree(once[1], tmp_path, symlinks=True, dirs_exist_ok=True)
    settings.PORTAL_MIRRORS = [str(tmp_path / "mirror")]
    with transaction.atomic():
        yield Mirrored(tmp_path / "mirror")
        transaction.set_rollback(True)
