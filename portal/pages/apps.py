from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"
    verbose_name = _("Pages and glossary")

    def ready(self) -> None:
        from portal.pages.reach import reached
        from portal.publishing.signals import reaches

        reaches.connect(reached, dispatch_uid="pages")
