from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "portal.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from portal.publishing import signals
        from portal.staff.signals import left_undone
        from portal.translation import memory
        from portal.translation.assigning import end_what_is_done, left_by
        from portal.translation.parity import objections
        from portal.translation.terms.remarks import remarks

        signals.saved.connect(memory.remember_saved, dispatch_uid="memory")
        signals.saved.connect(end_what_is_done, dispatch_uid="assignments")  # after the memory
        signals.published.connect(memory.remember_published, dispatch_uid="memory")
        signals.removed.connect(memory.forget_removed, dispatch_uid="memory")
        signals.about_to_publish.connect(objections, dispatch_uid="parity")
        left_undone.connect(left_by, dispatch_uid="assignments")
        signals.looked_at.connect(remarks, dispatch_uid="terms")
