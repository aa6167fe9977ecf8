import os
import sqlite3
import time
from contextlib import suppress

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFault
from django.db import close_old_connections

from portal.delivery.following import catch_up
from portal.delivery.place import current_store
from portal.delivery.upkeep import clear_editions, refine, repair

REPAIRED_EVERY = 3600.0  # seconds


class Command(BaseCommand):
    """Bring the kept pages up to date with the database, compress them well and repair them."""

    help = "Bring the kept pages up to date, compress them well and repair what is damaged."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on, looking again after this time"
        )

    def handle(self, *args, every: float | None = None, **options) -> None:
        self.repaired: float | None = None
        if every is None:
            self._tell(self._once())
        parent = os.getppid()
        with suppress(KeyboardInterrupt):
            while every is not None and os.getppid() == parent:  # it ends with who started it
                self._look(every)

    def _once(self) -> dict[str, int]:
        if (store := current_store()) is None:
            raise CommandError("No page is kept yet: the site has not been started here.")
        done = {"pages taken out": catch_up(store)}
        store.sweep()
        if self.repaired is None or time.monotonic() - self.repaired > REPAIRED_EVERY:
            done["repaired"] = repair(store)
            self.repaired = time.monotonic()
        done["editions cleared"] = clear_editions(settings.STORE_DIR)
        done["compressed"] = refine(store)
        return done

    def _look(self, every: float) -> None:
        """A database or a disk that is away for a moment does not end the watch."""
        done = {}
        try:
            done = self._once()
        except (CommandError, DatabaseFault, OSError, sqlite3.Error) as fault:
            self.stderr.write(f"The kept pages could not be looked after: {fault}")
        close_old_connections()
        if not done.get("compressed"):
            time.sleep(every)

    def _tell(self, done: dict[str, int]) -> None:
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()) + ".")
