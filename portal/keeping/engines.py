"""Which way of copying a database fits the one that is configured."""

from types import ModuleType

from django.db import connection

from portal.keeping import postgresql, sqlite


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
