"""The one rule: whether a translation still says what its source says.

A translation remembers, text by text, the digests of the source texts that it was made or
confirmed against. It is behind when the source text is none of these. Asked of the row, that is
what readers are told (*stale*); asked of the newest draft, what translators have to do (*due*).
See ``docs/explanation/freshness.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Aggregate, CharField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from portal.languages.texts import Text, codes, column, in_language, nearest, translated_names
from portal.publishing.canonical import digest
from portal.records.models import Record
from portal.records.reads import note_told
from portal.translation.models import Basis, How

Content = Mapping[str, Any]  # of a revision, or what ``texts_of`` makes of a row
ADDRESS = "slug"  # an address names a page; it says nothing that could grow old


@cache  # long lists ask for every text of every row
def must_be_translated(kind: type[Record]) -> list[str]:
    """The texts that a language has if another has them; none where a kind has no texts."""
    return [name for name in translated_names(kind) if name not in kind.loose_texts]


@cache
def followed_texts(kind: type[Record]) -> list[str]:
    """The texts of which a translation can be behind."""
    return [name for name in must_be_translated(kind) if name != ADDRESS]


class Pair(NamedTuple):
    """A text and a source text of it, by their digests."""

    field: str
    language: str
    text: str
    source: str

    @classmethod
    def of(cls, field: str, language: str, text: str, source: str) -> "Pair":
        """Of the words themselves; an empty ``source`` is what a text without one follows."""
        return cls(field, language, digest(text), digest(source))

    @classmethod
    def known_by(cls, basis: Basis) -> "Pair":
        return cls(*(getattr(basis, name) for name in cls._fields))


class Bases(dict[Pair, str]):
    """Every pair of one record that is known to say the same, and how that is known."""

    @classmethod
    def read(cls, words: str) -> "Bases":
        """From the text that ``with_bases`` makes of them."""
        parts = (line.split("|") for line in words.split())
        return cls({Pair(*pair): how for *pair, how in parts})

    def know(self, pair: Pair) -> bool:
        return pair in self

    def made_by_machine(self, pair: Pair) -> bool:
        return self.get(pair) == How.MACHINE


@dataclass(frozen=True)
class Freshness:
    """How one language of a record stands to the language in which it is written first."""

    language: str
    missing: tuple[str, ...] = ()  # texts that another language has
    behind: tuple[str, ...] = ()  # texts whose source says something else meanwhile
    machine: tuple[str, ...] = ()  # texts that no person has looked at
    is_absent: bool = False  # nothing of the record is in this language

    @property
    def not_followed(self) -> tuple[str, ...]:
        """Texts of which another language says something that is not in this one."""
        return (*self.behind, *self.missing)

    @property
    def to_do(self) -> frozenset[str]:
        """Texts that wait for a translator, or for somebody who checks them."""
        return frozenset((*self.not_followed, *self.machine))

    @property
    def is_behind(self) -> bool:
        """It is there, and something of the source is not in it."""
        return not self.is_absent and bool(self.not_followed)

    @property
    def is_same(self) -> bool:
        return not (self.is_absent or self.to_do)


def freshness_of(kind: type[Record], content: Content, bases: Bases) -> list[Freshness]:
    """Of every language of the site."""
    return [freshness_in(kind, content, bases, code) for code in codes()]


def freshness_in(kind: type[Record], content: Content, bases: Bases, code: str) -> Freshness:
    first = content["source_language"]
    pairs = pairs_of(kind, content, code) if code != first else {}
    return Freshness(
        language=code,
        missing=tuple(_missing(kind, content, code)),
        behind=tuple(name for name, pair in pairs.items() if not bases.know(pair)),
        machine=tuple(name for name, pair in pairs.items() if bases.made_by_machine(pair)),
        is_absent=not said_in(content, kind.headline, code),
    )


def pairs_of(kind: type[Record], content: Content, code: str) -> dict[str, Pair]:
    """Each text of a language with the source text beside it; a missing text has no pair."""
    return {
        name: Pair.of(name, code, text, source_of(content, name))
        for name in followed_texts(kind)
        if (text := said_in(content, name, code))
    }


def said_in(content: Content, name: str, code: str) -> str:
    """A text in exactly this language, or the empty string."""
    return content.get(column(name, code)) or ""


def name_of_draft(kind: type[Record], content: Content, lang: str) -> Text:
    """What it is called for a reader of ``lang``; in another language if it has no name there."""
    names = {code: said_in(content, kind.headline, code) for code in codes()}
    return nearest(names, lang, content["source_language"])


def source_of(content: Content, name: str) -> str:
    """The text in the language in which this content was written first; empty if it has none."""
    return said_in(content, name, content["source_language"])


def how_known(bases: Bases, name: str, code: str, text: str, content: Content) -> str | None:
    """How ``text`` is known to say what the source of ``content`` says; None if it is not.

    A source text says what it says.
    """
    source = source_of(content, name)
    is_source = (code, text) == (content["source_language"], source)
    return How.MADE if is_source else bases.get(Pair.of(name, code, text, source))


def _missing(kind: type[Record], content: Content, code: str) -> Iterable[str]:
    for name in followed_texts(kind):
        said = {other for other in codes() if said_in(content, name, other)}
        if said and code not in said:
            yield name


def texts_of(record: Record) -> dict[str, str]:
    """What a row says, in the form of a revision's content, as far as freshness asks."""
    texts = {
        column(name, code): in_language(record, name, code)
        for name in followed_texts(type(record))
        for code in codes()
    }
    return {"source_language": record.source_language, **texts}


# --- reading what is known ------------------------------------------------------------------------


def bases_of(records: Iterable[UUID]) -> dict[UUID, Bases]:
    """What is known of many records: one query."""
    found: dict[UUID, Bases] = {uuid: Bases() for uuid in records}
    rows = Basis.objects.filter(record__in=found).order_by()
    for record, how, *pair in rows.values_list("record", "how", *Pair._fields):
        found[record][Pair(*pair)] = how
    return found


def known_of(record: Record) -> Bases:
    """What is known of one; without a query where it came ``with_bases``. It is told again without
    a publication, so the page depends on this record, whatever else it reads.
    """
    note_told(record.pk)
    words = getattr(record, "bases", None)
    return bases_of([record.pk])[record.pk] if words is None else Bases.read(words)


def confirmations(kind: type[Record], record: UUID, content: Content) -> list[Basis]:
    """Who said, and when, that a text of this content still holds: one query."""
    pairs = {pair for code in codes() for pair in pairs_of(kind, content, code).values()}
    given = Basis.objects.filter(record=record, how=How.CONFIRMED).select_related("by")
    return [each for each in given if Pair.known_by(each) in pairs]


class _Lines(Aggregate):
    """All values of a group in one text."""

    function = "STRING_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def with_bases(rows: QuerySet) -> QuerySet:
    """Rows that carry what is known of their translations, so that no query asks for it."""
    parts = [part for name in (*Pair._fields, "how") for part in (Value("|"), F(name))]
    line = Cast(Concat(*parts[1:], output_field=CharField()), TextField())
    of_this = Basis.objects.filter(record=OuterRef("pk")).order_by().values("record")
    lines = of_this.annotate(lines=_Lines(line, Value(" "))).values("lines")
    return rows.annotate(bases=Coalesce(Subquery(lines), Value(""), output_field=TextField()))
