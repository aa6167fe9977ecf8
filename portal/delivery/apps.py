from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "portal.delivery"
    label = "delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        from portal.delivery import changes
        from portal.publishing import signals

        signals.published.connect(changes.published, dispatch_uid="delivery")
        signals.withdrawn.connect(changes.withdrawn, dispatch_uid="delivery")
        signals.removed.connect(changes.removed, dispatch_uid="delivery")
        signals.retold.connect(changes.retold, dispatch_uid="delivery")
        signals.still_given.connect(changes.still_given, dispatch_uid="delivery")
