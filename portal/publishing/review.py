"""The acts of a review, each one transaction: the only place where a release changes its stage.

review → published, rejected or taken back. Whoever may not, or comes too late, gets a sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import codes, in_language, set_texts
from portal.publishing.content import lay
from portal.publishing.drafts import draft_of
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Act, Approval, Item, Release, Stage
from portal.publishing.publish import publish
from portal.publishing.reading import content_in
from portal.publishing.standing import Standing
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.staff.models import Account


class Refused(Exception):
    """Nothing was changed; the message says why, and what to do."""


def guarded(act: Callable) -> Callable:
    """The log is locked, then the release; it is read anew, and must still be open."""

    @wraps(act)
    @transaction.atomic
    def performed(release: Release, by: Account, *args, **kwargs):
        one_at_a_time()
        locked = Release.objects.select_for_update().get(pk=release.pk)
        if not locked.is_open:
            stage = Stage(locked.stage).label
            raise Refused(_("This release is closed: %(stage)s.") % {"stage": stage})
        return act(locked, by, *args, **kwargs)

    return performed


@transaction.atomic
def submit(
    records: Sequence[UUID],
    by: Account,
    notes: Mapping[str, str] | None = None,
    *,
    act: Act = Act.PUBLICATION,
    major: bool = True,
) -> Release:
    """Put the newest drafts of these records up for review, to be published together."""
    if not by.is_editor:
        raise Refused(_("Your account submits nothing."))
    if len(set(records)) < len(records):
        raise Refused(_("A record stands in a release once. Take it out the second time."))
    release = Release(act=act, major=major, submitted_by=by, submitted=timezone.now())
    set_texts(release, "note", {code: (notes or {}).get(code) for code in codes()})
    release.save()
    for record in records:
        _add(release, record)
    return release


def _add(release: Release, record: UUID) -> Item:
    draft = draft_of(record)
    if draft is None:
        raise Refused(_("Nothing to submit: the newest text is public already."))
    if waiting := Item.objects.filter(record_uuid=record, is_open=True).first():
        raise Refused(
            _("“%(record)s” is in review already. Add to that release, or take it back first.")
            % {"record": waiting.record}
        )
    return Item.objects.create(release=release, revision=draft, record_uuid=record)


@guarded
def renew(release: Release, by: Account) -> Release:
    """Take in what was saved since; approvals of what stayed the same remain."""
    if not by.is_editor:
        raise Refused(_("Your account submits nothing."))
    for item in release.items.all():
        if draft := draft_of(item.record_uuid):
            item.revision = draft
            item.save()
    return release


@guarded
def annotate(release: Release, by: Account, note: ModelForm) -> Release:
    """Change what readers will be told."""
    if not (by.is_editor or by.is_approver):
        raise Refused(_("Your account submits nothing."))
    if not note.is_valid():
        raise Refused(" ".join(error for errors in note.errors.values() for error in errors))
    return note.save()


@guarded
def approve(release: Release, by: Account, record: UUID | str, part: str) -> Approval:
    """Vouch for a language of a draft, or for its facts."""
    for each in Standing(release).parts:
        if (str(each.item.record_uuid), each.name) == (str(record), part):
            if objection := each.objection_to(by):
                raise Refused(objection)
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
    if not remark.strip():
        raise Refused(_("Say what has to be changed."))
    return _close(release, by, Stage.REJECTED, remark=remark.strip())


@guarded
def take_back(release: Release, by: Account) -> Release:
    """By whoever submitted it, or an administrator; the drafts stay."""
    if by.pk != release.submitted_by_id and not by.is_superuser:
        raise Refused(_("Only whoever submitted a release takes it back."))
    return _close(release, by, Stage.TAKEN_BACK)


@guarded
def publish_release(release: Release, by: Account) -> list[Record]:
    """Make all of it public. Raises PublicationRefused with every fault of every record."""
    standing = Standing(release)
    if not (by.is_editor or by.is_approver):
        raise Refused(_("Your account publishes nothing."))
    if standing.newer:
        names = ", ".join(str(item) for item in standing.newer)
        raise Refused(
            _("There is a newer draft of %(names)s. Take it in, and have it approved.")
            % {"names": names}
        )
    if not standing.is_approved:
        raise Refused(_("Not every part is approved yet."))
    if release.major and (silent := standing.languages_without_note):
        languages = ", ".join(name_of(code) for code in silent)
        raise Refused(
            _("Say what changed, in a note for readers: %(languages)s.") % {"languages": languages}
        )
    return _make_public(release, by, standing)


def _make_public(release: Release, by: Account, standing: Standing) -> list[Record]:
    drafts = [each.item.revision for each in standing.items]
    notes = {code: in_language(release, "note", code) for code in codes()}
    records = [lay(content_in(draft), _row(draft)) for draft in drafts]
    done = publish(records, by, notes, act=Act(release.act), major=release.major, drafts=drafts)
    _close(release, by, Stage.PUBLISHED)
    return done


def _row(draft) -> Record:
    return kind_named(draft.kind).objects.get(pk=draft.record)


def _close(release: Release, by: Account, stage: Stage, *, remark: str = "") -> Release:
    release.stage, release.remark = stage, remark
    release.closed_by, release.closed = by, timezone.now()
    release.save()
    release.items.update(is_open=False)
    return release
