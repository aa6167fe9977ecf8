"""A page of who does what with something of everything on it, and where it stands."""

from actors.enums import Level
from actors.models import Actor
from policies.enums import Role
from policies.models import Objective, Plan, Responsibility
from portal.languages.alternates import route_in
from tests.factories import published

PAGE = route_in("who-does-what", "en")
PICTURE = route_in("who-does-what-picture", "en")
TABLE = route_in("who-does-what-table", "en")


def fill() -> dict:
    """Eight responsibilities: six federal ones, a local one for a purpose, one of a Region."""
    purpose = published(Objective)
    for role in (Role.COORDINATES, Role.SETS, Role.MONITORS, Role.REPORTS, Role.INFORMS):
        published(Responsibility, role=role)
    published(Responsibility, role=Role.COORDINATES, plan=published(Plan, objectives=[purpose]))
    local = published(Actor, level=Level.LOCAL)
    published(Responsibility, actor=local, role=Role.SETS, objective=purpose, plan=None)
    region = published(Actor, level=Level.REGIONS_AND_COMMUNITIES)
    published(Responsibility, actor=region, role=Role.TAKES_PART)
    return {"purpose": purpose, "local": local}
