from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "portal.translation"
    label = "translation"
    verbose_name = "Translation"

    def ready(self) -> None:
        from portal.publishing.signals import about_to_publish, looked_at
        from portal.translation.parity import objections
        from portal.translation.remarks import remarks

        about_to_publish.connect(objections, dispatch_uid="parity")
        looked_at.connect(remarks, dispatch_uid="terms")
