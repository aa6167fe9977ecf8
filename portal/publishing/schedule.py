"""Releases that wait for a time: published when it has come, late rather than never."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.publishing.faults import PublicationRefused
from portal.publishing.going_public import publish_release
from portal.publishing.models import Release, Run, Stage
from portal.publishing.turns import Busy, Refused, locked, one_act

logger = logging.getLogger(__name__)

LATE = timedelta(minutes=2)  # after which the desk says in red that nobody keeps the schedule


@dataclass
class Outcome:
    published: list[Release] = field(default_factory=list)
    failed: list[Release] = field(default_factory=list)


def publish_due() -> Outcome:
    """Publish what is due, each release in a transaction of its own.

    Repeating it changes nothing, two at once publish nothing twice, and one release that cannot
    go out holds up no other: it is marked as failed, with the reason.
    """
    outcome = Outcome()
    now = timezone.now()
    due = Release.objects.filter(stage=Stage.SCHEDULED, due__lte=now).select_related("scheduled_by")
    for release in due.order_by("due", "submitted"):
        _publish_or_mark(release, outcome)
    Run.objects.update_or_create(name=Run.SCHEDULE, defaults={"time": timezone.now()})
    return outcome


def _publish_or_mark(release: Release, outcome: Outcome) -> None:
    """What it says is read by whoever asked for this time, so it speaks that language."""
    with translation.override(release.scheduled_by.language or settings.LANGUAGE_CODE):
        _try(release, outcome)


def _try(release: Release, outcome: Outcome) -> None:
    try:
        publish_release(release, release.scheduled_by)
    except (Busy, OperationalError):  # busy or away: it stays due, the others have a turn
        logger.exception("Release %s is tried again.", release.pk)
    except Exception as fault:  # whatever it is, it holds up no other release
        if _mark_as_failed(release, _reason(release, fault)):
            outcome.failed.append(release)
    else:
        outcome.published.append(release)


def _reason(release: Release, fault: Exception) -> str:
    if isinstance(fault, Refused | PublicationRefused):
        return str(fault)
    logger.error("Release %s could not be published.", release.pk, exc_info=fault)
    return _("A fault of the portal itself: %(fault)s") % {"fault": repr(fault)}


def _mark_as_failed(release: Release, reason: str) -> bool:
    """False where another run was faster, or is at it: then it is tried again."""
    try:
        _fail(release, reason)
    except Refused:
        return False
    return True


@one_act
def _fail(release: Release, reason: str) -> None:
    waiting = locked(release, lambda read: read.stage == Stage.SCHEDULED)
    waiting.stage, waiting.failure = Stage.FAILED, reason
    waiting.save()


def is_kept() -> bool:
    """Whether somebody looks at the schedule often enough."""
    run = Run.objects.filter(name=Run.SCHEDULE).first()
    return bool(run and run.time > timezone.now() - LATE)


def overdue() -> list[Release]:
    """What should have been public for some time."""
    late = timezone.now() - LATE
    return list(Release.objects.filter(stage=Stage.SCHEDULED, due__lte=late))
