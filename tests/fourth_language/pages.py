"""The pages of the site in the new language, of each kind one, or all."""

from portal.languages.alternates import route_in
from portal.records.kinds import kinds, page_kinds
from portal.records.models import PageRecord
from portal.records.timeline import rows, years
from tests.fourth_language.conftest import NEW
from tests.kinds.models import Exercise

FOUNDING_KINDS = [kind for kind in page_kinds() if kind is not Exercise]


def pages_without_record() -> list[str]:
    """Lists and whatever else exists in every language by itself."""
    lists = [f"{kind.kind()}-list" for kind in page_kinds()]
    every_year = [route_in("timeline-year", NEW, year=year) for year in years(rows())]
    alone = [
        route_in(name, NEW) for name in ["timeline", "who-does-what", "glossary", "changes", *lists]
    ]
    return [*alone, *every_year]


def one_of_every_kind() -> list[PageRecord]:
    return [kind.objects.published().first() for kind in FOUNDING_KINDS]


def every_record() -> list[PageRecord]:
    return [record for kind in FOUNDING_KINDS for record in kind.objects.published()]


def entries() -> list:
    """One of every kind that is read on the page of another."""
    found = [kind.objects.published().first() for kind in kinds() if kind not in page_kinds()]
    return [record for record in found if record]
