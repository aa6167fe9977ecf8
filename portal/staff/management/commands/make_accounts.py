import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.languages.texts import codes
from portal.staff.models import Account

USABLE = {"is_active": True, "is_staff": True, "hands_over_to": None}


class Command(BaseCommand):
    """One account per role that exists."""

    help = "Trial accounts, one per role, with a new random password printed once."

    def handle(self, *args, **options) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is for trials. In production use createsuperuser.")
        for name, rights in roles().items():
            password = secrets.token_urlsafe(18)
            account, _is_new = Account.objects.update_or_create(
                username=name, defaults=USABLE | rights
            )
            account.set_password(password)
            account.save()
            self.stdout.write(f"{name:<16}{password}")
        self.stdout.write(f"{len(roles())} accounts. The passwords are not shown again.")


def roles() -> dict[str, dict]:
    """One trial account a role; two who approve, so that nobody has to approve alone."""
    everything = " ".join(codes())
    return {
        "administrator": {"is_superuser": True},
        "writer": {"writes": True},
        **{f"translator-{code}": {"translates": code} for code in codes()},
        "approver": {"approves": everything},
        "second-approver": {"approves": everything},
    }
