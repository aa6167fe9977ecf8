"""What a page reads of the records, noted while it is made, so that it can be made anew in time.

A page depends on every record that it loaded or by whose identity it asked, on what names a record
where it asked for that, and on the whole of a kind where it asked without one: then a record that
is not there yet may join the answer, and no row of that kind need be named. That is noted where a
query is compiled, so that no view can forget to say it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.db.models.expressions import Col, Expression
from django.db.models.lookups import Exact, In
from django.db.models.sql import Query
from django.db.models.sql.where import AND, WhereNode

LOG = "log"  # the key of the public log
EVERYTHING = "*"  # the key of what every page shows

Keys = set[str]
Answer = TypeVar("Answer")

_state: ContextVar[str] = ContextVar("state", default="")
_noted: ContextVar[Keys | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[Keys]:
    """The keys of what is read within, as they are noted."""
    keys: Keys = set()
    token = _noted.set(keys)
    try:
        yield keys
    finally:
        _noted.reset(token)


@contextmanager
def unnoted() -> Iterator[None]:
    """For what is read here whoever reads it notes by itself, or it is watched as a whole."""
    token = _noted.set(None)
    try:
        yield
    finally:
        _noted.reset(token)


@contextmanager
def reading(state: str) -> Iterator[None]:
    """Within, nothing older than this state of the site is read, whatever names it."""
    token = _state.set(state)
    try:
        yield
    finally:
        _state.reset(token)


def state_read() -> str:
    """Empty where nobody has asked."""
    return _state.get()


def once_a_state(ask: Callable[[], Answer]) -> Callable[[], Answer]:
    """A question whose answer a process keeps for as long as the same state of the site is read."""
    last: tuple[str, Answer | None] = ("", None)

    @wraps(ask)
    def asked() -> Answer:
        nonlocal last
        if not (state := state_read()):
            return ask()
        known = last  # another thread may read another state meanwhile
        if state != known[0]:
            known = last = state, ask()
        return known[1]

    return asked


def note(*keys: str) -> None:
    if (noted := _noted.get()) is not None:
        noted.update(keys)


def note_rows(kind: type[Model], *uuids: UUID) -> None:
    """Of a kind that is read as a whole no row need be named: it changes with each of them."""
    noted = _noted.get()
    if noted is not None and key_of_kind(kind) not in noted:
        noted.update(map(key_of, uuids))


def note_told(uuid: UUID) -> None:
    """What is told of a record changes with each publication of it, and without one."""
    note(key_of(uuid), key_of_told(uuid))


def is_noting() -> bool:
    return _noted.get() is not None


def key_of(uuid: UUID) -> str:
    return uuid.hex


def key_of_naming(uuid: UUID) -> str:
    """Of all that names this record, or is named by it, whoever that will be."""
    return f"{uuid.hex}+"


def key_of_told(uuid: UUID) -> str:
    """Of what is told of this record and changes without a publication of it."""
    return f"{uuid.hex}!"


def key_of_kind(kind: type[Model]) -> str:
    return kind._meta.model_name


class NotingQuery(Query):
    """A query that notes itself whenever it is about to be asked, also within another one."""

    def get_compiler(self, *args, **kwargs):
        if is_noting() and not self.combinator:
            note_question(self, {})
        return super().get_compiler(*args, **kwargs)


def note_question(query: Query, instead: Mapping[UUID, UUID]) -> None:
    """``instead`` is whom it is asked about, by who stands in their place."""
    bounds = list(_bounds(query.where))
    asked = [each for bound in bounds for each in _note_bound(bound, instead)]
    if not asked and not any(bound.lhs.target.primary_key for bound in bounds):
        note(key_of_kind(query.model))
    note(*map(key_of_kind, _asked_beside(query)))


def _note_bound(bound: Exact | In, instead: Mapping[UUID, UUID]) -> list[UUID]:
    """Of a query that finds the records, none: it notes by itself what it finds."""
    asked = [instead.get(each, each) for each in _identities(bound.rhs)]
    if bound.lhs.target.primary_key:
        note_rows(bound.lhs.target.model, *asked)
    else:
        note(*map(key_of_naming, asked))
    return asked


def _asked_beside(query: Query) -> Iterator[type[Model]]:
    """The kinds of other records on which it depends whether a row is in the answer: one that is
    left out for their sake is never loaded, and neither are they. The table of a set is no kind.
    """
    for column in _columns(query.where):
        model = column.target.model
        is_beside = column.alias != query.base_table and not model._meta.auto_created
        if is_beside and not column.target.primary_key:
            yield model


def _columns(expression: Any) -> Iterator[Col]:
    if isinstance(expression, Col):
        yield expression
    elif hasattr(expression, "get_source_expressions"):
        for each in expression.get_source_expressions():
            yield from _columns(each)


def _bounds(where: WhereNode) -> Iterator[Exact | In]:
    """The conditions that name records: the identity of a row, or of what a row points at."""
    if where.connector != AND or where.negated:
        return
    for each in where.children:
        if isinstance(each, WhereNode):
            yield from _bounds(each)
        elif isinstance(each, Exact | In) and isinstance(each.lhs, Col) and _is_key(each.lhs):
            yield each


def _is_key(column: Col) -> bool:
    return column.target.primary_key or column.target.is_relation


def _identities(value: object) -> Iterator[UUID]:
    """Those that are written out; what another query finds is noted as it is loaded."""
    if isinstance(value, Query | Expression):
        return
    for each in value if isinstance(value, list | tuple | set | frozenset) else [value]:
        if isinstance(each, UUID):
            yield each
