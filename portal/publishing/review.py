"""The acts of a review, each one transaction.

review → rejected or taken back; ``going_public`` has the acts that publish. Whoever may not, or
comes too late, gets a sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.texts import codes, set_texts
from portal.publishing import signals
from portal.publishing.drafts import draft_of, newest, public, restore
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Act, Approval, Item, Release, Revision, Stage
from portal.publishing.standing import Standing
from portal.publishing.turns import Refused, guarded, locked, one_act
from portal.records.kinds import kind_named
from portal.records.models import Record, State
from portal.records.text import normalise
from portal.staff.models import Account


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
    one_at_a_time()
    if len(set(records)) < len(records):
        raise Refused(_("A record stands in a release once. Take it out the second time."))
    release = begin(by, notes or {}, act=act, major=major)
    for record in records:
        add(release, record, _draft_to_submit(record))
    return release


def _draft_to_submit(record: UUID) -> Revision:
    """Locks the record, so that its draft is neither replaced nor removed meanwhile."""
    last = newest(record)
    row = last and kind_named(last.kind).objects.select_for_update().get(pk=record)
    if row is None or row.is_removed or not (draft := draft_of(record)):
        raise Refused(_("Nothing to submit: the newest text is public already."))
    if row.is_withdrawn:
        raise Refused(_("“%(record)s” is withdrawn. Bring it back first.") % {"record": row})
    return draft


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
    release.save()
    if any(notes.values()):
        release.note_writers.add(by)
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
def include(release: Release, by: Account, record: UUID) -> Item:
    """Let the newest draft of one more record go out with these."""
    _may_recompose(release, by)
    if release.items.filter(record_uuid=record).exists():
        raise Refused(_("This record stands in the release already."))
    reopen(release)
    return add(release, record, _draft_to_submit(record))


@guarded
def leave_out(release: Release, by: Account, record: UUID) -> None:
    """The draft of this record stays a draft; what was approved of the others remains."""
    _may_recompose(release, by)
    others = release.items.exclude(record_uuid=record)
    if not others.exists():
        raise Refused(_("This is all that the release has. Take the release back instead."))
    if not release.items.filter(record_uuid=record).delete()[0]:
        raise Refused(_("This record does not stand in the release."))


def reopen(release: Release) -> None:
    """What changes after approval waits for no time any more: it would not be ready then."""
    release.stage, release.due, release.scheduled_by = Stage.REVIEW, None, None
    release.failure = ""
    release.save()


def _may_recompose(release: Release, by: Account) -> None:
    if not by.is_editor:
        raise Refused(_("Your account submits nothing."))
    if not release.is_of_drafts:
        raise Refused(_("What a withdrawal or a restoration is about does not change."))


@guarded
def renew(release: Release, by: Account) -> Release:
    """Take in what was saved since; approvals of what stayed the same remain."""
    if not by.is_editor:
        raise Refused(_("Your account submits nothing."))
    if release.act == Act.WITHDRAWAL:
        raise Refused(_("A withdrawal changes no text."))
    before = list(release.items.values_list("revision"))
    for item in release.items.all():
        _renew(item, release)
    if list(release.items.values_list("revision")) != before:
        reopen(release)
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
    if not by.has_a_role:
        raise Refused(_("Your account submits nothing."))
    note = form(release)
    if not note.is_valid():
        raise Refused(" ".join(error for errors in note.errors.values() for error in errors))
    if note.has_changed():
        release.note_writers.add(by)
        reopen(release)
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
    elif release.is_unreviewed:
        tell_again(release)
    return approval


def close_urgency(release: Release) -> None:
    """A second person has looked at all of it: readers are no longer told otherwise."""
    release.is_unreviewed = False
    release.save()
    for item in release.items.all():
        still = Item.objects.filter(record_uuid=item.record_uuid, release__is_unreviewed=True)
        item.kind.objects.filter(pk=item.record_uuid).update(unreviewed=still.exists())
    tell_again(release)


def tell_again(release: Release) -> None:
    """Its pages say who has looked at them."""
    uuids = [item.record_uuid for item in release.items.all()]
    signals.retold.send(sender=Release, uuids=uuids)


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
    """By whoever submitted it, a successor, or an administrator; the drafts stay."""
    if release.submitted_by_id not in by.answers_for and not by.is_superuser:
        raise Refused(_("Only whoever submitted a release takes it back."))
    return close(release, by, Stage.TAKEN_BACK)


def close(release: Release, by: Account, stage: Stage, *, remark: str = "") -> Release:
    release.stage, release.remark = stage, remark
    release.closed_by, release.closed = by, timezone.now()
    release.save()
    release.items.update(is_open=False)
    return release
