from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "portal.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from portal.publishing import signals
        from portal.staff.signals import left_undone
        from portal.translation import assigning, memory
        from portal.translation.parity import objections
        from portal.translation.terms.remarks import remarks

        signals.saved.connect(memory.remember_saved, dispatch_uid="memory")
        signals.published.connect(memory.remember_published, dispatch_uid="memory")
        signals.removed.connect(memory.forget_removed, dispatch_uid="memory")
        # after the memory, which they ask
        signals.saved.connect(assigning.end_what_is_done, dispatch_uid="assignments")
        signals.restored.connect(assigning.end_what_is_done, dispatch_uid="assignments")
        signals.published.connect(assigning.end_what_was_carried, dispatch_uid="assignments")
        signals.withdrawn.connect(assigning.end_what_was_withdrawn, dispatch_uid="assignments")
        signals.removed.connect(assigning.end_what_was_removed, dispatch_uid="assignments")
        signals.about_to_publish.connect(objections, dispatch_uid="parity")
        left_undone.connect(assigning.left_by, dispatch_uid="assignments")
        signals.looked_at.connect(remarks, dispatch_uid="terms")
