"""The desk: Django's admin under the portal's name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_header = _("Fight against terrorism: desk")
    site_title = _("Desk")
    index_title = _("Desk")
    enable_nav_sidebar = True

    def get_urls(self) -> list:
        """Without Django's shortcut, which tells any account the address of any row."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]
