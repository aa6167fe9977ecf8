"""The acts of a review, each one transaction.

review → rejected or taken back; ``going_public`` has the acts that publish. Whoever may not, or
comes too late, gets a sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.texts import codes, set_texts
from portal.publishing.drafts import draft_of, public, restore
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Act, Approval, Item, Release, Revision, Stage
from portal.publishing.standing import Standing
from portal.records.models import Record, State
from portal.records.text import normalise
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
        stage = Stage(read.stage).label
        raise Refused(_("This release is closed: %(stage)s.") % {"stage": stage})
    return read


@one_act
def submit(
    records: Sequence[UUID],
    by: Account,
    notes: Mapping[str, str] | None = None,
    *,
    act: Act = Act.PUBLICATION,
    major: bool = True,
) -> Release:
    """Put the newest drafts of these records up for review, to be published together."""
    if len(set(records)) < len(records):
        raise Refused(_("A record stands in a release once. Take it out the second time."))
    release = begin(by, notes or {}, act=act, major=major)
    for record in records:
        draft = draft_of(record)
        if draft is None:
            raise Refused(_("Nothing to submit: the newest text is public already."))
        add(release, record, draft)
    return release


@one_act
def propose_withdrawal(
    record: Record, by: Account, notes: Mapping[str, str], successor: UUID | None = None
) -> Release:
    """Ask for a record to be withdrawn; what it says does not change."""
    if record.state != State.PUBLISHED:
        raise Refused(_("Only what is public can be withdrawn."))
    release = begin(by, notes, act=Act.WITHDRAWAL, successor=successor)
    add(release, record.pk, public(record.pk))
    return release


@one_act
def propose_restoration(record: Record, by: Account, notes: Mapping[str, str]) -> Release:
    """Ask for a withdrawn record to come back as it was."""
    if not record.is_withdrawn:
        raise Refused(_("Only what was withdrawn can be brought back."))
    release = begin(by, notes, act=Act.RESTORATION)
    add(release, record.pk, restore(public(record.pk), by))
    return release


def begin(by: Account, notes: Mapping[str, str], **given) -> Release:
    """A new release without anything in it."""
    if not by.is_editor:
        raise Refused(_("Your account submits nothing."))
    if given.get("act") in (Act.WITHDRAWAL, Act.RESTORATION) and not by.sets_facts:
        raise Refused(_("Your account changes texts in its own languages alone."))
    release = Release(submitted_by=by, submitted=timezone.now(), **given)
    set_texts(release, "note", {code: notes.get(code) for code in codes()})
    release.noted_by = by if any(notes.values()) else None
    release.save()
    return release


def add(release: Release, record: UUID, draft: Revision) -> Item:
    """Raises Refused for a record that another open release has."""
    if waiting := Item.objects.filter(record_uuid=record, is_open=True).first():
        raise Refused(
            _("“%(record)s” is in review already. Add to that release, or take it back first.")
            % {"record": waiting.record}
        )
    try:
        with transaction.atomic():
            return Item.objects.create(release=release, revision=draft, record_uuid=record)
    except IntegrityError as error:  # somebody was faster by a moment
        raise Refused(
            _("Somebody has just submitted this record. Look at that release.")
        ) from error


@guarded
def renew(release: Release, by: Account) -> Release:
    """Take in what was saved since; approvals of what stayed the same remain."""
    if not by.is_editor:
        raise Refused(_("Your account submits nothing."))
    if release.act == Act.WITHDRAWAL:
        raise Refused(_("A withdrawal changes no text."))
    for item in release.items.all():
        _renew(item, release)
    if not release.items.exists():
        raise Refused(_("Nothing to submit: the newest text is public already."))
    return release


def _renew(item: Item, release: Release) -> None:
    draft = draft_of(item.record_uuid)
    if draft is None and release.act != Act.RESTORATION:
        item.delete()  # it was discarded
    elif draft:
        item.revision = draft
        item.save()


@guarded
def annotate(release: Release, by: Account, form: Callable[[Release], ModelForm]) -> Release:
    """Change what readers will be told; ``form`` is filled in on the release as it stands."""
    if not (by.is_editor or by.is_approver):
        raise Refused(_("Your account submits nothing."))
    note = form(release)
    if not note.is_valid():
        raise Refused(" ".join(error for errors in note.errors.values() for error in errors))
    if note.has_changed():
        note.instance.noted_by = by
    return note.save()


@one_act
def approve(
    release: Release, by: Account, record: UUID | str, part: str, seen: str | None = None
) -> Approval:
    """Vouch for a language of a draft, or for its facts; also after an urgent publication.

    ``seen`` is the digest of what the approver was shown; it must still be that.
    """
    release = locked(release, lambda read: read.awaits_review)
    approval = _approval(release, by, str(record), part, seen)
    if release.is_unreviewed and Standing(release).is_approved:
        close_urgency(release)
    return approval


def close_urgency(release: Release) -> None:
    """A second person has looked at all of it: readers are no longer told otherwise."""
    release.is_unreviewed = False
    release.save()
    for item in release.items.all():
        still = Item.objects.filter(record_uuid=item.record_uuid, release__is_unreviewed=True)
        item.kind.objects.filter(pk=item.record_uuid).update(unreviewed=still.exists())


def _approval(release: Release, by: Account, record: str, part: str, seen: str | None) -> Approval:
    for each in Standing(release).parts:
        if (str(each.item.record_uuid), each.name) == (record, part):
            if objection := each.objection_to(by):
                raise Refused(objection)
            if seen is not None and seen != each.digest:
                raise Refused(_("This was changed after you opened the page. Read it again."))
            return each.approval or Approval.objects.create(
                release=release,
                record_uuid=each.item.record_uuid,
                part=part,
                digest=each.digest,
                by=by,
                given=timezone.now(),
            )
    raise Refused(_("This part does not change, so there is nothing to approve."))


@guarded
def reject(release: Release, by: Account, remark: str) -> Release:
    """Send it back with a remark; the drafts stay, and can be submitted again."""
    if not by.is_approver:
        raise Refused(_("Your account approves nothing."))
    remark = sentence(remark)
    if not remark:
        raise Refused(_("Say what has to be changed."))
    return close(release, by, Stage.REJECTED, remark=remark)


def sentence(typed: str) -> str:
    """Free words of a form in the one form of texts; raises Refused for what cannot be stored."""
    try:
        return normalise(typed) or ""
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@guarded
def take_back(release: Release, by: Account) -> Release:
    """By whoever submitted it, or an administrator; the drafts stay."""
    if by.pk != release.submitted_by_id and not by.is_superuser:
        raise Refused(_("Only whoever submitted a release takes it back."))
    return close(release, by, Stage.TAKEN_BACK)


def close(release: Release, by: Account, stage: Stage, *, remark: str = "") -> Release:
    release.stage, release.remark = stage, remark
    release.closed_by, release.closed = by, timezone.now()
    release.save()
    release.items.update(is_open=False)
    return release
