import pytest

from portal.delivery.store import Store
from tests.delivery.front import Front


@pytest.fixture
def store(settings) -> Store:
    return Store(settings.STORE_DIR / "this-edition")


@pytest.fixture
def front(db, store) -> Front:
    return Front(store)
