"""The first page of the desk."""

from django import template

from portal.publishing import schedule
from portal.publishing.waiting import Entry, waiting_for
from portal.staff.models import Account

register = template.Library()


@register.simple_tag
def waiting(account: Account) -> list[tuple[str, list[Entry]]]:
    return waiting_for(account)


@register.simple_tag
def schedule_is_kept() -> bool:
    return schedule.is_kept()
