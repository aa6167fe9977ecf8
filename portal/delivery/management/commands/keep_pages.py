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
TRIED_AGAIN = 60.0  # then after twice the time, as long as it is refused
UNFINISHED = ("compressed", "compressed in mirrors")  # a few at a time


class Command(BaseCommand):
    """Bring the kept pages up to date with the database, compress them well and repair them."""

    help = "Bring the kept pages up to date, compress them well and repair what is damaged."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on, looking again after this time"
        )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.repaired: dict[Path, float] = {}  # when each place was looked through to the end
        self.waits: dict[Path, tuple[float, float]] = {}  # until when, and how long that was
        self.failed = False

    def handle(self, *args, every: float | None = None, **options) -> None:
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
        done = Counter()
        if self._is_to_be_repaired(store.root):
            done["repaired"] = repair(store)
            self.repaired[store.root] = time.monotonic()
        for folder in settings.PORTAL_MIRRORS:
            done.update(self._mirror(Path(folder)))
        done["editions cleared"] = clear_editions()
        done["compressed"] = refine(store)
        return done

    def _is_to_be_repaired(self, place: Path) -> bool:
        """Also where it could not be looked through: after a loss of power files may be half."""
        return time.monotonic() - self.repaired.get(place, -REPAIRED_EVERY) >= REPAIRED_EVERY

    def _mirror(self, folder: Path) -> Counter[str]:
        """One that cannot be kept holds up nothing else, and is tried again after a while."""
        until, waited = self.waits.get(folder, (0.0, TRIED_AGAIN / 2))
        if time.monotonic() < until:
            return Counter()
        try:
            return self._kept(folder)
        except InUse:
            return Counter()
        except Refused as fault:
            waits = min(2 * waited, REPAIRED_EVERY)
            self.waits[folder] = time.monotonic() + waits, waits
            return self._tell_fault(folder, fault)
        except (DatabaseFault, OSError, sqlite3.Error) as fault:
            return self._tell_fault(folder, fault)

    def _kept(self, folder: Path) -> Counter[str]:
        thorough = self._is_to_be_repaired(folder)
        done = keep_whole(folder, thorough=thorough)
        self.waits.pop(folder, None)
        if thorough:
            self.repaired[folder] = time.monotonic()
        return done

    def _tell_fault(self, folder: Path, fault: Exception) -> Counter[str]:
        self.failed = True
        self.stderr.write(f"The mirror in {folder} could not be kept: {fault}")
        return Counter()

    def _tell(self, done: dict[str, int]) -> None:
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()) + ".")
