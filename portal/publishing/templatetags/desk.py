"""What every screen of the desk has, and its first page."""

from django import template
from django.http import HttpRequest
from django.urls import reverse

from portal.publishing import schedule
from portal.publishing.help import name_of_help
from portal.publishing.waiting import Entry, waiting_for
from portal.staff.models import Account

register = template.Library()


@register.simple_tag
def waiting(account: Account) -> list[tuple[str, list[Entry]]]:
    return waiting_for(account)


@register.simple_tag
def schedule_is_kept() -> bool:
    return schedule.is_kept()


@register.simple_tag
def help_address(request: HttpRequest) -> str:
    """The page of help for this screen, and for what this person does on it."""
    return reverse("help", args=[name_of_help(request)])
