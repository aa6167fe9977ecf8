"""Every public page of the site as a reader has it: its lines in its own language, its links."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.conf import settings
from django.test import Client

from portal.languages.texts import codes
from tests.content.false_statements import as_searched

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "q", "small", "span", "strong", "time"}


@dataclass(frozen=True)
class ReadPage:
    """``lines`` of the main part, one a block, without what another of our languages says."""

    address: str
    language: str
    lines: list[str]
    links: set[str]
    html: str


@dataclass
class _Reader(HTMLParser):
    """Fast enough for hundreds of pages; tests/browser/ sees to it that they are valid HTML."""

    open: list[tuple[str, str]] = field(default_factory=list)  # tag, language
    words: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if tag == "html":
            self.language = given["lang"]
        if tag == "a" and given.get("href"):
            self.links.add(given["href"])
        if tag not in VOID:
            inherited = self.open[-1][1] if self.open else ""
            self.open.append((tag, given.get("lang") or inherited))
        self._edge(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        self._edge(tag)

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _language in self.open}
        read = "main" in tags and not tags & {"script", "style"}
        if read and self.open[-1][1] not in {*codes()} - {self.language}:
            self.words.append(re.sub(r"\s+", " ", data))

    def _edge(self, tag: str) -> None:
        if tag not in INLINE:
            self.words.append("\n")


def read_page(client: Client, address: str) -> ReadPage:
    answer = client.get(address)
    assert answer.status_code == 200, address
    html = answer.content.decode()
    reader = _Reader()
    reader.feed(html)
    text = as_searched("".join(reader.words))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line]
    return ReadPage(address, reader.language, lines, reader.links, html)


def every_address(client: Client) -> list[str]:
    """Of every public page in every language: the language choice, and the sitemap."""
    sitemap = client.get("/sitemap.xml").content.decode()
    located = re.findall(r"<loc>([^<]+)</loc>", sitemap)
    return ["/", *(address.removeprefix(settings.PORTAL_ORIGIN) for address in located)]
