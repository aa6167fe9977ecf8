"""Accounts: who may edit, in which language, and how a person gets in."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from portal.languages.sorting import by_name
from portal.staff import signals
from portal.staff.models import Account

# given and taken by an administrator alone
RIGHTS = ("is_active", "hands_over_to", "is_superuser", "writes", "translates", "approves")

LAST = _("This is the last administrator. Make another one first, who can give accounts.")

admin.site.unregister(Group)  # a role is a mark on the account; a group would give nothing


class NewAccountForm(AdminUserCreationForm):
    """Without Django's autofocus: the desk's own script focuses too, and browsers complain."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["username"].widget.attrs["autofocus"]
        self.fields["usable_password"].initial = "false"  # the person chooses one by a link


class AccountForm(UserChangeForm):
    """Whoever takes over is active and can go on writing, and one administrator remains."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "hands_over_to" in self.fields:
            field = self.fields["hands_over_to"]
            field.queryset = _successors(self.instance)
            nobody, *accounts = field.choices
            field.choices = [nobody, *by_name(accounts, lambda choice: choice[1])]
            field.widget.can_add_related = field.widget.can_change_related = False

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("is_active") and given.get("hands_over_to"):
            self.add_error(
                "hands_over_to",
                _("An active account hands nothing over. Choose nobody here, or untick “Active”."),
            )
        stays = all(given.get(name, True) for name in ("is_active", "is_staff", "is_superuser"))
        if not stays and _is_last_administrator(self.instance):
            self.add_error(None, LAST)
        return given


def _is_last_administrator(account: Account) -> bool:
    active = Account.objects.filter(is_active=True, is_staff=True, is_superuser=True)
    return list(active) == [account]


def _successors(account: Account) -> QuerySet:
    """Active accounts that write, and whoever was chosen before."""
    write = Q(writes=True) | Q(is_superuser=True) | ~Q(translates="")
    others = Q(is_active=True, is_staff=True) & write & ~Q(pk=account.pk)
    return Account.objects.filter(others | Q(pk=account.hands_over_to_id))


@admin.register(Account)
class AccountAdmin(UserAdmin):
    """An account is closed (not active), never deleted: what it did keeps its name."""

    fieldsets = (
        (None, {"fields": ("username", "password", "language")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (
            _("What this account may do"),
            {
                "fields": (
                    "is_staff",
                    "writes",
                    "translates",
                    "approves",
                    "is_superuser",
                ),
            },
        ),
        (_("When the person leaves"), {"fields": ("is_active", "hands_over_to")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    form = AccountForm
    add_form = NewAccountForm
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "language",
                    "is_staff",
                    "usable_password",
                    "password1",
                    "password2",
                )
            },
        ),
    )
    list_display = ("username", "first_name", "last_name", "language", "is_staff", "is_active")
    change_form_template = "admin/staff/account/change_form.html"
    actions = None

    readonly_fields = ("last_login", "date_joined")

    def has_change_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        """Only an administrator touches an administrator, the password included."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> tuple:
        rights = () if request.user.is_superuser else RIGHTS
        return (*super().get_readonly_fields(request, obj), *rights)

    def has_delete_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Account, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "_continue" not in request.POST:  # else the page itself says so
            for sentence in left_undone(obj):
                messages.warning(request, sentence)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["left_undone"] = left_undone(Account.objects.get(pk=obj.pk)) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def user_change_password(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Whoever sets the password of an account has its rights."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, *args, **kwargs)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.password_link)
        return [path("<int:pk>/password-link/", view, name="password_link"), *super().get_urls()]

    def password_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A link that lets its bearer choose a new password, once, within a day.

        Its host is that of the desk, which may have one of its own.
        """
        account = get_object_or_404(Account, pk=pk)
        if not (request.user.is_superuser and self.has_change_permission(request, account)):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("One-time link for a new password"),
            "account": account,
            "opts": self.opts,
            "link": request.build_absolute_uri(one_time_address(account))
            if request.method == "POST"
            else "",
        }
        response = TemplateResponse(request, "admin/staff/account/password_link.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response


def left_undone(account: Account) -> list[str]:
    """What a closed account leaves undone, a sentence each."""
    if account.is_active:
        return []
    answers = signals.left_undone.send(sender=Account, account=account)
    return [sentence for _receiver, found in answers for sentence in found]


def one_time_address(account: Account) -> str:
    """Django's own token: spent by the new password, and by the next sign-in."""
    return reverse(
        "password_reset_confirm",
        args=[
            urlsafe_base64_encode(force_bytes(account.pk)),
            default_token_generator.make_token(account),
        ],
    )
