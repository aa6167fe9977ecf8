from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.languages.catalogues import sources
from portal.languages.names import name_of
from portal.records.models import Record
from portal.translation.parity import REQUIRED, faults_of_catalogues, gaps_of, public_records
from portal.translation.terms import Vocabulary
from portal.translation.terms.misuse import Misuse
from portal.translation.terms.remarks import misuses_in


class Command(BaseCommand):
    """Whether catalogues are whole, and public records in every language, in agreed names."""

    help = (
        "Fail on an empty or fuzzy catalogue entry, on a public record that lacks a language, and "
        "on a name that stands in another form than agreed."
    )

    def handle(self, *args, **options) -> None:
        records, vocabulary = list(public_records()), Vocabulary()
        gaps = [gap for record in records for gap in gaps_of(record)]
        entries = faults_of_catalogues()
        found = [(r, place, m) for r in records for place, m in misuses_in(r, vocabulary)]
        found.sort(key=lambda each: each[2].lang)  # stable: within a language as they stand
        others = [each for each in found if each[2].other_form]
        counts = (
            f"{len(sources())} catalogues, {len(entries)} faults; "
            f"{len(records)} published records, {len(gaps)} gaps "
            f"({', '.join(map(name_of, REQUIRED))}), {len(others)} names in another form, "
            f"{len(found) - len(others)} names missing."
        )
        said = [*entries, *map(str, gaps), *(_sentence(*each) for each in found), counts]
        if entries or gaps or others:
            raise CommandError("\n".join(said))
        self.stdout.write("\n".join(said))


def _sentence(record: Record, place: str, misuse: Misuse) -> str:
    address = settings.PORTAL_ORIGIN + record.permanent
    return f"{record.kind()} “{record}”: {place}: {misuse} {address}"
