"""What a removed text leaves beside the history: files, approvals, words of a review, logs."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage
from django.db.models import Q, QuerySet

from portal.languages.texts import codes, columns, set_texts
from portal.publishing.content import content_of, file_fields
from portal.publishing.models import Release, Revision, Stage
from portal.publishing.reading import content_in
from portal.publishing.review import close, close_urgency
from portal.publishing.standing import Standing
from portal.records.models import Record


class Stored(NamedTuple):
    """A file where it lies."""

    storage: Storage
    name: str


class Removed:
    """What is removed of a record, read before it goes."""

    def __init__(self, record: Record, revisions: list[Revision], *, notes_too: bool) -> None:
        self.record, self.revisions, self.notes_too = record, revisions, notes_too
        remaining = _remaining(record).exclude(pk__in=[each.pk for each in revisions])
        full = [each for each in revisions if each.content]
        self.names = _names_in(record, full) - _names_in(record, remaining)
        self.files = set(_files_in(type(record), map(content_in, full)))


def _remaining(record: Record) -> QuerySet:
    return Revision.objects.filter(record=record.pk).exclude(content="")


def _names_in(record: Record, revisions: Iterable[Revision]) -> set[str]:
    headline = columns(record.headline) if record.headline else []
    contents = map(content_in, revisions)
    return {name for content in contents for each in headline if (name := content.get(each))}


def clear_traces(removed: Removed) -> int:
    """Empty whatever else says it or would confirm a guess; returns how many releases closed."""
    told = Release.objects.filter(items__revision__in=removed.revisions).distinct()
    closed = sum([_clear_release(release, removed) for release in told])
    _clear_failures(removed)
    _clear_approvals(removed.record)
    _clear_desk_log(removed)
    return closed


def _clear_release(release: Release, removed: Removed) -> bool:
    """Whether it was open: it is taken back then, for there is nothing left to publish."""
    was_open = release.is_open
    release.urgent = release.failure = release.remark = release.preview_key = ""
    if removed.notes_too or release.stage != Stage.PUBLISHED:
        set_texts(release, "note", dict.fromkeys(codes()))
    if was_open:
        release.approvals.all().delete()
        close(release, None, Stage.TAKEN_BACK)
    elif release.is_unreviewed and all(item.record.is_removed for item in release.items.all()):
        close_urgency(release)  # there is nothing left to look at
    else:
        release.save()
    return was_open


def _clear_failures(removed: Removed) -> None:
    """Why a release of other records failed may name this one."""
    for release in Release.objects.exclude(failure=""):
        if any(name in release.failure for name in removed.names):
            Release.objects.filter(pk=release.pk).update(failure="")


def _clear_approvals(record: Record) -> None:
    """The digest of a part and its note has no random bits: it stays only as long as they do."""
    of_record = Q(approvals__record_uuid=record.pk) | Q(items__record_uuid=record.pk)
    for release in Release.objects.filter(of_record).distinct():
        parts = Standing(release).parts
        fitting = {(part.item.record_uuid, part.name, part.digest) for part in parts}
        for each in release.approvals.all():
            if (each.record_uuid, each.part, each.digest) not in fitting:
                release.approvals.filter(pk=each.pk).update(digest="")


KEPT = LogEntry._meta.get_field("object_repr").max_length  # Django cuts what is longer


def _clear_desk_log(removed: Removed) -> None:
    """Django's own log says what a record was called when somebody saved it."""
    record = removed.record
    of_kind = ContentType.objects.get_for_model(type(record))
    named = Q(content_type=of_kind, object_id=str(record.pk)) if record.is_removed else Q()
    for name in removed.names:  # an edition is called after its document: “name (language)”
        named |= Q(object_repr=name[:KEPT]) | Q(object_repr__startswith=f"{name} ("[:KEPT])
    if named:
        LogEntry.objects.filter(named).update(object_repr=record.pk, change_message="")


# --- files ----------------------------------------------------------------------------------------


def _files_in(kind: type[Record], contents: Iterable[dict[str, Any]]) -> list[Stored]:
    return [
        Stored(each.storage, content[each.name])
        for content in contents
        for each in file_fields(kind)
        if content.get(each.name)
    ]


def files_to_delete(removed: Removed) -> list[Stored]:
    """What the removed content named and nothing that remains does."""
    record, kind = removed.record, type(removed.record)
    kept = _files_in(kind, [content_of(record), *map(content_in, _remaining(record))])
    found = removed.files | (set(_stray_files(record)) if record.is_removed else set())
    return sorted(found - set(kept), key=lambda file: file.name)


def _stray_files(record: Record) -> list[Stored]:
    """Uploads of a record lie in a folder of its own; one that was never saved is there too."""
    found = []
    for each in file_fields(type(record)):
        folder = str(record.pk)
        if each.storage.exists(folder):
            names = each.storage.listdir(folder)[1]
            found += [Stored(each.storage, f"{folder}/{name}") for name in names]
    return found


def delete_files(files: Iterable[Stored]) -> list[str]:
    """The names of those that could not be deleted."""
    left = []
    for file in files:
        try:
            file.storage.delete(file.name)
        except OSError:
            left.append(file.name)
    return left
