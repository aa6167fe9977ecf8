"""The people who edit: an account, and the language in which its desk speaks."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.names import site_languages


class Account(AbstractUser):
    """A member of staff."""

    language = models.CharField(
        _("language of the desk"),
        max_length=10,
        choices=site_languages,
        blank=True,
        help_text=_("The language of menus and messages. Empty: that of the browser."),
    )

    is_staff = models.BooleanField(
        _("may sign in at the desk"),
        default=True,
        help_text=_("Without this mark the sign-in is refused, whatever the password."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
