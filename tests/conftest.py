import gc
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import translation
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from portal.languages.catalogues import compile_catalogue, compile_source_language, sources
from portal.records.reads import reading
from portal.staff.models import Account
from tests.content.asked_once import WholeSite, ask_the_whole_site

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
settings.register_profile("gate", max_examples=100, **SHARED)
settings.register_profile("prove", max_examples=20_000, **SHARED)  # make prove
settings.load_profile("gate")


WHOLE_SITE = (
    *("test_links", "test_truth", "test_facts", "test_bytes", "test_queries", "test_drawn"),
    "test_founding_order",
)
IN_FRONT = ("test_away", "test_desk", "test_faults", "test_fresh", "test_front", "test_refusals")
SEARCHED = ("test_find", "test_judged", "test_strange")
LONGEST = (
    "browser/test_public",
    *WHOLE_SITE,
    "tests/deploy",
    "tests/browser",
    "test_pages",
    "fourth_language",
)


def pytest_configure() -> None:
    gc.set_threshold(100_000, 50, 50)  # a run makes much and is over soon
    for source in sources():
        compile_catalogue(source)
    compile_source_language()


class ByModule(LoadScopeScheduling):
    """A module stays in one process, and so does all that reads the whole site, its index, or the
    machine that serves it.
    """

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        return next(
            (str(some) for some in (WHOLE_SITE, IN_FRONT, SEARCHED) if Path(scope).stem in some),
            scope,
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByModule | None:
    return ByModule(config, log) if config.getoption("dist") == "loadscope" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What this database can be asked; the longest first, so that no core waits at the end."""
    items[:] = [item for item in items if _fits_database(item)]
    items.sort(key=_length)


def _length(item: pytest.Item) -> int:
    """The place of its module among the longest."""
    module = item.path.as_posix()
    found = (place for place, name in enumerate(LONGEST) if name in module)
    return next(found, len(LONGEST))


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
    settings.STORE_DIR = tmp_path / "store"


@pytest.fixture(scope="session")
def whole_site(django_db_setup, django_db_blocker, tmp_path_factory) -> WholeSite:
    """The site with the founding content as it was asked once; nothing of it stays."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    unblocked, state = django_db_blocker.unblock(), reading("the founding content")
    with unblocked, state, translation.override("en"), files, transaction.atomic():
        site = ask_the_whole_site(Client())
        transaction.set_rollback(True)
    return site


@pytest.fixture
def administrator(db) -> Account:
    return Account.objects.create_superuser("administrator", password="a trial password of tests")


@pytest.fixture
def staff(administrator, client) -> Client:
    client.force_login(administrator)
    return client
