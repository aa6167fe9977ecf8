"""Apart from ``apps.py``, where Django allows one configuration."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, on the portal's own desk."""

    default_site = "portal.staff.desk.Desk"
