"""How a release becomes public: after review, at its time, or urgently; and how it is undone."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages.names import name_of
from portal.languages.texts import codes, in_every_language, in_language
from portal.publishing import signals
from portal.publishing.content import lay
from portal.publishing.drafts import draft_of, public, restore
from portal.publishing.faults import Objection
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Act, Release, Revision, Stage
from portal.publishing.publish import publish, withdraw
from portal.publishing.reading import content_in
from portal.publishing.review import add, begin, close, close_urgency, sentence
from portal.publishing.standing import ItemStanding, Standing
from portal.publishing.turns import Refused, guarded, one_act
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.staff.models import Account

LONGEST_REASON = 300  # characters, as a note
UNDONE = gettext_lazy("The last change was undone.")


@guarded
def publish_release(release: Release, by: Account) -> list[Record]:
    """Make all of it public. Raises PublicationRefused with every fault of every record."""
    standing = Standing(release)
    _refuse_unready(release, by, standing)
    return _make_public(release, by, standing)


@guarded
def schedule(release: Release, by: Account, due: datetime) -> Release:
    """Let it wait for a time, which has to be in the future; ``publish_due`` does the rest."""
    _refuse_unready(release, by, Standing(release))
    if due <= timezone.now():
        raise Refused(_("This time is past. Choose a later one, or publish now."))
    release.stage, release.due, release.scheduled_by = Stage.SCHEDULED, due, by
    release.failure = ""
    release.save()
    return release


@guarded
def publish_urgently(release: Release, by: Account, reason: str) -> list[Record]:
    """Without approval: public at once, and marked as unreviewed until another person closes it."""
    standing = Standing(release)
    if not (by.sets_facts or by.is_approver):
        raise Refused(_("Your account publishes nothing."))
    _refuse_newer_drafts(standing)
    if not (reason := sentence(reason)) or len(reason) > LONGEST_REASON:
        raise Refused(_("Say why it cannot wait, in one sentence."))
    _refuse_silence(release, standing)
    release.urgent, release.is_unreviewed = reason, not standing.is_approved
    return _make_public(release, by, standing)


@one_act
def undo(release: Release, by: Account) -> Release:
    """A new release that puts back what was public before this one; it is reviewed like any."""
    one_at_a_time()
    if not release.can_be_undone:
        raise Refused(_("Only a release that published texts can be undone."))
    new = begin(by, in_every_language(UNDONE), act=Act.RESTORATION, undoes=release)
    for each in Standing(release).items:
        add(new, each.item.record_uuid, restore(_text_before(each), by))
    return new


def _text_before(each: ItemStanding) -> Revision:
    """Locks the record, so that nobody saves a draft meanwhile."""
    item = each.item
    if item.kind.objects.select_for_update().get(pk=item.record_uuid).is_withdrawn:
        raise Refused(
            _("“%(record)s” is withdrawn. Bring it back first.") % {"record": item.record}
        )
    if draft_of(item.record_uuid):
        raise Refused(
            _("There is a newer draft of “%(record)s”. Publish or discard it first.")
            % {"record": item.record}
        )
    if public(item.record_uuid) != item.revision:
        raise Refused(
            _("“%(record)s” was changed again since. Restore a version of it by itself.")
            % {"record": item.record}
        )
    if each.live and not each.live.content:
        raise Refused(
            _("What “%(record)s” said before was removed by law.") % {"record": item.record}
        )
    if each.live is None:
        raise Refused(
            _("“%(record)s” had no public text before. Withdraw it instead.")
            % {"record": item.record}
        )
    return each.live


def _refuse_unready(release: Release, by: Account, standing: Standing) -> None:
    _refuse_stranger(by)
    _refuse_newer_drafts(standing)
    if not standing.is_approved:
        raise Refused(_("Not every part is approved yet."))
    _refuse_silence(release, standing)
    if found := objections(release, standing):
        raise Refused(" ".join(found))


def objections(release: Release, standing: Standing) -> list[Objection]:
    """What others say against it, a sentence each."""
    answers = signals.about_to_publish.send(sender=publish, release=release, standing=standing)
    return [sentence for _receiver, found in answers for sentence in found]


def _refuse_stranger(by: Account) -> None:
    if not by.has_a_role:
        raise Refused(_("Your account publishes nothing."))


def _refuse_newer_drafts(standing: Standing) -> None:
    if standing.newer:
        names = ", ".join(str(item) for item in standing.newer)
        raise Refused(
            _("There is a newer draft of %(names)s. Take it in, and have it approved.")
            % {"names": names}
        )


def _refuse_silence(release: Release, standing: Standing) -> None:
    """A major change and a withdrawal are told to readers, in each language that they read."""
    if release.major and (silent := standing.languages_without_note):
        languages = ", ".join(name_of(code) for code in silent)
        raise Refused(
            _("Say what changed, in a note for readers: %(languages)s.") % {"languages": languages}
        )


def _make_public(release: Release, by: Account, standing: Standing) -> list[Record]:
    drafts = [each.item.revision for each in standing.items]
    notes = {code: in_language(release, "note", code) for code in codes()}
    done = _perform(release, by, drafts, notes)
    if not done:
        raise Refused(_("Nothing of this is new: it is public already."))
    close(release, by, Stage.PUBLISHED)
    if release.act == Act.RESTORATION and not release.is_unreviewed:
        for undone in _urgencies_ended_by(release):
            close_urgency(undone)
    return done


def _urgencies_ended_by(release: Release) -> list[Release]:
    """What was never checked and is no longer public: the release undone, or the withdrawal."""
    urgent = Release.objects.filter(is_unreviewed=True)
    if release.undoes_id:
        return list(urgent.filter(pk=release.undoes_id))
    records = release.items.values("record_uuid")
    return list(urgent.filter(act=Act.WITHDRAWAL, items__record_uuid__in=records).distinct())


def _perform(
    release: Release, by: Account, drafts: list[Revision], notes: Mapping[str, str]
) -> list[Record]:
    rows = [kind_named(draft.kind).objects.get(pk=draft.record) for draft in drafts]
    how = {"unreviewed": release.is_unreviewed}
    if release.act == Act.WITHDRAWAL:
        return withdraw(rows, by, notes, successor=release.successor, **how)
    records = [lay(content_in(draft), row) for draft, row in zip(drafts, rows, strict=True)]
    act = Act(release.act)
    return publish(records, by, notes, act=act, major=release.major, drafts=drafts, **how)
