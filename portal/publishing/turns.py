"""An act is one transaction, and has its turn: others wait, and nobody acts on what is closed."""

from collections.abc import Callable
from functools import wraps

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from portal.publishing.history import one_at_a_time
from portal.publishing.models import Release, Stage
from portal.staff.models import Account

# serialization failure, deadlock, a lock or a statement that took too long; SQLite knows one
BUSY = {"40001", "40P01", "55P03", "57014", "SQLITE_BUSY"}


class Refused(Exception):
    """Nothing was changed; the message says why, and what to do."""


class Busy(Refused):
    """Somebody else's act stood in the way for too long; the same again may well succeed."""


def one_act(act: Callable) -> Callable:
    """One transaction. Whoever waits in vain for that of somebody else is told so."""

    @wraps(act)
    def performed(*args, **kwargs):
        try:
            with transaction.atomic():
                return act(*args, **kwargs)
        except OperationalError as fault:
            if not _was_busy(fault):
                raise
            raise Busy(_("Others are at work, and your turn did not come. Try again.")) from fault

    return performed


def _was_busy(fault: OperationalError) -> bool:
    """Not where the database is away, which has a page of its own."""
    said = [getattr(fault.__cause__, name, "") for name in ("pgcode", "sqlite_errorname")]
    return bool(BUSY & set(said))


def guarded(act: Callable) -> Callable:
    """The log is locked, then the release; it is read anew, and must still be open."""

    @wraps(act)
    @one_act
    def performed(release: Release, by: Account, *args, **kwargs):
        return act(locked(release, lambda read: read.is_open), by, *args, **kwargs)

    return performed


def locked(release: Release, may_act: Callable[[Release], bool]) -> Release:
    """The release as it stands, locked until the transaction ends."""
    one_at_a_time()
    read = Release.objects.select_for_update().get(pk=release.pk)
    if not may_act(read):
        raise Refused(closed(read))
    return read


def closed(release: Release) -> str:
    return _("This release is closed: %(stage)s.") % {"stage": Stage(release.stage).label}
