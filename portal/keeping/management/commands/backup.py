from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from portal.keeping.backup import back_up
from portal.keeping.command import KeepingCommand


class Command(KeepingCommand):
    """One file with the database, the uploaded files and what both must be once restored."""

    help = "Write database and files of one moment into one file; others may go on writing."
    undone = "Nothing was written."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="where; var/backups/ and the time without it"
        )

    def handle(self, *args, file: Path | None = None, **options) -> None:
        path = file or new_name()
        with self.whole_or_undone():
            manifest, faults = back_up(path, self.tell)
        self.stdout.write(f"{manifest.summary} are in {path}. Head: {manifest.head}")
        if not manifest.proved and not faults:
            self.stdout.write("Its history is not proved: the database waits for migrate.")
        if faults:
            raise CommandError("\n".join(["The backup holds what does not prove itself:", *faults]))


def new_name() -> Path:
    """In a folder that only its owner may read: a backup holds drafts and accounts."""
    folder = Path(settings.VAR_DIR, "backups")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"portal-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
