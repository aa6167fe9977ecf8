from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "portal.keeping"
    label = "keeping"
    verbose_name = "Keeping"
