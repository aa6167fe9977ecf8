from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "portal.publishing"
    label = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        from portal.publishing.waiting import left_by
        from portal.staff.signals import left_undone

        left_undone.connect(left_by, dispatch_uid="waiting")
