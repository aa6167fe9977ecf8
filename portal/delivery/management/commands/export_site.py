import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.delivery.exporting import export
from portal.delivery.mirror import Refused

TOLD_EVERY = 0.2  # seconds


class Command(BaseCommand):
    """Write the whole public site into a folder, as plain files that a server can send alone."""

    help = "Write a copy of the whole public site, which can be served when all else is down."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="empty, or made by this command")
        parser.add_argument(
            "--fewer", action="store_true", help="take the copy though it has fewer pages"
        )

    def handle(self, *args, folder: Path, fewer: bool, **options) -> None:
        began, self.told = time.monotonic(), 0.0
        try:
            held = export(folder, self._tell, fewer=fewer)
        except Refused as fault:
            raise CommandError(f"{fault}\nThe copy before stays as it is.") from None
        took = time.monotonic() - began
        said = ", ".join(f"{count} {what}" for what, count in held.items())
        self.stdout.write(f"{said}; {held['pages'] / took:.0f} pages a second.")

    def _tell(self, made: int, known: int) -> None:
        if self.stderr.isatty() and time.monotonic() - self.told > TOLD_EVERY:
            self.told = time.monotonic()
            self.stderr.write(f"\r{made} of {known} made…", ending="")
