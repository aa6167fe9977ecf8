"""Proof that the history is what it was: every hash computed anew, every chain followed."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from portal.publishing.canonical import digest
from portal.publishing.content import content_of
from portal.publishing.models import START, Act, Entry, Link, Revision, Version
from portal.records.kinds import kinds
from portal.records.models import Record


def faults_in_history(head: str | None = None) -> Iterator[str]:
    """Every place where the history does not prove itself, as a sentence.

    ``head`` is the hash of an entry of the public log that somebody kept: it must still be
    there, so that a log cut short or written anew is found.
    """
    yield from _changed_revisions()
    yield from _broken_versions()
    yield from _broken_log(head)
    yield from _changed_rows()


class Removed(NamedTuple):
    """Of what the log says that a law had it emptied."""

    revisions: set[tuple[UUID, int]]  # record, number
    notes: set[int]  # numbers of entries


def _removed() -> Removed:
    removed = Removed(set(), set())
    for entry in Entry.objects.filter(act=Act.REMOVAL).exclude(notes=""):
        told = json.loads(entry.notes).get("removed", {})
        removed.revisions.update((entry.record, number) for number in told.get("revisions", []))
        removed.notes.update(told.get("notes", []))
    return removed


def _changed_revisions() -> Iterator[str]:
    removed = _removed().revisions
    for revision in Revision.objects.iterator():
        was_removed = (revision.record, revision.number) in removed
        if not revision.content and not was_removed:
            yield f"Revision {revision}: it is empty, and the log tells of no removal."
        elif revision.content and was_removed:
            yield f"Revision {revision}: it is there, though the log says that it was removed."
        elif revision.content and digest(revision.content) != revision.digest:
            yield f"Revision {revision}: its content is not what was saved."


def _broken_versions() -> Iterator[str]:
    versions = Version.objects.select_related("revision").order_by("record", "number")
    for _record, chain in groupby(versions.iterator(), key=lambda version: version.record):
        yield from _broken_links("Version", chain)


def _broken_log(head: str | None) -> Iterator[str]:
    log = list(Entry.objects.select_related("version").order_by("number"))
    yield from _broken_links("Entry", log)
    removed = _removed().notes
    for entry in log:
        if not entry.notes and entry.number not in removed:
            yield f"Entry {entry}: its note is empty, and the log tells of no removal."
        elif entry.notes and digest(entry.notes) != entry.notes_digest:
            yield f"Entry {entry}: its note is not what was published."
        if (entry.act in Entry.MAKES_A_VERSION) != bool(entry.version):
            yield f"Entry {entry}: it does not fit its version."
    for version in Version.objects.filter(entry=None):
        yield f"Version {version}: the public log does not speak of it."
    if head is not None and head not in {START, *(entry.sha256 for entry in log)}:
        yield f"The log has no entry {head}: it was cut or written anew since that was its head."


def _broken_links(what: str, chain: Iterable[Link]) -> Iterator[str]:
    """Stops at the first fault of a chain: whatever follows hangs on it."""
    before, number = START, 1
    for link in chain:
        if link.number != number or link.previous != before:
            yield f"{what} {link}: it does not follow the one before."
            return
        if link.sha256 != link.expected_sha256:
            yield f"{what} {link}: it does not have its hash."
            return
        before, number = link.sha256, number + 1


def _changed_rows() -> Iterator[str]:
    """What has a version is readable, stands as the log says, and says what it said last."""
    newest = {v.record: v for v in Version.objects.newest().select_related("revision")}
    removed = _removed().revisions
    changes = Entry.objects.exclude(act=Act.REMOVAL)  # of a row that goes on, it changes nothing
    acts = dict(changes.order_by("number").values_list("record", "act"))  # the last wins
    for kind in kinds():
        sets = [field.name for field in kind._meta.many_to_many]
        for record in kind.objects.readable().prefetch_related(*sets):
            fault = _fault_of_row(record, newest.pop(record.pk, None))
            if not fault and record.is_withdrawn != (acts.get(record.pk) == Act.WITHDRAWAL):
                fault = f"it is {record.state}, and the log says otherwise."
            if fault:
                yield f"{record.kind()} “{record}” ({record.pk}): {fault}"
    for version in newest.values():
        if (version.record, version.revision.number) not in removed:
            yield f"Version {version}: its record is not public any more."


def _fault_of_row(record: Record, version: Version | None) -> str:
    if version is None:
        return "it is public and has no version."
    if version.number != record.version:
        return f"it counts as version {record.version}, the last is {version.number}."
    if not version.revision.content:
        return f"it is public, though version {version.number} was removed."
    then, now = json.loads(version.revision.content)["content"], content_of(record)
    said = [name for name in now if name in then or now[name]]  # a new column says nothing yet
    changed = [name for name in said if then.get(name) != now[name]]
    if changed:
        return f"it does not say what version {version.number} says: {', '.join(changed)}."
    return ""


def head_of_log() -> str:
    """The hash that vouches for everything before it; zeros while nothing was published."""
    hashes = Entry.objects.order_by("-number").values_list("sha256", flat=True)
    return hashes.first() or START  # one column, so that a database before migrate answers too
