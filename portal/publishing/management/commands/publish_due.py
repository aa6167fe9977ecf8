import os
import time
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFault
from django.db import close_old_connections

from portal.publishing.given import still_given
from portal.publishing.schedule import Outcome, publish_due

STILL_GIVEN = "Readers may still be given pages from before:"


class Command(BaseCommand):
    """Publish the releases whose time has come; safe to repeat, and to run twice at once."""

    help = "Publish the releases whose time has come."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on, looking again after this time"
        )

    def handle(self, *args, every: int | None = None, **options) -> None:
        if every is None:
            self._tell(publish_due())
            if reason := still_given():
                raise CommandError(f"{STILL_GIVEN} {reason}")
        parent = os.getppid()
        with suppress(KeyboardInterrupt):
            while every is not None and os.getppid() == parent:  # it ends with who started it
                self._look(every)

    def _look(self, every: int) -> None:
        """A database that is away for a moment does not end the watch."""
        try:
            outcome = publish_due()
            if outcome.published or outcome.failed:
                self._tell(outcome)
                if reason := still_given():
                    self.stderr.write(f"{STILL_GIVEN} {reason}")
        except DatabaseFault as fault:
            self.stderr.write(f"The schedule could not be read: {fault}")
        close_old_connections()
        time.sleep(every)

    def _tell(self, outcome: Outcome) -> None:
        for release in outcome.failed:
            release.refresh_from_db()
            self.stderr.write(f"{release}: {release.failure}")
        self.stdout.write(
            f"{len(outcome.published)} releases published, {len(outcome.failed)} failed."
        )
