import os
import sqlite3
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFault
from django.db import close_old_connections

from portal.delivery.following import catch_up, make_up, tell_what_is_left
from portal.delivery.mirror import InUse, Refused
from portal.delivery.mirroring import keep_whole
from portal.delivery.place import current_store, own_store
from portal.delivery.upkeep import clear_editions, refine, repair

REPAIRED_EVERY = 3600.0  # seconds
TRIED_AGAIN = 60.0


class Command(BaseCommand):
    """Bring the kept pages up to date with the database, compress them well and repair them."""

    help = "Bring the kept pages up to date, compress them well and repair what is damaged."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on, looking again after this time"
        )

    def handle(self, *args, every: float | None = None, **options) -> None:
        self.repaired: float | None = None
        self.waits, self.failed = {}, False
        if every is None:
            self._tell(self._once())
            if self.failed:
                raise CommandError("Not every mirror could be kept.")
        parent = os.getppid()
        with suppress(KeyboardInterrupt):
            while every is not None and os.getppid() == parent:  # it ends with who started it
                self._look(every)

    def _once(self) -> Counter[str]:
        store = current_store() or own_store()
        tell_what_is_left()
        done = Counter({"pages taken out": catch_up(store)})
        store.sweep()
        thorough = self.repaired is None or time.monotonic() - self.repaired > REPAIRED_EVERY
        if thorough:
            done["repaired"] = repair(store)
            self.repaired = time.monotonic()
        for folder in settings.PORTAL_MIRRORS:
            done.update(self._mirror(folder, thorough=thorough))
        make_up()
        done["editions cleared"] = clear_editions()
        done["compressed"] = refine(store)
        return done

    def _mirror(self, folder: str, *, thorough: bool) -> Counter[str]:
        """One that cannot be kept holds up nothing else, and is tried again after a while."""
        if time.monotonic() < self.waits.get(folder, 0.0):
            return Counter()
        try:
            return keep_whole(Path(folder), thorough=thorough)
        except InUse:
            return Counter()
        except Refused as fault:
            self.waits[folder] = time.monotonic() + TRIED_AGAIN
            return self._tell_fault(folder, fault)
        except (DatabaseFault, OSError, sqlite3.Error) as fault:
            return self._tell_fault(folder, fault)

    def _tell_fault(self, folder: str, fault: Exception) -> Counter[str]:
        self.failed = True
        self.stderr.write(f"The mirror in {folder} could not be kept: {fault}")
        return Counter()

    def _look(self, every: float) -> None:
        """A database or a disk that is away for a moment does not end the watch."""
        done = {}
        try:
            done = self._once()
        except (DatabaseFault, OSError, sqlite3.Error) as fault:
            self.stderr.write(f"The kept pages could not be looked after: {fault}")
        close_old_connections()
        if not (done.get("compressed") or done.get("compressed in mirrors")):
            time.sleep(every)

    def _tell(self, done: dict[str, int]) -> None:
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()) + ".")
