"""The desk: Django's admin under the portal's name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

SAID_OTHERWISE = (  # Django's own words, listed so that our catalogues may have others for them
    gettext_noop("Save"),
    gettext_noop("Save and add another"),
    gettext_noop("Save and continue editing"),
    gettext_noop("Save and view"),
)


class Desk(AdminSite):
    site_header = _("Fight against terrorism: desk")
    site_title = _("Desk")
    index_title = _("Desk")
    enable_nav_sidebar = True

    def get_urls(self) -> list:
        """Without Django's shortcut, which tells any account the address of any row."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]
