"""Read by a process of its own, in a copy of the project that has German."""

import pytest
from django.core.management import call_command

from portal.languages.texts import codes

NEW = "de"


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    return None if NEW in codes() else True


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> None:
    """No test database: the one with the founding content, brought up to date and kept."""
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
