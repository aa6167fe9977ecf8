"""A link to the drafts of a release for whoever has no account: signed, brief, revocable."""

import secrets
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.publishing.models import Release
from portal.publishing.turns import Refused, locked, one_act
from portal.staff.models import Account

LASTS = timedelta(days=7)
SALT = "preview of a release"


@one_act
def share(release: Release, by: Account) -> str:
    """A new token; those from before stop working."""
    if not by.has_a_role:
        raise Refused(_("Your account shows drafts to nobody."))
    read = locked(release, lambda each: each.is_open)
    read.preview_key = secrets.token_hex(16)
    read.save()
    return signing.dumps([str(read.pk), read.preview_key], salt=SALT)


@one_act
def stop_sharing(release: Release, by: Account) -> None:
    if not by.has_a_role:
        raise Refused(_("Your account shows drafts to nobody."))
    read = locked(release, lambda each: True)
    read.preview_key = ""
    read.save()


def shared(token: str) -> Release | None:
    """The release that a token shows; None once it is too old, was revoked, or was made up."""
    try:
        key, secret = signing.loads(token, salt=SALT, max_age=LASTS)
        release = Release.objects.filter(pk=key).first()
    except (signing.BadSignature, ValueError, ValidationError):
        return None
    is_valid = release and release.is_open and release.preview_key
    return release if is_valid and secrets.compare_digest(secret, release.preview_key) else None
