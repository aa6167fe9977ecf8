import pytest

from tests.delivery.conftest import front, store  # noqa: F401 – fixtures
from tests.deploy.conftest import machine  # noqa: F401
from tests.search.conftest import framework, indexed  # noqa: F401


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """They take minutes, so that the profile of make prove alone collects them."""
    return None if config.getoption("--hypothesis-profile") == "prove" else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Here nothing but proofs, whatever a module forgets to say."""
    for item in items:
        if "proofs" in item.path.parts:
            item.add_marker("proof")
