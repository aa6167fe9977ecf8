"""What translators do: write a text in their language, or confirm that it still holds."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import column, set_texts
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.models import Revision
from portal.publishing.reading import Passage, content_in, label_of
from portal.publishing.turns import Refused, one_act
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.records.text import normalise
from portal.staff.models import Account
from portal.translation.behind import Behind, history_of
from portal.translation.freshness import Pair, bases_of, followed_texts, pairs_of
from portal.translation.memory import basis, write
from portal.translation.models import Basis, How

Content = Mapping[str, Any]
NO_SOURCE = "\ue000"  # private use: no text says this, so nothing follows it


class Overtaken(Refused):
    """Somebody wrote the same texts meanwhile; ``passages`` hold theirs as old, ours as new."""

    def __init__(self, passages: list[Passage]) -> None:
        self.passages = passages
        super().__init__(
            _("Somebody changed this translation meanwhile. Nothing was saved: compare both texts.")
        )


@one_act
def translate(
    record: UUID,
    code: str,
    texts: Mapping[str, str | None],
    by: Account,
    *,
    seen: int,
    unfinished: Collection[str] = (),
    machine: Collection[str] = (),
) -> Revision | None:
    """Keep these texts of one language, by field name, as the newest draft; None if nothing is new.

    ``seen`` is the number of the revision that the translator had open: a text counts as made
    against the source in it. An ``unfinished`` one goes on following what it followed before; one
    made by a ``machine`` counts for nothing until a person has confirmed it.

    Raises Refused for who may not, Overtaken for texts that somebody else changed since, and
    ValidationError for what cannot be stored.
    """
    row, last, begun = _open(record, seen)
    _refuse_stranger(row, last, code, by)
    typed = changed(begun, code, texts)
    _refuse_overtaken(type(row), last, begun, code, typed)
    draft = with_draft(row)
    for name, words in typed.items():
        set_texts(draft, name, {code: words})
    draft.clean_fields(exclude=_all_but(type(row), {column(name, code) for name in typed}))
    saved = save_draft(draft, by, _against(row, begun, code, typed, unfinished))
    if saved and machine:
        _mark_machine(saved, begun, code, machine)
    return saved


@one_act
def confirm(
    record: UUID, code: str, by: Account, *, seen: int, names: Collection[str] | None = None
) -> int:
    """Say that these texts, or all of the language, still say what their source says.

    ``seen`` is the number of the revision that was read: its texts are what is confirmed. Returns
    how many texts were due, or made by a machine, and are not any more. Raises Refused for who
    neither translates nor approves this language, and where there is nothing to confirm.
    """
    row, _last, begun = _open(record, seen)
    if not may_confirm(by, code):
        raise Refused(
            _("Your account is not competent in %(language)s.") % {"language": name_of(code)}
        )
    known = bases_of([record])[record]
    doubted = [
        pair
        for name, pair in pairs_of(type(row), begun, code).items()
        if (names is None or name in names) and known.get(pair) in (None, How.MACHINE)
    ]
    if code == begun["source_language"] or not doubted:
        raise Refused(_("There is nothing to confirm: these texts are up to date."))
    _confirm(record, doubted, by)
    return len(doubted)


def may_confirm(by: Account, code: str) -> bool:
    """Who translates a language or approves it knows whether its texts still hold."""
    return code in {*by.translates.split(), *by.approved_languages}


def _confirm(record: UUID, pairs: Collection[Pair], by: Account) -> None:
    given = {"by": by, "given": timezone.now()}
    write(basis(record, pair, How.CONFIRMED, **given) for pair in pairs)
    for pair in pairs:
        Basis.objects.filter(record=record, how=How.MACHINE, **pair._asdict()).update(
            how=How.CONFIRMED, **given
        )


def _open(record: UUID, seen: int) -> tuple[Record, Content, Content]:
    """The row, locked; what its newest draft says; and what was open at the translator's."""
    last = newest(record)
    if last is None:
        raise Refused(_("This record does not exist."))
    row = kind_named(last.kind).objects.select_for_update().get(pk=record)
    begun = Revision.objects.filter(record=record, number=seen).first()
    last = newest(record)  # read anew: somebody may have saved while we waited
    if row.is_closed or begun is None or not (begun.content and last.content):
        raise Refused(_("This text can no longer be translated. Open the record and look."))
    return row, content_in(last), content_in(begun)


def _refuse_stranger(row: Record, last: Content, code: str, by: Account) -> None:
    if code not in by.written_languages:
        raise Refused(
            _("Your account does not translate into %(language)s.") % {"language": name_of(code)}
        )
    if code == last["source_language"]:
        raise Refused(
            _("“%(record)s” is written first in %(language)s. Change it in its own form.")
            % {"record": row, "language": name_of(code)}
        )


def changed(begun: Content, code: str, texts: Mapping[str, str | None]) -> dict[str, str | None]:
    """What was changed of what was open, in the one form of texts.

    Raises ValidationError for what cannot be stored.
    """
    found = {name: normalise(words or "") for name, words in texts.items()}
    return {n: words for n, words in found.items() if words != begun.get(column(n, code))}


def _refuse_overtaken(
    kind: type[Record], last: Content, begun: Content, code: str, typed: Mapping[str, str | None]
) -> None:
    """Only for a text that was changed here as well: other languages and facts do no harm."""
    names = {column(name, code): words for name, words in typed.items()}
    both = [
        Passage(label_of(kind, mine), code, last.get(mine) or "", words or "")
        for mine, words in names.items()
        if last.get(mine) not in (begun.get(mine), words)
    ]
    if both:
        raise Overtaken(both)


def _all_but(kind: type[Record], columns: set[str]) -> set[str]:
    return {field.name for field in kind._meta.fields} - columns


def _against(
    row: Record,
    begun: Content,
    code: str,
    texts: Mapping[str, str | None],
    unfinished: Collection[str],
) -> dict[str, str]:
    """The source texts that these translations follow."""
    first = begun["source_language"]
    sources = {column(name, first): begun.get(column(name, first)) or "" for name in texts}
    if not unfinished:
        return sources
    behind = Behind(history_of(row.pk), begun, code, bases_of([row.pk])[row.pk])
    for name in unfinished:
        followed = behind.followed(name)
        is_same = followed and followed.source == sources.get(column(name, first))
        sources[column(name, first)] = followed.source if followed and not is_same else NO_SOURCE
    return sources


def _mark_machine(saved: Revision, begun: Content, code: str, names: Collection[str]) -> None:
    """A text that a person has written just so before stays a person's."""
    kind, content = kind_named(saved.kind), content_in(saved)
    first = begun["source_language"]
    source = {column(name, first): begun.get(column(name, first)) for name in followed_texts(kind)}
    for name, pair in pairs_of(kind, {**content, **source}, code).items():
        if name in names:
            made = Basis.objects.filter(record=saved.record, how=How.MADE, **pair._asdict())
            made.update(how=How.MACHINE)
