from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.deploy.machine import Machine, ready_machine


@pytest.fixture(scope="session")
def machine() -> Iterator[Machine]:
    """In a folder that others may enter, as those of pytest may not be."""
    with TemporaryDirectory() as folder, ready_machine(Path(folder)) as made:
        yield made
