"""What can still be translated, and into what: asked before a text is written, held or taken."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.publishing.drafts import newest
from portal.publishing.reading import content_in
from portal.publishing.turns import Refused
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.translation.freshness import Content


def held(record: UUID) -> tuple[Record, Content]:
    """The row, locked, and what its newest draft says. Raises Refused for what changes no more."""
    last = newest(record)
    if last is None:
        raise Refused(_("This record does not exist."))
    row = kind_named(last.kind).objects.select_for_update().get(pk=record)
    last = newest(record)  # read anew: somebody may have saved while we waited
    if row.is_closed or not last.content:
        raise closed()
    return row, content_in(last)


def closed() -> Refused:
    return Refused(_("This text can no longer be translated. Open the record and look."))


def refuse_source(row: Record, contents: Iterable[Content], code: str) -> None:
    """Raises Refused for the language in which one of these was written first."""
    if code in {content["source_language"] for content in contents}:
        raise Refused(
            _("“%(record)s” is written first in %(language)s. Change it in its own form.")
            % {"record": row, "language": name_of(code)}
        )
