"""Prose: a small part of Markdown (paragraphs, lists, links, emphasis), and nothing else.

HTML is off in the parser and sanitised after it, so that neither alone has to be right.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.languages.typography import SEAM, typeset

TAGS = {"p", "ul", "ol", "li", "a", "em", "strong"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "*": set()}  # nh3 adds title and lang otherwise
PERMANENT = re.compile(r"/id/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.ASCII)

subset = MarkdownIt("zero").enable(["list", "link", "emphasis", "escape", "entity", "newline"])
subset.validateLink = lambda address: True  # every address is judged by ``is_allowed`` below


def is_allowed(address: str) -> bool:
    """What a prose may link to: a permanent address of ours, or one elsewhere."""
    return bool(PERMANENT.fullmatch(address)) or is_elsewhere(address)


def is_elsewhere(address: str) -> bool:
    """https with a plain host and no user part; nothing relative, nothing that runs."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(HOST.fullmatch(parts.netloc)) and not _odd(address)


def _odd(address: str) -> bool:
    return any(c.isspace() or ord(c) < 0x21 or c == "\\" for c in address)


def linked_uuids(text: str | None) -> set[UUID]:
    """The records that a prose links to."""
    if "[" not in (text or ""):  # most have no link, and are not read for one in every language
        return set()
    found = (PERMANENT.fullmatch(address) for address in addresses_in(text or ""))
    return {UUID(match[1]) for match in found if match}


@lru_cache(maxsize=32)  # a page asks a text where it leads before it shows it
def _parsed(text: str) -> tuple[Token, ...]:
    """To be read; whoever changes a token changes a copy."""
    return tuple(subset.parse(text))


def addresses_in(text: str) -> list[str]:
    """Every link target of a prose, in order."""
    tokens = (child for token in _parsed(text) for child in token.children or [])
    return [token.attrs["href"] for token in tokens if token.type == "link_open"]


def validate_prose(text: str) -> None:
    """Raises ValidationError naming the first address that a page may not link to."""
    for address in addresses_in(text):
        if not is_allowed(address):
            raise ValidationError(
                _("“%(address)s” cannot be linked. Use https:// or a permanent address /id/…/."),
                params={"address": address},
                code="address",
            )


@lru_cache(maxsize=256)  # the meaning of a term stands below every text that uses it
def plain(text: str) -> str:
    """The words alone: no link, no emphasis, paragraphs and items run on."""
    lines = (token.children for token in _parsed(text) if token.children)
    return " ".join("".join(_words(child) for child in line) for line in lines)


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content.replace(SEAM, "")


class Vocabulary(Protocol):
    def pass_over(self, words: str, lang: str) -> None:
        """These words are a link already."""

    def pieces(self, text: str, lang: str) -> list[tuple[str, str]]:
        """The text cut where a term stands: each piece, and the address it leads to or “”."""


def render(
    text: str,
    lang: str,
    address_of: Mapping[UUID, str] | None = None,
    terms: Vocabulary | None = None,
) -> SafeString:
    """The prose as safe HTML, typeset in its language.

    Permanent links lead to ``address_of``, and the first use of each of ``terms`` to its entry.
    """
    tokens = [
        token.copy(children=_line(token.children, lang, address_of or {}, terms))
        if token.children
        else token
        for token in _parsed(text)
    ]
    html = subset.renderer.render(tokens, subset.options, {})
    # nh3 lets through only the tags and attributes above: that is what makes this safe.
    return mark_safe(
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="noopener noreferrer")
    )


def _line(
    children: list[Token],
    lang: str,
    address_of: Mapping[UUID, str],
    terms: Vocabulary | None,
) -> list[Token]:
    line = [_led(child, address_of) for child in children]
    return _typeset_inline(_with_terms(line, lang, terms) if terms else line, lang)


def _led(child: Token, address_of: Mapping[UUID, str]) -> Token:
    if child.type != "link_open":
        return child
    return _opening(_target(child.attrs["href"], address_of))


def _typeset_inline(children: list[Token], lang: str) -> list[Token]:
    """A line is typeset whole, so that a mark after a link finds the word before it."""
    texts = [child.content.replace(SEAM, "") for child in children if child.type == "text"]
    if not texts:
        return children
    typeset_texts = iter(typeset(SEAM.join(texts), lang, soft_hyphens=True).split(SEAM))
    return [
        _plain_text(next(typeset_texts)) if child.type == "text" else child for child in children
    ]


def _with_terms(children: list[Token], lang: str, terms: Vocabulary) -> list[Token]:
    """Terms are looked for in plain words: not in a link, nor in what stands out like a heading."""
    found, within = [], {"a": 0, "strong": 0}
    for child in children:
        if child.tag in within:
            within[child.tag] += child.nesting
        if child.type == "text" and not any(within.values()):
            for words, address in terms.pieces(child.content, lang):
                found += _linked(words, address)
            continue
        if within["a"]:
            terms.pass_over(child.content, lang)
        found.append(child)
    return found


def _linked(words: str, address: str) -> list[Token]:
    text = _plain_text(words)
    return [_opening(address), text, Token("link_close", "a", -1)] if address else [text]


def _plain_text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _opening(address: str) -> Token:
    return Token("link_open", "a", 1, attrs={"href": address})


def _target(address: str, address_of: Mapping[UUID, str]) -> str:
    if found := PERMANENT.fullmatch(address):
        return address_of.get(UUID(found[1]), address)
    return address if is_allowed(address) else "#"
