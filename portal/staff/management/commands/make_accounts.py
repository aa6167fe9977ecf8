import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.staff.models import Account


class Command(BaseCommand):
    """One account per role that exists; today that is the administrator."""

    help = "Trial accounts, one per role, with a new random password printed once."

    def handle(self, *args, **options) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is for trials. In production use createsuperuser.")
        password = secrets.token_urlsafe(18)
        account, is_new = Account.objects.get_or_create(username="administrator")
        account.is_active = account.is_staff = account.is_superuser = True
        account.set_password(password)
        account.save()
        self.stdout.write(f"administrator   {password}")
        done = "made" if is_new else "given a new password"
        self.stdout.write(f"1 account {done}. The password is not shown again.")
