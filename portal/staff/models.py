"""The people who edit: an account, what it may do, and who takes over when it is closed."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q, QuerySet
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

    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_(
            "Untick it when the person leaves, or when somebody else may know the password. "
            "Nobody signs in then, and approvals that the account gave count no longer for what "
            "is not public yet. What it did keeps its name."
        ),
    )
    hands_over_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handed_over_by",
        verbose_name=_("hands over to"),
        help_text=_(
            "Of an account that is not active: who goes on with its drafts and releases. They "
            "wait for that account then; who wrote them stays as it is."
        ),
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
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(hands_over_to=None),
                name="an_active_account_hands_over_to_nobody",
            ),
        ]

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
    def competent_in(self) -> set[str]:
        """The languages in which it knows whether a text still holds."""
        return {*self.translates.split(), *self.approved_languages}

    @property
    def is_editor(self) -> bool:
        return bool(self.written_languages)

    @property
    def is_approver(self) -> bool:
        return bool(self.approved_languages)

    @property
    def has_a_role(self) -> bool:
        """Whether it writes, translates or approves anything; without, it sees nothing of texts."""
        return self.is_editor or self.is_approver

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and self.is_staff

    @property
    def answers_for(self) -> set[int]:
        """The keys of this account and of all that handed over to it, directly or by others."""
        found = {self.pk}
        while new := set(_handed_over_to(found)) - found:
            found |= new
        return found

    @property
    def taken_over_by(self) -> "Account | None":
        """The first account on the way from here that can sign in; None where there is none."""
        account, seen = self, set()
        while account and not account.can_sign_in and account.pk not in seen:
            seen.add(account.pk)
            account = account.hands_over_to
        return account if account and account.can_sign_in else None


def _handed_over_to(accounts: set[int]) -> QuerySet:
    return Account.objects.filter(hands_over_to__in=accounts).values_list("pk", flat=True)
