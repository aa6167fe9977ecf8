from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal.publishing import signals
        from portal.search import index
        from portal.search.engines import install

        signals.published.connect(index.take_in, dispatch_uid="search")
        signals.withdrawn.connect(index.take_out, dispatch_uid="search")
        signals.removed.connect(index.take_out_removed, dispatch_uid="search")
        post_migrate.connect(install, sender=self)
