from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Everything between a bare clone and a site that answers; safe to repeat."""

    help = "Bring database, catalogues, static files and founding content up to date."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        call_command("migrate", verbosity=0)
        call_command("compile_catalogues", stdout=self.stdout)
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_framework", stdout=self.stdout)
