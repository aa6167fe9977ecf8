from django.core.management.base import BaseCommand, CommandError

from portal.content.loading import ContentRefused, load


class Command(BaseCommand):
    """Publish the founding content. Records that the database holds are never changed."""

    help = "Publish the founding content that the database has never held."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail when a published record differs from its file",
        )

    def handle(self, *args, check: bool = False, **options) -> None:
        try:
            outcome = load(check=check)
        except ContentRefused as refused:
            listed = "\n".join(str(fault) for fault in refused.faults)
            raise CommandError(
                f"{listed}\nNothing was loaded: {len(refused.faults)} faults."
            ) from None
        for record, columns in outcome.different:
            self.stdout.write(f"Edited since: {record.kind()} {record} ({', '.join(columns)})")
        for record in outcome.removed:
            self.stdout.write(f"Removed by law, delete its file: {record.kind()} {record.pk}")
        would = "would be published" if check else "published"
        self.stdout.write(
            f"{len(outcome.published)} records {would}, {len(outcome.same)} as in their files, "
            f"{len(outcome.different)} edited since and left alone."
        )
        if check and outcome.different:
            raise CommandError("Some records differ from their files.")
