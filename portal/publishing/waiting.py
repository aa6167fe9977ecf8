"""What waits for one person: the first page of the desk."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publishing.drafts import draft_of, outside_review
from portal.publishing.models import OPEN, Release, Stage
from portal.publishing.naming import named
from portal.publishing.standing import Standing, form_address
from portal.records.kinds import kinds
from portal.records.models import Record
from portal.staff.models import Account

REVIEW_SOON = timedelta(days=30)
NOBODY = gettext_lazy(
    "This account is closed, and what it left waits for nobody: drafts %(drafts)s, open releases "
    "%(releases)s. Choose below to whom it hands over, and save."
)
AGAIN = gettext_lazy(
    "Approvals that this account gave count no longer. Open releases in which somebody else has "
    "to approve again: %(releases)s."
)


class Entry(NamedTuple):
    address: str
    words: str


def waiting_for(account: Account) -> list[tuple[str, list[Entry]]]:
    """``[(heading, entries)]``, without headings that have nothing under them."""
    if not account.has_a_role:
        return []
    ready, waiting = _in_review(account)
    mine = [release for release in waiting if release.submitted_by_id == account.pk]
    left = [release for release in waiting if release not in mine]
    found = [
        (_("To approve"), _of_releases(_to_approve(account))),
        (_("Published urgently, unreviewed"), _of_releases(_in(is_unreviewed=True))),
        (_("Not published when due"), _of_releases(_in(stage=Stage.FAILED))),
        (_("Ready to publish"), _of_releases(ready)),
        (_("Sent back"), _of_releases(_sent_back(account))),
        (_("In review, handed over to me"), _of_releases(left)),
        (_("In review, submitted by me"), _of_releases(mine)),
        (_("Scheduled"), _of_releases(_in(stage=Stage.SCHEDULED))),
        (_("To be checked within a month"), _of_records(_due_for_review())),
        (_("My drafts"), _of_records(outside_review(account.answers_for))),
    ]
    return [(heading, entries) for heading, entries in found if entries]


def _in(**which) -> Iterable[Release]:
    return Release.objects.filter(**which).order_by("submitted")


def _to_approve(account: Account) -> list[Release]:
    """Those with a part that this account could approve now."""
    open_ones = [*_in(stage__in=OPEN), *_in(is_unreviewed=True)]
    return [release for release in open_ones if _has_something_for(account, release)]


def _has_something_for(account: Account, release: Release) -> bool:
    parts = Standing(release).parts
    return any(not part.approval and not part.objection_to(account) for part in parts)


def _sent_back(account: Account) -> list[Release]:
    """Rejected, and some draft of it still waits to be mended and submitted again."""
    mine = _in(stage=Stage.REJECTED, submitted_by__in=account.answers_for)
    mine = mine.prefetch_related("items")
    waiting = [each for each in mine if not (each.is_of_drafts and not _has_a_draft(each))]
    return [each for each in waiting if not _was_submitted_again(each)]


def _has_a_draft(release: Release) -> bool:
    return any(draft_of(item.record_uuid) for item in release.items.all())


def _in_review(account: Account) -> tuple[list[Release], list[Release]]:
    """Of this account and of whoever handed over to it: what is approved, and what is not yet."""
    mine = list(_in(stage=Stage.REVIEW, submitted_by__in=account.answers_for))
    ready = [release for release in mine if Standing(release).is_approved]
    return ready, [release for release in mine if release not in ready]


def _was_submitted_again(release: Release) -> bool:
    records = [item.record_uuid for item in release.items.all()]
    later = Release.objects.filter(items__record_uuid__in=records, submitted__gt=release.submitted)
    return later.exists()


def _due_for_review() -> list[Record]:
    soon = timezone.localdate() + REVIEW_SOON
    return [
        each for kind in kinds() for each in kind.objects.published().filter(review_by__lte=soon)
    ]


def left_by(account: Account, **_asked) -> list[str]:
    """What a closed account leaves to others; received from ``left_undone``."""
    drafts = len(outside_review(account.answers_for))
    releases = len(_in(stage__in=OPEN, submitted_by__in=account.answers_for))
    approvals = len(_to_approve_again(account))
    said = []
    if account.taken_over_by is None and (drafts or releases):
        said.append(NOBODY % {"drafts": drafts, "releases": releases})
    if approvals:
        said.append(AGAIN % {"releases": approvals})
    return said


def _to_approve_again(account: Account) -> list[Release]:
    """Not public or not reviewed yet, and in want of an approval that this account once gave."""
    waiting = Q(stage__in=OPEN) | Q(is_unreviewed=True)
    given = Release.objects.filter(waiting, approvals__by=account).distinct()
    return [release for release in given if not Standing(release).is_approved]


def _of_releases(releases: Iterable[Release]) -> list[Entry]:
    return [Entry(form_address(each), each.title) for each in named(releases)]


def _of_records(records: Iterable[Record]) -> list[Entry]:
    return [Entry(form_address(each), f"{each} ({each._meta.verbose_name})") for each in records]
