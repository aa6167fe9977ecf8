from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "portal.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from portal.records import checks  # noqa: F401
        from portal.records.append_only import guard_tables

        post_migrate.connect(guard_tables, sender=self)
