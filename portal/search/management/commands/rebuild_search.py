from django.core.management.base import BaseCommand

from portal.search.index import rebuild


class Command(BaseCommand):
    """For an index that was lost, or that another rule of what is found must read anew."""

    help = "Make the search index anew from what is published."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{rebuild()} texts can be found.")
