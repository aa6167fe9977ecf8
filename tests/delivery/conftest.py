import pytest

from portal.delivery.store import Store
from tests.delivery.front import Front


@pytest.fixture
def store(tmp_path, settings) -> Store:
    settings.STORE_DIR = tmp_path / "store"
    return Store(settings.STORE_DIR / "this-edition")


@pytest.fixture
def front(db, store) -> Front:
    return Front(store)
