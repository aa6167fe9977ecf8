from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.publishing.history import one_at_a_time
from portal.publishing.models import Entry, Revision, Version
from portal.publishing.verify import faults_in_history, head_of_log


class Command(BaseCommand):
    """Prove revisions, versions, rows and the public log by computing every hash anew."""

    help = "Prove that no published text and no line of the public log was changed."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--head", metavar="SHA", help="the head of the log that you kept: it must be there"
        )

    def handle(self, *args, head: str | None = None, **options) -> None:
        with transaction.atomic():  # nothing is published meanwhile
            one_at_a_time()
            faults = list(faults_in_history(head))
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"The history does not prove itself: {len(faults)} faults.")
        self.stdout.write(
            f"{Revision.objects.count()} revisions, {Version.objects.count()} versions and "
            f"{Entry.objects.count()} entries of the log are as they were written. "
            f"Head: {head_of_log()}"
        )
