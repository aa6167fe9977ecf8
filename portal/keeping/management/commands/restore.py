from pathlib import Path

from portal.keeping.command import KeepingCommand
from portal.keeping.restore import restore


class Command(KeepingCommand):
    """Only into an empty database, and only what proves itself."""

    help = "Restore a backup into an empty database, and prove that everything came back."
    undone = "Nothing was restored."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="what backup wrote")
        parser.add_argument(
            "--head", metavar="SHA", help="the head of the log that you kept: it must be there"
        )

    def handle(self, *args, file: Path, head: str | None = None, **options) -> None:
        with self.whole_or_undone():
            manifest = restore(file, self.tell, head)
        for name in manifest.lacking or []:
            self.stdout.write(f"The file {name} was missing when the backup was made.")
        self.stdout.write(
            f"{manifest.summary} of {manifest.made} were restored, and the history proves "
            f"itself. Everybody signs in anew. Head: {manifest.head}"
        )
