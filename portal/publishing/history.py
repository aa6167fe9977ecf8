"""Writing what was said: revisions, the versions among them, and the public log."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Max

from portal.publishing import signals
from portal.publishing.canonical import digest, salted
from portal.publishing.content import content_of
from portal.publishing.models import Act, Entry, Revision, Version
from portal.records.models import Record

LOG_LOCK = 7_082_201  # any number, the same for every writer


def one_at_a_time() -> None:
    """Whoever writes the public log waits for whoever does so already, until the transaction ends.

    The log is one chain, so its links are made one after the other. Ask for this before locking
    any row, so that locks are taken in one order everywhere. SQLite lets one transaction write
    at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])


def keep(
    records: Sequence[Record],
    by: AbstractBaseUser | None,
    now: datetime,
    remembered: Collection[str] = (),
) -> list[Revision]:
    """Keep what these records say, each as a new revision.

    ``remembered``: see ``signals.saved``.
    """
    last = _last_numbers(records)
    revisions = Revision.objects.bulk_create(
        _revision(record, last.get(record.pk, 0) + 1, by, now) for record in records
    )
    signals.saved.send(sender=keep, revisions=revisions, remembered=remembered)
    return revisions


def _revision(record: Record, number: int, by: AbstractBaseUser | None, now: datetime) -> Revision:
    content = salted(
        {"kind": record.kind(), "record": str(record.pk), "content": content_of(record)}
    )
    return Revision(
        kind=record.kind(),
        record=record.pk,
        number=number,
        content=content,
        digest=digest(content),
        author=by,
        saved=now,
    )


def make_public(revisions: Sequence[Revision], major: bool, now: datetime) -> list[Version]:
    """Number these revisions as the newest versions of their records, and chain them."""
    records = [revision.record for revision in revisions]
    last = {v.record: v for v in Version.objects.filter(record__in=records).newest()}
    versions = [
        Version(revision=revision, record=revision.record, published=now, major=major)
        for revision in revisions
    ]
    for version in versions:
        version.follow(last.get(version.record))
    return Version.objects.bulk_create(versions)


def log(
    act: Act,
    records: Sequence[Record],
    notes: Mapping[str, str],
    now: datetime,
    versions: Sequence[Version] = (),
    successor: UUID | None = None,
    removed: Mapping[str, list[int]] | None = None,
) -> list[Entry]:
    """Add a line for each of these records to the public log.

    ``removed`` says which revisions and notes a law has had emptied; it is sealed with the note.
    """
    made = {version.record: version for version in versions}
    last = Entry.objects.order_by("-number").first()
    entries = []
    for record in records:
        entry = _entry(
            act,
            record,
            _words(notes, removed),
            now,
            version=made.get(record.pk),
            successor=successor,
        )
        entry.follow(last)
        entries.append(last := entry)
    return Entry.objects.bulk_create(entries)


def _words(notes: Mapping[str, str], removed: Mapping[str, list[int]] | None) -> str:
    said = {"notes": {code: note for code, note in notes.items() if note}}
    return salted(said | {"removed": removed} if removed else said)


def _entry(act: Act, record: Record, words: str, now: datetime, **given) -> Entry:
    return Entry(
        act=act,
        time=now,
        kind=record.kind(),
        record=record.pk,
        notes=words,
        notes_digest=digest(words),
        **given,
    )


def _last_numbers(records: Iterable[Record]) -> dict[UUID, int]:
    rows = Revision.objects.filter(record__in=[record.pk for record in records]).order_by()
    return dict(rows.values_list("record").annotate(Max("number")))
