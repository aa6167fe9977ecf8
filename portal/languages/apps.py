from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "portal.languages"
    label = "languages"
    verbose_name = "Languages"

    def ready(self) -> None:
        from portal.languages import checks  # noqa: F401
