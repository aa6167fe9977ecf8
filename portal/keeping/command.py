"""What backup and restore have in common as commands."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError

from portal.keeping.manifest import Refused


class KeepingCommand(BaseCommand):
    """A command whose work is whole or undone, also when the machine tells it to end."""

    undone = "Nothing was done."

    @contextmanager
    def whole_or_undone(self) -> Iterator[None]:
        before = signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
        try:
            yield
        except (Refused, OSError) as fault:
            raise CommandError(f"{fault}\n{self.undone}") from None
        finally:
            signal.signal(signal.SIGTERM, before)

    def tell(self, step: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{step}…", self.style.NOTICE)
