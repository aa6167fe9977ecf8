from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "portal.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self) -> None:
        from portal.publishing.signals import about_to_publish
        from portal.translation.parity import objections

        about_to_publish.connect(objections, dispatch_uid="parity")
