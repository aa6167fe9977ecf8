"""Working on a record beside its public row: every save is a revision, and nothing is lost."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.texts import columns
from portal.publishing import signals
from portal.publishing.content import content_of, file_fields, lay
from portal.publishing.history import keep
from portal.publishing.models import Item, Revision
from portal.publishing.reading import content_in
from portal.publishing.turns import Refused, one_act
from portal.records.kinds import kind_named
from portal.records.models import Record, State


def newest(record: UUID) -> Revision | None:
    return Revision.objects.filter(record=record).order_by("number").last()


def public(record: UUID) -> Revision | None:
    """The revision that readers see."""
    return (
        Revision.objects.filter(record=record, version__isnull=False)
        .order_by("version__number")
        .last()
    )


def draft_of(record: UUID) -> Revision | None:
    """The newest revision, unless it says what is public already."""
    last, live = newest(record), public(record)
    if last is None or not last.content:  # nothing, or removed by law
        return None
    return last if live is None or last.digest != live.digest else None


def with_draft(record: Record) -> Record:
    """The record as its newest revision has it; the row stays as it is."""
    last = newest(record.pk)
    return lay(content_in(last), record) if last and last.content else record


@transaction.atomic
def save_draft(
    record: Record, by: AbstractBaseUser, remembered: Collection[str] = ()
) -> Revision | None:
    """Keep what the instance now says as the newest revision; None if it says nothing new.

    Of a record that was never public a row is written too, so that others can point at it. It
    holds what tells it apart in lists and choices, and neither public door shows it.
    ``remembered``: see ``signals.saved``.
    """
    _store_uploads(record)
    record.normalise_texts()
    record.settle()
    last = newest(record.pk)
    if last and last.content and content_in(last) == content_of(record):
        return None
    _write_placeholder(record)
    live = public(record.pk)
    if live and live.content and content_in(live) == content_of(record):
        kept = restore(live, by)
        signals.saved.send(sender=save_draft, revisions=[kept], remembered=remembered)
        return kept
    return keep([record], by, timezone.now(), remembered)[0]


def _store_uploads(record: Record) -> None:
    """An upload lives as long as its request; the revision keeps the name of what was stored."""
    for field in file_fields(type(record)):
        field.pre_save(record, add=False)


def _write_placeholder(record: Record) -> None:
    """Of what was never public. The stored row decides: the instance may be older than that."""
    kind = type(record)
    row = kind.objects.select_for_update().filter(pk=record.pk).first()
    if row and row.is_removed:
        raise PermissionDenied("This record was removed by law; it can no longer change.")
    if row and row.version is not None:
        return
    row = row or kind(pk=record.pk, review_by=record.review_by)
    told = ["source_language", "position", *(columns(record.headline) if record.headline else [])]
    for name in told:
        setattr(row, name, getattr(record, name))
    row.save()


@one_act
def restore(revision: Revision, by: AbstractBaseUser) -> Revision:
    """Make an older content the newest revision: byte for byte, its random bits included.

    Raises Refused for what was removed by law, also while somebody waited for their turn.
    """
    row = kind_named(revision.kind).objects.select_for_update().get(pk=revision.record)
    revision.refresh_from_db()
    if row.is_removed or not revision.content:
        raise Refused(_("This text was removed by law."))
    last = newest(revision.record)
    taken_up = Revision.objects.create(
        kind=revision.kind,
        record=revision.record,
        number=last.number + 1,
        content=revision.content,
        digest=revision.digest,
        author=by,
        saved=timezone.now(),
    )
    signals.restored.send(sender=restore, revisions=[taken_up])
    return taken_up


@one_act
def discard(record: UUID, by: AbstractBaseUser) -> Revision | None:
    """Go back to what is public; the draft stays in the history. None without a public text.

    Raises Refused where the public text was removed by law.
    """
    live = public(record)
    return restore(live, by) if live else None


def outside_review(written_by: Iterable[int] | None = None) -> list[Record]:
    """What has a draft that no open release has; of all, or of what these accounts wrote on."""
    written = Revision.objects.filter(version=None)
    if written_by is not None:
        written = written.filter(author__in=written_by)
    in_review = Item.objects.filter(is_open=True).values("record_uuid")
    found = written.exclude(record__in=in_review).order_by().values_list("kind", "record")
    drafted: dict[str, set[UUID]] = {}
    for kind, record in found.distinct():
        drafted.setdefault(kind, set()).add(record)
    rows = (with_state_of_draft(kind_named(k).objects.filter(pk__in=v)) for k, v in drafted.items())
    return [each for drafts in rows for each in drafts.filter(has_draft=True)]


def with_state_of_draft(rows: QuerySet) -> QuerySet:
    """Rows with ``has_draft``: whether something newer than the public text waits, since when
    (``draft_saved``) and by whom (``draft_author``).
    """
    of_this = Revision.objects.filter(record=OuterRef("pk"))
    public_ones = of_this.filter(version__isnull=False).order_by("-version__number")
    last = of_this.order_by("-number")
    known = rows.annotate(
        last_digest=Subquery(last.values("digest")[:1]),
        public_digest=Subquery(public_ones.values("digest")[:1]),
        draft_saved=Subquery(last.values("saved")[:1]),
        draft_author=Subquery(last.values("author__username")[:1]),
    )
    differs = Q(public_digest=None) | ~Q(last_digest=F("public_digest"))
    is_there = Q(last_digest__isnull=False) & ~Q(state=State.REMOVED)
    return known.annotate(has_draft=is_there & differs)
