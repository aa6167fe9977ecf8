"""Rows of who does what, as a reader wants them: said once, with everyone it is said of."""

from collections.abc import Iterable
from typing import NamedTuple

from django import template

from actors.models import Actor
from policies.enums import Role
from policies.responsibilities import Responsibility
from portal.languages.texts import text

register = template.Library()


class Shared(NamedTuple):
    """What several actors do in the same words; ``row`` is the first of theirs."""

    actors: list[Actor]
    row: Responsibility

    @property
    def verb(self) -> str:
        several = len(self.actors) > 1 or self.actors[0].is_plural
        return Role(self.row.role).verb(plural=several)


@register.filter
def shared(rows: Iterable[Responsibility]) -> list[Shared]:
    """One entry for each role and sentence, in the order of the first that says it."""
    found: dict[tuple, Shared] = {}
    for row in rows:
        if row.actor.is_readable:
            said = (row.role, text(row, "sentence"), row.added_reference, row.sources)
            found.setdefault(said, Shared([], row)).actors.append(row.actor)
    return list(found.values())
