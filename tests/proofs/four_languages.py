"""The settings of the tests with German beside the other languages, its columns made without
migrations."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, LANGUAGES

LANGUAGES = [("de", "Deutsch"), *LANGUAGES]
MIGRATION_MODULES = dict.fromkeys(name.rpartition(".")[2] for name in INSTALLED_APPS)
