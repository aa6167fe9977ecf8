"""How the memory of translations is kept: written when texts are saved and published."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from portal.languages.texts import codes, column
from portal.publishing import signals
from portal.publishing.canonical import digest
from portal.publishing.models import Revision, Version
from portal.publishing.reading import content_in
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.translation.freshness import (
    Bases,
    Content,
    Pair,
    bases_of,
    followed_texts,
    how_known,
    pairs_of,
    said_in,
    source_of,
)
from portal.translation.models import Basis, How


@dataclass
class Since:
    """What was said of a record since its public text, that text included."""

    contents: list[Content] = field(default_factory=list)
    public: Content | None = None
    older: list[Content] = field(default_factory=list)

    def add(self, content: Content, *, is_public: bool) -> None:
        if is_public:
            self.older, self.contents, self.public = self.contents, [], content
        self.contents.append(content)

    def of(self, name: str) -> list[Content]:
        """But for drafts that went back to a source text which the public one has replaced."""
        replaced = {source_of(each, name) for each in self.older} - {source_of(self.public, name)}
        return [each for each in self.contents if source_of(each, name) not in replaced]

    def is_changed(self, name: str, now: Content) -> bool:
        """Whether the text that is the source now says something else than in public.

        Nothing changes by a first publication, whatever it is called.
        """
        first = now["source_language"]
        return bool(self.public) and said_in(self.public, name, first) != source_of(now, name)


def remember_saved(
    sender, revisions: Sequence[Revision], remembered: Collection[str] = (), **kwargs
) -> None:
    """A text that changed was made against the source beside it; received from ``saved``.

    But for the fields that are ``remembered``: whoever saves knows better what was open.
    """
    before = _contents_before(revisions)
    moved = [each.record for each in revisions if _is_moved(each, before.get(each.record))]
    known = bases_of(moved) if moved else {}
    write(
        basis
        for revision in revisions
        for basis in _made(revision, before.get(revision.record), known.get(revision.record))
        if basis.field not in remembered
    )


def write(bases: Iterable[Basis]) -> None:
    """What is known already stays as it is known."""
    made = Basis.objects.bulk_create(bases, ignore_conflicts=True)
    signals.retold.send(sender=Basis, uuids={basis.record for basis in made})


def _contents_before(revisions: Iterable[Revision]) -> dict[UUID, Content]:
    """What these began from; nothing for a first revision, and for one after a removed text."""
    before = {each.record: each.number - 1 for each in revisions if each.number > 1}
    if not before:
        return {}
    found = Revision.objects.filter(record__in=before, number__in={*before.values()})
    begun = [each for each in found.exclude(content="") if each.number == before[each.record]]
    return {each.record: content_in(each) for each in begun}


def _is_moved(revision: Revision, before: Content | None) -> bool:
    """Whether another language than before is the source."""
    return bool(before) and before["source_language"] != content_in(revision)["source_language"]


def _made(
    revision: Revision, before: Content | None, known: Bases | None = None
) -> Iterator[Basis]:
    """``known`` is given where another language became the source."""
    kind, after = kind_named(revision.kind), content_in(revision)
    first = after["source_language"]
    for code in [code for code in codes() if code != first]:
        for name, pair in pairs_of(kind, after, code).items():
            mine = column(name, code)
            if before is None or before.get(mine) != after[mine]:
                yield basis(revision.record, pair)
            elif known is not None and (how := _said_the_same(name, code, before, after, known)):
                yield basis(revision.record, pair, how)


def _said_the_same(
    name: str, code: str, before: Content, after: Content, known: Bases
) -> How | None:
    """Whether both followed the source as it was, before another language became the source."""
    new = after["source_language"]
    texts = {each: said_in(before, name, each) for each in (code, new)}
    if not texts[new] or texts[new] != source_of(after, name):
        return None
    hows = [how_known(known, name, *each, before) for each in texts.items()]
    if None in hows:
        return None
    return How.MACHINE if How.MACHINE in hows else How.CARRIED


def basis(record: UUID, pair: Pair, how: How = How.MADE, **given) -> Basis:
    return Basis(record=record, how=how, **pair._asdict(), **given)


# --- a minor change carries translations along ----------------------------------------------------


def remember_published(sender, versions: Sequence[Version], **kwargs) -> None:
    """A minor change of the source is none for its translations; received from ``published``."""
    minor = [version.revision for version in versions if not version.major]
    if minor:
        write(carried(minor))


def carried(revisions: Sequence[Revision]) -> list[Basis]:
    """What publishing these as minor changes would make known.

    A translation comes along that follows the public text, or a draft written since. Two queries.
    """
    known = bases_of({each.record for each in revisions})
    since = _since_public(revisions)
    return [
        basis(each.record, pair, how)
        for each in revisions
        for pair, how in _followed(each, since[each.record], known[each.record])
    ]


def _followed(revision: Revision, since: Since, known: Bases) -> Iterator[tuple[Pair, How]]:
    """Pairs that are not known, of texts that followed an earlier source; each with how."""
    kind, now = kind_named(revision.kind), content_in(revision)
    for code in [code for code in codes() if code != now["source_language"]]:
        for name, pair in pairs_of(kind, now, code).items():
            if known.know(pair) or not since.is_changed(name, now):
                continue
            text = now[column(name, code)]
            hows = {how_known(known, name, code, text, each) for each in since.of(name)} - {None}
            if hows:
                yield pair, How.MACHINE if hows == {How.MACHINE} else How.CARRIED


def _since_public(revisions: Sequence[Revision]) -> dict[UUID, Since]:
    """Of each record what was saved up to these: one query."""
    last = {each.record: each for each in revisions}
    of_this = Revision.objects.filter(record=OuterRef("record"), version__isnull=False)
    live = of_this.exclude(pk__in=[each.pk for each in revisions]).order_by("-version__number")
    kept = Revision.objects.filter(record__in=last).exclude(content="")
    found = kept.annotate(live=Coalesce(Subquery(live.values("number")[:1]), Value(0)))
    since = {record: Since() for record in last}
    for each in found.order_by("number"):
        if each.number <= last[each.record].number:
            since[each.record].add(content_in(each), is_public=each.number == each.live)
    return since


# --- from before there was a memory, and after a removal ------------------------------------------


def remember_what_stands() -> int:
    """Where nothing is remembered at all, what stands counts as made against its source.

    For a site that had texts before their freshness was known; returns how many texts.
    """
    if Basis.objects.exists():
        return 0
    kept = Revision.objects.exclude(content="")
    standing = kept.filter(version__isnull=False) | kept.newest()
    write(made for each in standing for made in _made(each, None))
    return Basis.objects.count()


def forget_removed(sender, record: Record, **kwargs) -> None:
    """The digest of a removed text would confirm a guess at it; received from ``removed``."""
    kept = Revision.objects.filter(record=record.pk).exclude(content="")
    said = _digests_in([content_in(each) for each in kept], type(record))
    sources = {digest("")}.union(*said.values())
    gone = [
        each.pk
        for each in Basis.objects.filter(record=record.pk)
        if each.text not in said.get((each.field, each.language), ()) or each.source not in sources
    ]
    Basis.objects.filter(pk__in=gone).delete()


def _digests_in(contents: Sequence[Content], kind: type[Record]) -> dict[tuple[str, str], set]:
    """Of each field and language: that another one says the same words is no reason to keep."""
    return {
        (name, code): {digest(said_in(each, name, code)) for each in contents}
        for name in followed_texts(kind)
        for code in codes()
    }
