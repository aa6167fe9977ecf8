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
    """``lines`` of the main part, one a block, without what another of our languages says;
    ``words`` of the main part, all of them. ``links`` are what a reader follows, ``relations``
    what a program does, and ``places`` what a fragment may name.
    """

    address: str
    language: str
    lines: list[str]
    words: str
    links: set[str]
    relations: set[str]
    places: set[str]


@dataclass
class _Reader(HTMLParser):
    """Fast enough for hundreds of pages; tests/browser/ sees to it that they are valid HTML."""

    open: list[tuple[str, str]] = field(default_factory=list)  # tag, language
    words: list[str] = field(default_factory=list)
    main: list[str] = field(default_factory=list)
    hrefs: dict[str, set[str]] = field(default_factory=lambda: {"a": set(), "link": set()})
    places: set[str] = field(default_factory=set)
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if tag == "html":
            self.language = given["lang"]
        if tag in self.hrefs and given.get("href"):
            self.hrefs[tag].add(given["href"])
        if given.get("id"):
            self.places.add(given["id"])
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
        if "main" not in tags:
            return
        self.main.append(data)
        if not tags & {"script", "style"} and self.open[-1][1] not in {*codes()} - {self.language}:
            self.words.append(re.sub(r"\s+", " ", data))

    def _edge(self, tag: str) -> None:
        if tag not in INLINE:
            self.words.append("\n")


def read_page(client: Client, address: str) -> ReadPage:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return as_read(address, answer.content)


def as_read(address: str, content: bytes) -> ReadPage:
    reader = _Reader()
    reader.feed(content.decode())
    text = as_searched("".join(reader.words))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return ReadPage(
        address,
        reader.language,
        [line for line in lines if line],
        " ".join("".join(reader.main).split()),
        reader.hrefs["a"],
        reader.hrefs["link"],
        reader.places,
    )


def every_address(client: Client) -> list[str]:
    """Of every public page in every language: the language choice, and the sitemap."""
    sitemap = client.get("/sitemap.xml").content.decode()
    located = re.findall(r"<loc>([^<]+)</loc>", sitemap)
    return ["/", *(address.removeprefix(settings.PORTAL_ORIGIN) for address in located)]
