"""The one door through which every change becomes public."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.languages.texts import in_every_language
from portal.publishing import signals
from portal.publishing.content import content_of, differences
from portal.publishing.faults import (
    Fault,
    PublicationRefused,
    faults_in,
    removed,
    taken_addresses,
    withdrawn,
)
from portal.publishing.history import keep, log, make_public, one_at_a_time
from portal.publishing.models import Act, Revision
from portal.publishing.reading import content_in
from portal.records.addresses import claim
from portal.records.kinds import kinds
from portal.records.models import PageRecord, Record, State

ADOPTED = _("Published before versions were kept.")


@transaction.atomic
def publish(
    records: Sequence[Record],
    by: AbstractBaseUser | None,
    notes: Mapping[str, str],
    *,
    act: Act = Act.PUBLICATION,
    major: bool = True,
    drafts: Sequence[Revision] = (),
    unreviewed: bool = False,
) -> list[Record]:
    """Make the proposed content of ``records`` public, all of it or none of it.

    A record carries its proposed columns itself and its proposed sets in ``proposed_sets``.
    ``by`` is the account that publishes, None for the founding content; ``notes`` says per
    language what changed and why: readers see it in the public log. ``act`` says what kind of
    change it is, ``major`` whether translations must follow it. Where one of the ``drafts`` says
    what its record says, it is that revision which becomes the version. ``unreviewed`` marks the
    rows for readers until a second person has looked. Only a restoration brings back what was
    withdrawn.

    Returns the records whose content really changed; each has a new version then. Raises
    PublicationRefused, with every fault of every record, when anything is not fit to be public.
    """
    one_at_a_time()
    changed = [record for record in records if _says_something_new(record)]
    if not changed:
        return []
    now = timezone.now()
    appeared = {record.pk for record in changed if record.state != State.PUBLISHED}
    faults = [f for record in changed for f in removed(record)]
    if act != Act.RESTORATION:
        faults += [f for record in changed for f in withdrawn(record)]
    for record in changed:
        record.unreviewed = record.unreviewed or unreviewed
        faults += _write_row(record, changed, now)
    said = {(fault.record, fault.field) for fault in faults}
    clashes = [
        fault for fault in taken_addresses(changed) if (fault.record, fault.field) not in said
    ]
    if faults + clashes:
        raise PublicationRefused(faults + clashes)
    for record in changed:
        _write_sets(record)
    claim(record for record in changed if isinstance(record, PageRecord))
    versions = make_public(_revisions_of(changed, by, now, drafts), major, now)
    log(act, changed, notes, now, versions)
    told = {"records": changed, "by": by, "notes": notes, "versions": versions}
    signals.published.send(sender=publish, appeared=appeared, **told)
    return changed


@transaction.atomic
def adopt() -> list[Record]:
    """Give what was public before versions were kept its first one; returns those records.

    What had been withdrawn by then is withdrawn in the log too.
    """
    one_at_a_time()
    waiting = [kind.objects.readable().filter(version=None) for kind in kinds()]
    found = [record for rows in waiting for record in rows]
    now = timezone.now()
    for rows in waiting:
        rows.update(version=1)
    versions = make_public(keep(found, None, now), True, now)
    log(Act.PUBLICATION, found, in_every_language(ADOPTED), now, versions)
    log(Act.WITHDRAWAL, [r for r in found if r.is_withdrawn], in_every_language(ADOPTED), now)
    return found


@transaction.atomic
def withdraw(
    records: Sequence[Record],
    by: AbstractBaseUser | None,
    notes: Mapping[str, str],
    *,
    successor: UUID | None = None,
    unreviewed: bool = False,
) -> list[Record]:
    """Take these records off every list; their pages stay, with a notice that says why.

    Raises PublicationRefused for one that is not public.
    """
    one_at_a_time()
    rows = [type(each).objects.select_for_update().get(pk=each.pk) for each in records]
    if strange := [row for row in rows if row.state != State.PUBLISHED]:
        message = gettext("Only what is public can be withdrawn.")
        raise PublicationRefused([Fault(row, None, message) for row in strange])
    now = timezone.now()
    for row in rows:
        row.state, row.unreviewed = State.WITHDRAWN, row.unreviewed or unreviewed
        row.save()
    log(Act.WITHDRAWAL, rows, notes, now, successor=successor)
    signals.withdrawn.send(sender=withdraw, records=rows, by=by, notes=notes)
    return rows


def _says_something_new(record: Record) -> bool:
    """Locks the stored row, and judges by its state: what an instance remembers may be old."""
    record.normalise_texts()
    record.settle()
    stored = type(record).objects.select_for_update().filter(pk=record.pk).first()
    record.state = stored.state if stored else State.UNPUBLISHED
    record.version = stored.version if stored else None
    record.unreviewed = bool(stored and stored.unreviewed)
    if record.state != State.PUBLISHED:
        return True
    return bool(differences(content_of(stored), content_of(record)))


def _write_row(record: Record, together: Sequence[Record], now: datetime) -> list[Fault]:
    """Validate, then write the row, so that the next record is checked against it too."""
    faults = faults_in(record, together)
    if not faults:
        record.state, record.changed = State.PUBLISHED, now
        record.version = (record.version or 0) + 1
        record.save()
    return faults


def _revisions_of(
    records: Sequence[Record],
    by: AbstractBaseUser | None,
    now: datetime,
    drafts: Sequence[Revision],
) -> list[Revision]:
    drafted = {draft.record: draft for draft in drafts}
    fresh = [r for r in records if r.pk not in drafted or not _says(r, drafted[r.pk])]
    drafted |= {revision.record: revision for revision in keep(fresh, by, now)}
    return [drafted[record.pk] for record in records]


def _says(record: Record, draft: Revision) -> bool:
    """An older draft does not speak of a column added since; an empty one says nothing new."""
    then, now = content_in(draft), content_of(record)
    return all(then.get(name) == value for name, value in now.items() if name in then or value)


def _write_sets(record: Record) -> None:
    for name, targets in record.proposed_sets.items():
        getattr(record, name).set(targets)
    record.proposed_sets = {}
