from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "portal.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from portal.publishing.waiting import left_by
        from portal.staff.signals import left_undone

        left_undone.connect(left_by, dispatch_uid="waiting")
