from django.core.management.base import BaseCommand

from portal.languages.catalogues import compile_catalogue, compile_source_language, sources


class Command(BaseCommand):
    help = "Compile the interface catalogues, each language with its own typography."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        compiled = [*(compile_catalogue(source) for source in sources()), compile_source_language()]
        self.stdout.write(f"{sum(compiled)} of {len(compiled)} catalogues compiled.")
