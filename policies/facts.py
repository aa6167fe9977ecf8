"""Who does what, of the whole framework: every published fact of an actor, a role and a subject.

Most are responsibilities. The others are what a key of a record says by itself: who drew up a
plan, who coordinates what Belgium does in an organisation, who adopted a text, who announced
measures. Which body another one is part of, who published a document and which plans go
together are not among them: none of these says that an actor does something for a subject.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from actors.enums import Level
from actors.models import Actor, Membership
from policies.enums import Decision, Role
from policies.models import Instrument, MeasurePackage, Objective, Plan
from policies.responsibilities import OF_ANY_RECORD, SUBJECTS, Responsibility, shown_of
from portal.languages.sorting import sort_key
from portal.languages.texts import columns
from portal.records.models import PageRecord, Record, State
from portal.records.reads import key_of_kind, note
from portal.records.references import link_columns

LEVELS = [level.value for level in Level]
ROLES = [each.value for each in (*Role, *Decision)]
KEYS = (
    (Membership, "coordinator", Role.COORDINATES),
    (Instrument, "adopted_by", Decision.ADOPTED),
    (MeasurePackage, "announced_by", Decision.ANNOUNCED),
)

Purposes = dict[UUID, list[Objective]]


class Fact(NamedTuple):
    """``stated_by`` is the record that says it: a responsibility, or the subject with its key."""

    actor: Actor
    role: Role | Decision
    subject: PageRecord
    stated_by: Record
    purposes: list[Objective]

    @property
    def key(self) -> tuple[UUID, str, UUID]:
        return self.actor.pk, self.role.value, self.subject.pk

    @property
    def verb(self) -> str:
        return self.role.verb(plural=self.actor.is_plural)

    @property
    def is_in_words(self) -> bool:
        """Whether somebody wrote a sentence for it."""
        return isinstance(self.stated_by, Responsibility)

    @property
    def published(self) -> datetime:
        """When the newest of what it shows became public."""
        return max(each.changed for each in (self.actor, self.subject, self.stated_by))


def told_in_facts() -> set[type[Record]]:
    """The kinds whose records a fact may show."""
    subjects = (Responsibility._meta.get_field(name).related_model for name in SUBJECTS)
    return {Responsibility, Actor, Plan, Objective, *subjects, *(kind for kind, *_rest in KEYS)}


def facts(known: list[Objective]) -> list[Fact]:
    """By level, then by actor in editorial order; each with those of the ``known`` purposes.

    What a key says is left out where a responsibility says it too.
    """
    purposes = _purposes(known)
    told = [
        Fact(row.actor, Role(row.role), row.subject, row, purposes.get(row.subject.pk, []))
        for row in _responsibilities()
    ]
    keys = [
        Fact(actor, role, subject, subject, purposes.get(subject.pk, []))
        for actor, role, subject in _said_by_keys()
    ]
    said = {fact.key for fact in told}
    return sorted([*told, *(fact for fact in keys if fact.key not in said)], key=_place)


def _purposes(known: list[Objective]) -> Purposes:
    """A purpose serves itself, a plan those that it names; no other record names any."""
    note(key_of_kind(Plan))
    rows = Plan.objectives.through.objects.filter(plan__state=State.PUBLISHED)
    named = set(rows.values_list("plan", "objective"))
    found: Purposes = {each.pk: [each] for each in known}
    for each in known:
        for plan in {plan for plan, objective in named if objective == each.pk}:
            found.setdefault(plan, []).append(each)
    return found


def objectives() -> list[Objective]:
    """The published purposes in their order."""
    return list(Objective.objects.published().for_list().only(*link_columns()))


def _responsibilities() -> Iterator[Responsibility]:
    rows = Responsibility.objects.published().filter(actor__state=State.PUBLISHED)
    own = ["state", "role", "source_language", *OF_ANY_RECORD, *columns("sentence")]
    return (row for row in rows.with_its_records(*own) if row.subject.state == State.PUBLISHED)


def _said_by_keys() -> Iterator[tuple[Actor, Role | Decision, PageRecord]]:
    for row in _owners():
        yield row.actor, Role.DRAWS_UP, row.plan
    for kind, name, role in KEYS:
        rows = kind.objects.published().filter(**{f"{name}__state": State.PUBLISHED})
        columns_shown = [name, *shown_of(kind), *shown_of(Actor, f"{name}__")]
        for row in rows.select_related(name).only(*columns_shown):
            yield getattr(row, name), role, row


def _owners() -> Iterable:
    note(key_of_kind(Plan), key_of_kind(Actor))
    rows = Plan.owners.through.objects.filter(
        plan__state=State.PUBLISHED, actor__state=State.PUBLISHED
    )
    linked = [*shown_of(Plan, "plan__"), *shown_of(Actor, "actor__")]
    return rows.select_related("plan", "actor").only("plan", "actor", *linked)


def _place(fact: Fact) -> tuple:
    actor, subject = fact.actor, fact.subject
    return (
        LEVELS.index(actor.level),
        *(actor.position, sort_key(str(actor)), str(actor.pk)),
        ROLES.index(fact.role),
        *(subject.position, sort_key(str(subject)), str(fact.stated_by.pk)),
    )
