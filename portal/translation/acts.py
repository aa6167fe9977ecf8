"""What translators do: write a text in their language, or confirm that it still holds."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import column, set_texts
from portal.publishing.canonical import digest
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.models import Revision
from portal.publishing.reading import Passage, content_in, label_of
from portal.publishing.turns import Refused, one_act
from portal.records.models import Record
from portal.records.text import normalise
from portal.staff.models import Account
from portal.translation.assigning import end_what_is_done
from portal.translation.freshness import (
    Bases,
    Content,
    Pair,
    how_known,
    known_of,
    pairs_of,
    said_in,
)
from portal.translation.memory import basis, write
from portal.translation.models import Basis, How
from portal.translation.translatable import closed, held, refuse_source


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
    _refuse_stranger(row, (last, begun), code, by)
    typed = changed(begun, code, texts)
    _refuse_overtaken(type(row), last, begun, code, typed)
    draft = with_draft(row)
    for name, words in typed.items():
        set_texts(draft, name, {code: words})
    draft.clean_fields(exclude=_all_but(type(row), {column(name, code) for name in typed}))
    saved = save_draft(draft, by, remembered=typed)
    known = known_of(row)
    for name, pair in _pairs_typed(type(row), begun, code, typed).items():
        made = {pair.source: How.MACHINE if name in machine else How.MADE}
        follows = _followed(known, begun, name, code) if name in unfinished else made
        write(basis(record, pair._replace(source=source), how) for source, how in follows.items())
    if saved:
        end_what_is_done(translate, [saved])
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
    if code not in by.competent_in:
        raise Refused(
            _("Your account is not competent in %(language)s.") % {"language": name_of(code)}
        )
    known = known_of(row)
    doubted = [
        pair
        for name, pair in pairs_of(type(row), begun, code).items()
        if (names is None or name in names) and known.get(pair) in (None, How.MACHINE)
    ]
    if code == begun["source_language"] or not doubted:
        raise Refused(_("There is nothing to confirm: these texts are up to date."))
    _confirm(record, doubted, by)
    end_what_is_done(confirm, [newest(record)])
    return len(doubted)


def _confirm(record: UUID, pairs: Collection[Pair], by: Account) -> None:
    given = {"by": by, "given": timezone.now()}
    write(basis(record, pair, How.CONFIRMED, **given) for pair in pairs)
    for pair in pairs:
        Basis.objects.filter(record=record, how=How.MACHINE, **pair._asdict()).update(
            how=How.CONFIRMED, **given
        )


def _open(record: UUID, seen: int) -> tuple[Record, Content, Content]:
    """The row, locked; what its newest draft says; and what was open at the translator's."""
    row, last = held(record)
    begun = Revision.objects.filter(record=record, number=seen).first()
    if begun is None or not begun.content:
        raise closed()
    return row, last, content_in(begun)


def _refuse_stranger(row: Record, contents: Iterable[Content], code: str, by: Account) -> None:
    if code not in by.written_languages:
        raise Refused(
            _("Your account does not translate into %(language)s.") % {"language": name_of(code)}
        )
    refuse_source(row, contents, code)


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


def _pairs_typed(
    kind: type[Record], begun: Content, code: str, typed: Mapping[str, str | None]
) -> dict[str, Pair]:
    """What was typed, each with the source text that its translator had open."""
    words = {column(name, code): text for name, text in typed.items()}
    pairs = pairs_of(kind, {**begun, **words}, code)
    return {name: pair for name, pair in pairs.items() if name in typed}


def _followed(known: Bases, begun: Content, name: str, code: str) -> dict[str, str]:
    """Digests of source texts that a text followed, each with how; none if it was up to date."""
    old = said_in(begun, name, code)
    if how_known(known, name, code, old, begun):
        return {}
    text = digest(old)
    return {p.source: how for p, how in known.items() if p[:3] == (name, code, text)}
