"""The people who edit: an account, and the language in which its desk speaks."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import LanguagesField
from portal.languages.names import site_languages
from portal.languages.texts import codes


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

    writes = models.BooleanField(
        _("writes"),
        default=False,
        help_text=_("May change every text and fact, and submit it."),
    )
    translates = LanguagesField(
        _("translates into"),
        help_text=_("May change texts in these languages alone, and submit them."),
    )
    approves = LanguagesField(
        _("approves"),
        help_text=_(
            "Is competent in these languages: approves texts in them that somebody else wrote, "
            "and facts that somebody else set."
        ),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    @property
    def written_languages(self) -> list[str]:
        """The languages in which this account may change texts."""
        return codes() if self.writes or self.is_superuser else self.translates.split()

    @property
    def sets_facts(self) -> bool:
        return self.writes or self.is_superuser

    @property
    def approved_languages(self) -> list[str]:
        """The languages in which this account may approve what others wrote."""
        return codes() if self.is_superuser else self.approves.split()

    @property
    def is_editor(self) -> bool:
        return bool(self.written_languages)

    @property
    def is_approver(self) -> bool:
        return bool(self.approved_languages)
