"""The contents of a long page: its own sections, read off what was rendered.

So a section is written once, where it stands, and one that a page leaves out is not listed.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html

SECTIONS_FROM = 4
WORDS_FROM = 350  # about a sheet of paper
PLACE = format_html("<!-- {} -->", "contents")

register = template.Library()


@dataclass
class Section:
    anchor: str
    label: str = ""
    lang: str | None = None


@dataclass
class _Reader(HTMLParser):
    """Notes each ``section__label`` that an anchor leads to, and counts the words of all."""

    sections: list[Section] = field(default_factory=list)
    words: int = 0
    anchor: str | None = None
    label_tag: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @property
    def is_long(self) -> bool:
        return len(self.sections) >= SECTIONS_FROM and self.words >= WORDS_FROM

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        if "section" in classes:
            self.anchor = given.get("id")
        if self.label_tag:
            self.sections[-1].lang = given.get("lang") or self.sections[-1].lang
        elif "section__label" in classes and (anchor := self.anchor or given.get("id")):
            self.sections.append(Section(anchor, lang=given.get("lang")))
            self.label_tag = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.label_tag:
            self.label_tag = ""

    def handle_data(self, data: str) -> None:
        self.words += len(data.split())
        if self.label_tag:
            self.sections[-1].label += data


class WithContents(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        with context.push(contents=PLACE):
            page = self.nodelist.render(context)
        return page.replace(PLACE, contents_of(page, context), 1) if PLACE in page else page


def contents_of(page: str, context: Context) -> str:
    """The list of its sections; nothing where there is little to leap over."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if not reader.is_long:
        return ""
    shown = context.template.engine.get_template("includes/_on_this_page.html")
    return shown.render(context.new({"sections": reader.sections}))


@register.tag
def with_contents(parser: Parser, token: Token) -> WithContents:
    """Around a page: where it writes ``{{ contents }}``, a long one lists its sections."""
    nodelist = parser.parse(["end_with_contents"])
    parser.delete_first_token()
    return WithContents(nodelist)
