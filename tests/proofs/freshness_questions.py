"""What the portal answers, beside what the oracle answers."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import override

from portal.languages.names import name_of
from portal.languages.texts import codes, column
from portal.publishing import review
from portal.publishing.canonical import digest
from portal.publishing.drafts import draft_of, newest
from portal.publishing.models import Release
from portal.publishing.reading import content_in
from portal.publishing.standing import Standing
from portal.translation.behind import Behind, history_of
from portal.translation.freshness import bases_of, freshness_of, known_of, texts_of, with_bases
from portal.translation.models import Basis
from portal.translation.parity import REQUIRED, objections
from portal.translation.told import Told
from tests.proofs.freshness_oracle import Said
from tests.proofs.freshness_walk import Watched
from tests.publishing.review import NOTES

SENTENCES = {"lacks": "lacks", "follow": "behind", "machine": "unchecked"}


def disagreements(each: Watched) -> Iterator[str]:
    """Every answer about a record that is not the oracle's."""
    asked = [("said", each.said, each.story.newest.said), *_of_newest(each)]
    if each.story.public:
        asked += _of_public(each)
    if not each.withdrawn and draft_of(each.record.pk):
        asked += _of_releases(each)
    for what, found, expected in asked:
        if found != expected:
            yield f"{what} is {found}, not {expected}"


def _of_newest(each: Watched) -> Iterator[tuple]:
    content = content_in(newest(each.record.pk))
    found = freshness_of(each.kind, content, bases_of([each.record.pk])[each.record.pk])
    yield "newest", _plain(found), _expected(each, each.story.newest.said)


def _of_public(each: Watched) -> Iterator[tuple]:
    row = with_bases(each.kind.objects.filter(pk=each.record.pk)).get()
    found = freshness_of(each.kind, texts_of(row), known_of(row))
    yield "public", _plain(found), _expected(each, each.story.public.said)
    stale = each.story.behind(each.story.public.said)
    for code in stale:
        yield from _of_reader(each, row, code, stale[code])


def _of_reader(each: Watched, row, code: str, names: list[str]) -> Iterator[tuple]:
    missed = each.story.missed(code)
    history = history_of(row.pk, row.version)
    behind = Behind(history, texts_of(row), code, known_of(row))
    yield f"missed {code}", [v.number for v in behind.missing_versions(names)], missed
    with override(code):
        told = Told(row)
        if not told.is_shown or code in each.story.missing(each.story.public.said):
            return
        yield f"stale {code}", told.is_stale, True
        yield f"told {code}", [version.number for version, _note in told.missed], missed
        yield f"follows {code}", told.follows, each.story.follows(missed)


def _plain(found: list) -> dict:
    return {
        f.language: (sorted(f.behind), sorted(f.machine), sorted(f.missing), f.is_absent)
        for f in found
    }


def _expected(each: Watched, said: Said) -> dict:
    behind, machine = each.story.behind(said), each.story.machine(said)
    missing, absent = each.story.missing(said), each.story.absent(said)
    return {
        code: (
            sorted(behind.get(code, [])),
            sorted(machine.get(code, [])),
            sorted(name for name in missing.get(code, []) if name in each.story.followed),
            code in absent,
        )
        for code in codes()
    }


def _of_releases(each: Watched) -> Iterator[tuple]:
    """What would be said against its newest draft, as a major change and as a minor one."""
    with transaction.atomic():
        release = review.submit([each.record.pk], each.author, NOTES)
        for major in (True, False):
            Release.objects.filter(pk=release.pk).update(major=major)
            read = Release.objects.get(pk=release.pk)
            said = objections(None, read, Standing(read))
            yield f"parity major={major}", _sorts(said), each.story.objections(major, REQUIRED)
        transaction.set_rollback(True)


def _sorts(said: list[str]) -> set[tuple[str, str]]:
    return {
        (code, SENTENCES[word])
        for sentence in said
        for code in codes()
        for word in SENTENCES
        if name_of(code).lower() in sentence.lower() and f" {word}" in sentence
    }


def standing_of(each: Watched) -> list:
    """How fresh the newest draft and the public text are, as the portal says."""
    known = bases_of([each.record.pk])[each.record.pk]
    contents = [content_in(newest(each.record.pk)), texts_of(each.row)]
    return [_plain(freshness_of(each.kind, content, known)) for content in contents]


def digests_of_removed_texts(each: Watched) -> list[str]:
    """Digests in the memory that no text has which some revision still says."""
    kept = [content_in(r) for r in history_of(each.record.pk) if r.content]
    return [
        f"{basis.field} {basis.language} {what}"
        for basis in Basis.objects.filter(record=each.record.pk)
        for what, wanted, languages in (
            ("text", basis.text, [basis.language]),
            ("source", basis.source, codes()),
        )
        if wanted
        not in {digest("")}
        | {digest(c.get(column(basis.field, code)) or "") for c in kept for code in languages}
    ]
