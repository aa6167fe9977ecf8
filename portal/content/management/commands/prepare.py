from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from portal.publishing.publish import adopt
from portal.search import index
from portal.translation.memory import remember_what_stands

MOST_ROWS = 1_000  # of each index; the site starts after this


class Command(BaseCommand):
    """Everything between a bare clone and a site that answers; safe to repeat."""

    help = "Bring database, catalogues, static files and founding content up to date."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        call_command("migrate", verbosity=0)
        call_command("compile_catalogues", stdout=self.stdout)
        if not settings.DEBUG and static_files_changed():
            call_command("collectstatic", interactive=False, verbosity=0)
        if adopted := adopt():
            self.stdout.write(f"{len(adopted)} records that were public have their first version.")
        if remembered := remember_what_stands():
            self.stdout.write(f"{remembered} translations count as following their source.")
        if begun := index.begin():
            self.stdout.write(f"{begun} texts that were public can be found.")
        call_command("load_framework", stdout=self.stdout)
        if connection.vendor == "sqlite":
            learn_the_tables()


def learn_the_tables() -> None:
    """SQLite takes the counts by which it chooses among indexes when it is told, and not before.

    Without them it takes “published” for rare, and reads a whole kind for a few of its rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {MOST_ROWS}")
        cursor.execute("ANALYZE")


def static_files_changed() -> bool:
    """Whether a source is newer than what was collected last, or was never collected."""
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    files = (found for finder in get_finders() for found in finder.list([]))
    return any(Path(storage.path(name)).stat().st_mtime > collected for name, storage in files)
