"""A picture beside the words of an actor or a plan, where there is something to see."""

from collections.abc import Iterable
from itertools import chain

from django import template

from actors.models import Actor
from policies.beside import facts_beside
from policies.models import Plan
from policies.picture import MOST_DRAWN, Picture
from policies.responsibilities import Responsibility
from portal.records.references import Relation

register = template.Library()

FEWEST_ENDS = 3  # with one or two the words are quicker


@register.simple_tag
def picture_beside(
    record: Actor | Plan, relations: Iterable[Relation], *rows: Iterable[Responsibility]
) -> Picture | None:
    """What this record and its direct relations do, unless that is too little or too much."""
    facts = facts_beside(record, chain(*(each or [] for each in rows)), relations)
    ends = {each.pk for fact in facts for each in (fact.actor, fact.subject)} - {record.pk}
    return Picture(facts) if len(ends) >= FEWEST_ENDS and len(facts) <= MOST_DRAWN else None
