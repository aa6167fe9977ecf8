"""Accounts: who may edit, in which language, and how a person gets in."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from portal.staff.models import Account

RIGHTS = ("is_superuser", "writes", "translates", "approves")  # given by an administrator alone


class NewAccountForm(AdminUserCreationForm):
    """Without Django's autofocus: the desk's own script focuses too, and browsers complain."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["username"].widget.attrs["autofocus"]


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
                    "is_active",
                    "is_staff",
                    "writes",
                    "translates",
                    "approves",
                    "is_superuser",
                ),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
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


def one_time_address(account: Account) -> str:
    """Django's own token: spent by the new password, and by the next sign-in."""
    return reverse(
        "password_reset_confirm",
        args=[
            urlsafe_base64_encode(force_bytes(account.pk)),
            default_token_generator.make_token(account),
        ],
    )
