from django.core.management.commands.flush import Command as Flush
from django.db import connections

from portal.records.append_only import unguard_tables
from portal.records.once_public import unguard_once_public


class Command(Flush):
    """A test run may empty its own tables; ``post_migrate`` puts the guards back."""

    def handle(self, **options) -> None:
        unguard_tables(connections[options["database"]])
        unguard_once_public(connections[options["database"]])
        super().handle(**options)
