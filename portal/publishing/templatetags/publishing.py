"""What the public log says, for the page of a record."""

from django import template

from portal.languages.texts import text
from portal.publishing.changes import Withdrawal, withdrawal_of
from portal.publishing.standing import is_unreviewed_in
from portal.records.models import Record
from portal.records.reads import note_told

register = template.Library()


@register.simple_tag
def withdrawal(record: Record) -> Withdrawal | None:
    """When and why it was withdrawn, and what stands in its place."""
    return withdrawal_of(record)


@register.simple_tag
def unreviewed_here(record: Record) -> bool:
    """Whether the text that this reader gets was published without a second person.

    It is told again without a publication, so the page depends on this record.
    """
    note_told(record.pk)
    if not (record.unreviewed and record.version):
        return record.unreviewed
    return is_unreviewed_in(record, text(record, record.headline).lang)
