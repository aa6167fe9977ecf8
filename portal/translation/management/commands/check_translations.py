from django.core.management.base import BaseCommand, CommandError

from portal.languages.catalogues import sources
from portal.languages.names import name_of
from portal.translation.parity import REQUIRED, faults_of_catalogues, gaps_of, public_records


class Command(BaseCommand):
    """Whether every catalogue is whole and every public record is in every required language."""

    help = "Fail on an empty or fuzzy catalogue entry and on a public record that lacks a language."

    def handle(self, *args, **options) -> None:
        records = list(public_records())
        gaps = [gap for record in records for gap in gaps_of(record)]
        entries = faults_of_catalogues()
        counts = (
            f"{len(sources())} catalogues, {len(entries)} faults; "
            f"{len(records)} published records, {len(gaps)} gaps "
            f"({', '.join(map(name_of, REQUIRED))})."
        )
        if entries or gaps:
            raise CommandError("\n".join([*entries, *map(str, gaps), counts]))
        self.stdout.write(counts)
