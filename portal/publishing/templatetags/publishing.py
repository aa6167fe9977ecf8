"""What the public log says, for the page of a record."""

from django import template

from portal.publishing.changes import Withdrawal, withdrawal_of
from portal.records.models import Record

register = template.Library()


@register.simple_tag
def withdrawal(record: Record) -> Withdrawal | None:
    """When and why it was withdrawn, and what stands in its place."""
    return withdrawal_of(record)
