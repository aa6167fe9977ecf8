"""Who does what around one actor or plan, from what its page has asked for already."""

from collections.abc import Iterable, Iterator

from actors.models import Actor
from policies.enums import Role
from policies.facts import KEYS, Fact
from policies.models import Plan
from policies.responsibilities import Responsibility
from portal.records.references import Relation

OF_AN_ACTOR = {  # what the keys of other records say of it, by the name of the relation
    "plans": Role.DRAWS_UP,
    **{
        kind._meta.get_field(name).remote_field.get_accessor_name(): role
        for kind, name, role in KEYS
    },
}


def facts_beside(
    record: Actor | Plan, rows: Iterable[Responsibility], relations: Iterable[Relation]
) -> list[Fact]:
    """What the page says in words: these responsibilities, and the keys of either side."""
    told = [
        Fact(row.actor, Role(row.role), row.subject, row, [])
        for row in rows
        if row.actor.is_readable and row.subject.is_readable
    ]
    keys = [
        Fact(actor, role, subject, subject, []) for actor, role, subject in _keys(record, relations)
    ]
    return [*told, *keys]


def _keys(record: Actor | Plan, relations: Iterable[Relation]) -> Iterator[tuple]:
    for name, other in relations:
        if isinstance(record, Actor) and name in OF_AN_ACTOR:
            yield record, OF_AN_ACTOR[name], other
        elif isinstance(record, Plan) and name == "owners":
            yield other, Role.DRAWS_UP, record
