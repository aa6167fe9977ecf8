from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "portal.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from portal.records import checks  # noqa: F401
        from portal.records.append_only import guard_tables
        from portal.records.name_keys import fill_name_keys
        from portal.records.once_public import guard_once_public

        post_migrate.connect(guard_tables, sender=self)
        post_migrate.connect(guard_once_public, sender=self)
        post_migrate.connect(fill_name_keys, sender=self)
