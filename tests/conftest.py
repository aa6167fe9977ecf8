import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from portal.languages.catalogues import compile_catalogue, compile_source_language, sources
from portal.staff.models import Account

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
settings.register_profile("gate", max_examples=100, **SHARED)
settings.register_profile("prove", max_examples=20_000, **SHARED)  # make prove
settings.load_profile("gate")


LONGEST = (
    "tests/browser",
    "test_links",
    "test_truth",
    "test_bytes",
    "test_pages",
    "test_facts",
    "test_role_table",
    "languages/test_fourth_language",
)


def pytest_configure() -> None:
    for source in sources():
        compile_catalogue(source)
    compile_source_language()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What this database can be asked; the longest first, so that no core waits at the end."""
    items[:] = [item for item in items if _fits_database(item)]
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONGEST))


def _fits_database(item: pytest.Item) -> bool:
    """What asks no database is asked once, on SQLite."""
    if asked := item.get_closest_marker("only_on"):
        return asked.args == (connection.vendor,)
    marks = [item.get_closest_marker(name) for name in ("django_db", "own_process")]
    uses_one = any(marks) or bool({"db", "transactional_db"} & {*item.fixturenames})
    return uses_one or connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def _language_is_put_back():
    """A test that leaves a language active would speak it in the next one."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _files_stay_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def administrator(db) -> Account:
    return Account.objects.create_superuser("administrator", password="a trial password of tests")


@pytest.fixture
def staff(administrator, client) -> Client:
    client.force_login(administrator)
    return client
