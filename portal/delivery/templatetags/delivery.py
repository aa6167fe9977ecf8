"""What the desk has to know of the kept pages."""

from django import template

from portal.delivery.changes import left_behind

register = template.Library()


@register.simple_tag
def pages_left_behind() -> str:
    """Why readers may still be given pages from before a publication; empty where they are not."""
    return left_behind()
