import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFault
from django.db import close_old_connections, connections

from portal.delivery.following import follow
from portal.delivery.mirror import InUse, Refused
from portal.delivery.mirroring import keep_whole
from portal.delivery.place import current_store, own_store
from portal.delivery.upkeep import clear_editions, refine, repair

REPAIRED_EVERY = 3600.0  # seconds
TRIED_AGAIN = 60.0
UNFINISHED = ("compressed", "compressed in mirrors")  # a few at a time


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
        if every is not None:
            self._watch(every)
            return
        self._tell({"pages taken out": follow(), **self._look_after()})
        if self.failed:
            raise CommandError("Not every mirror could be kept.")

    def _watch(self, every: float) -> None:
        """In two processes: what was published is followed, however long the rest takes."""
        connections.close_all()
        upkeep = get_context("fork").Process(target=self._go_on, args=(self._look_after, every))
        upkeep.start()
        try:
            self._go_on(follow, every, upkeep.is_alive)
        finally:
            upkeep.terminate()

    def _go_on(self, act: Callable, every: float, may: Callable[[], bool] = lambda: True) -> None:
        parent = os.getppid()
        with suppress(KeyboardInterrupt):
            while os.getppid() == parent and may():  # it ends with who started it
                if self._is_idle(act):
                    time.sleep(every)

    def _is_idle(self, act: Callable) -> bool:
        """A database or a disk that is away for a moment does not end the watch."""
        done = None
        try:
            done = act()
        except (DatabaseFault, OSError, sqlite3.Error) as fault:
            self.stderr.write(f"The kept pages could not be looked after: {fault}")
        close_old_connections()
        return not (isinstance(done, Counter) and any(done[each] for each in UNFINISHED))

    def _look_after(self) -> Counter[str]:
        """What takes its time."""
        store = current_store() or own_store()
        store.sweep()
        thorough = self.repaired is None or time.monotonic() - self.repaired > REPAIRED_EVERY
        done = Counter()
        if thorough:
            done["repaired"] = repair(store)
            self.repaired = time.monotonic()
        for folder in settings.PORTAL_MIRRORS:
            done.update(self._mirror(folder, thorough=thorough))
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

    def _tell(self, done: dict[str, int]) -> None:
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()) + ".")
