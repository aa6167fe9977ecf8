"""The contents of a long page: its own sections, read off what was rendered.

So a section is written once, where it stands, and one that a page leaves out is not listed.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html

SECTIONS_FROM = 4
WORDS_FROM = 350  # about a sheet of paper
PLACE = format_html("<!-- {} -->", "contents")
# Pages are our own: names in small letters, values between double quotes.
TAG = re.compile(r'<(?:!--.*?--|/?[a-z][^>"]*(?:"[^"]*"[^>"]*)*)>', re.DOTALL)
STANDS = re.compile(r'section(?:__label)?[\s"]')
OPENS = re.compile(r'<(\w+)([^<>]*\bclass="(?:[^"]*\s)?section(?:__label)?[\s"][^<>]*)>')
GIVEN = re.compile(r'([\w-]+)="([^"]*)"')

register = template.Library()


class Section(NamedTuple):
    anchor: str
    label: str
    lang: str | None


class WithContents(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        with context.push(contents=PLACE):
            page = self.nodelist.render(context)
        return page.replace(PLACE, contents_of(page, context), 1) if PLACE in page else page


def contents_of(page: str, context: Context) -> str:
    """The list of its sections; nothing where there is little to leap over."""
    sections = list(sections_of(page))
    if len(sections) < SECTIONS_FROM or words_of(page) < WORDS_FROM:
        return ""
    shown = context.template.engine.get_template("includes/_on_this_page.html")
    return shown.render(context.new({"sections": sections}))


def sections_of(page: str) -> Iterator[Section]:
    """Each ``section__label`` that an anchor leads to: that of its section, or its own."""
    anchor = None
    for opens in _openings(page):
        given = _given(opens[2])
        classes = given["class"].split()
        if "section" in classes:
            anchor = given.get("id")
        if "section__label" in classes and (leads_to := anchor or given.get("id")):
            label = page[opens.end() : page.index(f"</{opens[1]}>", opens.end())]
            lang = _given(label).get("lang") or given.get("lang")
            yield Section(leads_to, unescape(TAG.sub("", label)), lang)


def _openings(page: str) -> Iterator[re.Match]:
    """Found by the word first: to try every tag of a page takes fifteen times as long."""
    stands = (page.rfind("<", 0, found.start()) for found in STANDS.finditer(page))
    return filter(None, (OPENS.match(page, at) for at in dict.fromkeys(stands)))


def _given(attributes: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in GIVEN.findall(attributes)}


def words_of(page: str) -> int:
    return len(unescape(" ".join(TAG.split(page))).split())


@register.tag
def with_contents(parser: Parser, token: Token) -> WithContents:
    """Around a page: where it writes ``{{ contents }}``, a long one lists its sections."""
    nodelist = parser.parse(["end_with_contents"])
    parser.delete_first_token()
    return WithContents(nodelist)
