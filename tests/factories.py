"""Test data: the least that each kind needs, in the languages asked for."""

from itertools import count

from actors.enums import ActorKind, Capacity, Level
from actors.models import Actor, Membership, WorkingGroup
from policies.enums import DocumentKind, InstrumentKind, PlanKind, Role
from policies.models import (
    Document,
    Edition,
    Instrument,
    Measure,
    MeasurePackage,
    Objective,
    Plan,
    Responsibility,
)
from portal.languages.texts import codes, set_texts, translated_names
from portal.pages.models import Page, Place, Term
from portal.publishing.publish import publish
from portal.records.models import Record
from tests.kinds.models import Exercise

numbers = count(1)


# What a key needs is made where a test gives none.
NEEDS = {
    Actor: {"body_kind": ActorKind.COUNCIL, "level": Level.FEDERAL},
    Membership: {"organisation": lambda: published(Actor), "capacity": Capacity.MEMBER},
    WorkingGroup: {"membership": lambda: published(Membership)},
    Page: {"place": Place.APPROACH},
    Term: {},
    Objective: {},
    Plan: {"plan_kind": PlanKind.NATIONAL},
    MeasurePackage: {"announced": "2015", "announced_by": lambda: published(Actor)},
    Measure: {"package": lambda: published(MeasurePackage)},
    Instrument: {"instrument_kind": InstrumentKind.STRATEGY},
    Document: {"document_kind": DocumentKind.SUMMARY},
    Edition: {"document": lambda: published(Document), "language": "nl"},
    Responsibility: {
        "actor": lambda: published(Actor),
        "role": Role.COORDINATES,
        "plan": lambda: published(Plan),
    },
    Exercise: {},
}


def draft(kind: type[Record], *, languages: list[str] | None = None, **given) -> Record:
    """A record that is proposed and in no database. Texts by name: ``title={"fr": "…"}``."""
    number = next(numbers)
    languages = codes() if languages is None else languages
    texts = {name: given.pop(name, None) for name in translated_names(kind)}
    sets = {f.name: given.pop(f.name) for f in kind._meta.many_to_many if f.name in given}
    needs = {name: need for name, need in NEEDS[kind].items() if name not in given}
    made = {name: need() if callable(need) else need for name, need in needs.items()}
    record = kind(**made, **given)
    if languages:
        record.source_language = given.get("source_language", languages[0])
    for name, words in texts.items():
        default = (
            {} if name in record.loose_texts else {c: _words(name, number, c) for c in languages}
        )
        set_texts(record, name, words if words is not None else default)
    record.proposed_sets = sets
    return record


def _words(name: str, number: int, code: str) -> str:
    return f"{name}-{number}-{code}" if name == "slug" else f"{name.title()} {number} {code}"


def published(kind: type[Record], **given) -> Record:
    """A record that went through the door, as everything public does."""
    record = draft(kind, **given)
    publish([record], by=None, notes={})
    return kind.objects.get(pk=record.pk)


def unpublished(kind: type[Record], **given) -> Record:
    """A saved row that neither public door shows."""
    record = draft(kind, **given)
    record.save()
    return record


def withdrawn(kind: type[Record], **given) -> Record:
    record = published(kind, **given)
    kind.objects.filter(pk=record.pk).update(state="withdrawn")
    return kind.objects.get(pk=record.pk)
