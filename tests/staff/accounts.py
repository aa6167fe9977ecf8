"""Acts on accounts, tried as somebody."""

from typing import Any

from django.urls import reverse

from portal.staff.models import Account
from tests.publishing.desk import address
from tests.publishing.review import person
from tests.staff.trials import ask, traces

PHRASE = "a long phrase that nobody knows"
RIGHTS = {"writes": "on", "is_superuser": "on", "approves": "fr"}


def form(account: Account, **more: str) -> dict:
    return {"username": account.username, "is_active": "on", "is_staff": "on", **more}


def changes(account: Any, page: str, data: dict) -> bool:
    before = traces()
    ask(account, page, data)
    return traces() != before


def sees_list(other: Account, account: Any) -> bool:
    return ask(account, address(Account, "changelist")) is not None


def makes(other: Account, account: Any) -> bool:
    data = {"username": "new", "is_staff": "on", "usable_password": "false"}
    return changes(account, address(Account, "add"), data)


def changes_another(other: Account, account: Any) -> bool:
    victim = person("victim")
    return changes(account, address(Account, "change", victim.pk), form(victim, **RIGHTS))


def promotes_itself(other: Account, account: Any) -> bool:
    if not account.is_authenticated:
        return False
    return changes(account, address(Account, "change", account.pk), form(account, **RIGHTS))


def closes(other: Account, account: Any) -> bool:
    data = {"username": other.username, "is_staff": "on", "is_superuser": "on"}
    return changes(account, address(Account, "change", other.pk), data)


def hands_over(other: Account, account: Any) -> bool:
    leaver = person("leaver", is_active=False)
    data = {"username": leaver.username, "hands_over_to": other.pk}
    return changes(account, address(Account, "change", leaver.pk), data)


def makes_link(other: Account, account: Any) -> bool:
    answer = ask(account, reverse("admin:password_link", args=[other.pk]), {})
    return bool(answer and answer.context_data["link"])


def sets_password(other: Account, account: Any) -> bool:
    page = reverse("admin:auth_user_password_change", args=[other.pk])
    data = {"usable_password": "true", "password1": PHRASE, "password2": PHRASE}
    return changes(account, page, data)


def sees_own_password(other: Account, account: Any) -> bool:
    return ask(account, reverse("admin:password_change")) is not None


def deletes(other: Account, account: Any) -> bool:
    return changes(account, address(Account, "delete", other.pk), {"post": "yes"})
