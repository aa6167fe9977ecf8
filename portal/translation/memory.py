"""How the memory of translations is kept: written when texts are saved and published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from portal.languages.texts import codes, column
from portal.publishing.canonical import digest
from portal.publishing.models import Revision, Version
from portal.publishing.reading import content_in
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.translation.freshness import Bases, Pair, bases_of, followed_texts, pairs_of
from portal.translation.models import Basis, How

Content = Mapping[str, Any]


def remember_saved(
    sender, revisions: Sequence[Revision], against: Content | None = None, **kwargs
) -> None:
    """A text that changed was made against the source beside it; received from ``saved``.

    ``against`` holds the source texts that its author had before them, where others are saved.
    """
    before = _contents_before(revisions)
    write(
        basis
        for revision in revisions
        for basis in _made(revision, before.get(revision.record), against or {})
    )


def write(bases: Iterable[Basis]) -> None:
    """What is known already stays as it is known."""
    Basis.objects.bulk_create(bases, ignore_conflicts=True)


def _contents_before(revisions: Iterable[Revision]) -> dict[UUID, Content]:
    """What these began from; nothing for a first revision, and for one after a removed text."""
    before = {each.record: each.number - 1 for each in revisions if each.number > 1}
    if not before:
        return {}
    found = Revision.objects.filter(record__in=before, number__in={*before.values()})
    begun = [each for each in found.exclude(content="") if each.number == before[each.record]]
    return {each.record: content_in(each) for each in begun}


def _made(revision: Revision, before: Content | None, against: Content) -> Iterator[Basis]:
    kind, after = kind_named(revision.kind), content_in(revision)
    first = after["source_language"]
    moved = before is not None and before["source_language"] != first
    known = bases_of([revision.record])[revision.record] if moved else Bases()
    for code in [code for code in codes() if code != first]:
        for name, pair in pairs_of(kind, after, code).items():
            mine = column(name, code)
            if before is None or before.get(mine) != after[mine]:
                source = against.get(column(name, first), after.get(column(name, first))) or ""
                yield basis(revision.record, pair._replace(source=digest(source)))
            elif moved and _said_the_same(name, code, before, after, known):
                yield basis(revision.record, pair, How.CARRIED)


def _said_the_same(name: str, code: str, before: Content, after: Content, known: Bases) -> bool:
    """Whether both followed the source as it was, before another language became the source."""
    old, new = before["source_language"], after["source_language"]
    if before.get(column(name, new)) != after.get(column(name, new)):
        return False
    source = before.get(column(name, old)) or ""
    followers = [other for other in (code, new) if other != old]
    texts = [(other, before.get(column(name, other)) or "") for other in followers]
    return all(known.know(Pair.of(name, other, text, source)) for other, text in texts)


def basis(record: UUID, pair: Pair, how: How = How.MADE, **given) -> Basis:
    return Basis(record=record, how=how, **pair._asdict(), **given)


def pair_of(basis: Basis) -> Pair:
    return Pair(*(getattr(basis, name) for name in Pair._fields))


# --- a minor change carries translations along ----------------------------------------------------


def remember_published(sender, versions: Sequence[Version], **kwargs) -> None:
    """A minor change of the source is none for its translations; received from ``published``."""
    minor = [version.revision for version in versions if not version.major]
    if minor:
        write(carried(minor))


def carried(revisions: Sequence[Revision]) -> list[Basis]:
    """What publishing these as minor changes would make known.

    A translation comes along that follows the public text, or a draft written since.
    """
    known = bases_of({each.record for each in revisions})
    since = _since_public(revisions)
    return [
        basis(each.record, pair, How.MACHINE if how == How.MACHINE else How.CARRIED)
        for each in revisions
        for pair, how in _followed(each, since[each.record], known[each.record])
    ]


def _followed(revision: Revision, since: list[Content], known: Bases) -> Iterator[tuple[Pair, str]]:
    """Pairs that are not known, each with how the same text followed an earlier source."""
    kind, now = kind_named(revision.kind), content_in(revision)
    first = now["source_language"]
    for code in [code for code in codes() if code != first]:
        for name, pair in pairs_of(kind, now, code).items():
            sources = (digest(each.get(column(name, first)) or "") for each in since)
            earlier = (pair._replace(source=source) for source in sources)
            found = next((each for each in earlier if known.know(each)), None)
            if found and not known.know(pair):
                yield pair, known[found]


def _since_public(revisions: Sequence[Revision]) -> dict[UUID, list[Content]]:
    """Of each record what was saved from its public text, newest first, up to these: one query."""
    last = {each.record: each for each in revisions}
    of_this = Revision.objects.filter(record=OuterRef("record"), version__isnull=False)
    live = of_this.exclude(pk__in=[each.pk for each in revisions]).order_by("-version__number")
    from_live = Coalesce(Subquery(live.values("number")[:1]), Value(0))
    found = Revision.objects.filter(record__in=last, number__gte=from_live).exclude(content="")
    since: dict[UUID, list[Content]] = {record: [] for record in last}
    for each in found.order_by("-number"):
        if each.number <= last[each.record].number:
            since[each.record].append(content_in(each))
    return since


# --- from before there was a memory, and after a removal ------------------------------------------


def remember_what_stands() -> int:
    """Where nothing is remembered at all, what stands counts as made against its source.

    For a site that had texts before their freshness was known; returns how many texts.
    """
    if Basis.objects.exists():
        return 0
    kept = Revision.objects.exclude(content="")
    later = Revision.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    standing = kept.filter(Q(version__isnull=False) | ~Exists(later))
    write(made for each in standing for made in _made(each, None, {}))
    return Basis.objects.count()


def forget_removed(sender, record: Record, **kwargs) -> None:
    """The digest of a removed text would confirm a guess at it; received from ``removed``."""
    kept = Revision.objects.filter(record=record.pk).exclude(content="")
    said = {digest("")} | {
        digest(content.get(column(name, code)) or "")
        for content in map(content_in, kept)
        for name in followed_texts(type(record))
        for code in codes()
    }
    gone = [b.pk for b in Basis.objects.filter(record=record.pk) if {b.text, b.source} - said]
    Basis.objects.filter(pk__in=gone).delete()
