"""Accounts: the desk speaks the account's language, and a one-time link is one time."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from policies.models import Plan
from portal.languages.texts import codes
from portal.staff.admin import one_time_address
from portal.staff.management.commands.make_accounts import roles
from portal.staff.models import Account
from tests.factories import unpublished

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

PHRASE = "a long phrase that nobody knows"


def test_make_accounts_prints_a_password_that_opens_the_desk(client):
    said = StringIO()
    call_command("make_accounts", stdout=said)
    name, password = said.getvalue().splitlines()[0].split()

    assert client.login(username=name, password=password)
    assert client.get("/admin/").status_code == 200


def test_make_accounts_again_gives_a_new_password_and_no_second_account():
    first, second = StringIO(), StringIO()
    call_command("make_accounts", stdout=first)
    call_command("make_accounts", stdout=second)

    assert first.getvalue().split()[1] != second.getvalue().split()[1]
    assert Account.objects.count() == len(roles())


def test_make_accounts_makes_one_account_a_role():
    call_command("make_accounts", stdout=StringIO())
    rights = {
        account.username: (account.written_languages, account.sets_facts, account.approves)
        for account in Account.objects.filter(is_superuser=False)
    }

    assert rights == {
        "writer": (codes(), True, ""),
        "translator-en": (["en"], False, ""),
        "translator-fr": (["fr"], False, ""),
        "translator-nl": (["nl"], False, ""),
        "approver": ([], False, "en fr nl"),
        "second-approver": ([], False, "en fr nl"),
    }


def test_make_accounts_refuses_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError):
        call_command("make_accounts")
    assert Account.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "browser", "spoken"),
    [("fr", "nl", "fr"), ("nl", "en", "nl"), ("", "nl-BE", "nl"), ("", "ja", "en")],
)
def test_the_desk_speaks_the_language_of_the_account_else_that_of_the_browser(
    staff, administrator, language, browser, spoken
):
    administrator.language = language
    administrator.save()

    answer = staff.get("/admin/", headers={"Accept-Language": browser})

    assert answer["Content-Language"] == spoken
    assert f'lang="{spoken}"' in answer.content.decode()


def test_a_one_time_link_works_once():
    editor = Account.objects.create_user("editor", is_staff=True)
    link = one_time_address(editor)
    person = Client()

    form = person.get(link)["Location"]
    answer = person.post(form, {"new_password1": PHRASE, "new_password2": PHRASE})

    assert answer["Location"] == reverse("admin:login")
    editor.refresh_from_db()
    assert editor.check_password(PHRASE)
    assert "new_password1" not in Client().get(link).content.decode()


def test_a_weak_password_is_refused_with_the_link_still_good():
    editor = Account.objects.create_user("editor", is_staff=True)
    person = Client()
    form = person.get(one_time_address(editor))["Location"]

    assert (
        person.post(form, {"new_password1": "short", "new_password2": "short"}).status_code == 200
    )
    assert person.post(form, {"new_password1": PHRASE, "new_password2": PHRASE}).status_code == 302


def test_the_link_is_shown_to_an_administrator_once_and_never_kept(staff, administrator):
    address = reverse("admin:password_link", args=[administrator.pk])

    assert "/admin/password/" not in staff.get(address).content.decode()
    answer = staff.post(address)
    assert "/admin/password/" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_nobody_else_makes_links(client):
    victim = Account.objects.create_superuser("administrator")
    editor = Account.objects.create_user("editor", is_staff=True)
    address = reverse("admin:password_link", args=[victim.pk])

    assert client.post(address).status_code == 302  # to the sign-in
    client.force_login(editor)
    assert client.post(address).status_code == 403


def test_an_account_is_closed_and_never_deleted(staff, administrator):
    assert (
        staff.get(reverse("admin:staff_account_delete", args=[administrator.pk])).status_code == 403
    )


def test_only_an_administrator_touches_an_administrator(client):
    administrator = Account.objects.create_superuser("administrator")
    keeper = Account.objects.create_user("keeper", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(codename__contains="account"))
    client.force_login(keeper)

    for page in ("staff_account_change", "auth_user_password_change"):
        answer = client.post(reverse(f"admin:{page}", args=[administrator.pk]), {})
        assert answer.status_code == 403
    answer = client.post(
        reverse("admin:staff_account_change", args=[keeper.pk]),
        {"username": "keeper", "is_active": "on", "is_staff": "on", "is_superuser": "on"},
    )
    assert answer.status_code == 302
    keeper.refresh_from_db()
    assert not keeper.is_superuser


def test_a_new_account_may_sign_in_unless_somebody_says_otherwise():
    assert Account(username="editor").is_staff


def test_nobody_else_sets_the_password_of_another_account_or_opens_a_closed_one(client):
    closed = Account.objects.create_user("closed", is_active=False, approves="fr")
    keeper = Account.objects.create_user("keeper", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(codename__contains="account"))
    client.force_login(keeper)
    data = {"usable_password": "true", "password1": PHRASE, "password2": PHRASE}

    refused = client.post(reverse("admin:auth_user_password_change", args=[closed.pk]), data)
    ignored = client.post(
        reverse("admin:staff_account_change", args=[closed.pk]),
        {"username": "closed", "is_active": "on", "hands_over_to": keeper.pk},
    )

    closed.refresh_from_db()
    assert (refused.status_code, ignored.status_code) == (403, 302)
    assert not closed.check_password(PHRASE)
    assert (closed.is_active, closed.hands_over_to) == (False, None)


def test_a_closed_account_is_out_at_once_and_its_link_lets_nobody_in(client):
    editor = Account.objects.create_user("editor", is_staff=True, writes=True)
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200

    Account.objects.update(is_active=False)

    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    bearer = Client()
    form = bearer.get(one_time_address(editor))["Location"]
    bearer.post(form, {"new_password1": PHRASE, "new_password2": PHRASE})
    assert not bearer.login(username="editor", password=PHRASE)


def test_the_desk_gives_no_rights_by_group_and_tells_no_address_of_a_row(staff):
    plan = unpublished(Plan)
    key = ContentType.objects.get_for_model(Plan).pk

    assert staff.get("/admin/auth/group/").status_code == 404
    assert staff.get(f"/admin/r/{key}/{plan.pk}/").status_code == 404
    assert staff.get("/admin/").status_code == 200


@pytest.mark.parametrize("lost", ["is_active", "is_staff", "is_superuser"])
def test_the_last_administrator_stays_one(staff, administrator, lost):
    Account.objects.create_superuser("closed", is_active=False)
    page = reverse("admin:staff_account_change", args=[administrator.pk])
    rights = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}
    data = {"username": "administrator"} | {name: on for name, on in rights.items() if name != lost}

    assert "This is the last administrator" in staff.post(page, data).content.decode()
    Account.objects.create_superuser("second")
    assert staff.post(page, data).status_code == 302
    assert not getattr(Account.objects.get(username="administrator"), lost)


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ("/admin/policies/plan/0/change/", True),
        ("/admin/policies/plan/add/", True),
        ("/admin/policies/plan/", False),
        ("/admin/", False),
    ],
)
def test_whoever_is_signed_out_of_a_form_is_told_where_the_text_is(client, left, told):
    sign_in = client.post(left, {}, follow=True)

    assert ("Were you writing?" in sign_in.content.decode()) is told
