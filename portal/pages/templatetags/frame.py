"""What stands around every page: the same for all of one language but for “you are here”."""

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token

from portal.languages.texts import active
from portal.records.reads import once_a_state, state_read

register = template.Library()


class PartOfTheFrame(template.Node):
    """Rendered once for each place of the frame, for as long as nothing is published."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        if not state_read():
            return self.nodelist.render(context)
        known, key = _parts(), (self.name, active(), context["frame"].place)
        if key in known:
            return known[key]
        part = self.nodelist.render(context)
        if context["frame"].is_complete:
            known[key] = part
        return part


@once_a_state
def _parts() -> dict[tuple, str]:
    """Those that were rendered so far."""
    return {}


@register.tag
def part_of_the_frame(parser: Parser, token: Token) -> PartOfTheFrame:
    """Around what names nothing but ``frame``, settings and words of the interface."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(["end_part_of_the_frame"])
    parser.delete_first_token()
    return PartOfTheFrame(name, nodelist)
