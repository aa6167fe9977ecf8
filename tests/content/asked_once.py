"""The whole site with the founding content, asked once for all the tests that read it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from urllib.parse import urldefrag
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from policies.models import Document, Edition, Plan
from portal.content.loading import load
from portal.languages.texts import codes, column
from portal.pages.models import Term
from portal.records.kinds import kinds, page_kinds
from portal.records.models import PageRecord
from portal.records.order import NAME_KEY
from tests.content.whole_site import ReadPage, as_read, every_address
from tests.factories import published, withdrawn


@dataclass(frozen=True)
class Answer:
    """What came of asking for an address, in the end, and how many queries it took."""

    address: str
    status_code: int
    redirected: bool
    headers: dict[str, str]
    content: bytes
    queries: int

    @cached_property
    def read(self) -> ReadPage:
        return as_read(self.address, self.content)

    @property
    def page(self) -> ReadPage:
        assert (self.status_code, self.redirected) == (200, False), self.address
        return self.read

    @property
    def links(self) -> list[str]:
        """To addresses of this site, or to places on the page."""
        if self.status_code != 200 or not self._is_page:
            return []
        every = self.read.links | self.read.relations
        return sorted(link for link in every if link.startswith(("/", "#")))

    @property
    def places(self) -> set[str]:
        return self.read.places if self._is_page else set()

    @property
    def _is_page(self) -> bool:
        return self.headers["Content-Type"].startswith("text/html")


def ask(client: Client, address: str) -> Answer:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, follow=True)
    content = answer.getvalue()  # read to its end, as a browser does
    headers, redirected = dict(answer.headers), bool(answer.redirect_chain)
    return Answer(address, answer.status_code, redirected, headers, content, len(queries))


def crawl(ask: Callable[[str], Answer], start: str, *, past: list[str]) -> dict[str, Answer]:
    """Every page that links lead to.

    Every record has a past of the same few forms; only those in ``past`` are visited.
    """
    reached: dict[str, Answer] = {}
    wanted = [start]
    while wanted:
        if (address := wanted.pop()) not in reached:
            reached[address] = ask(address)
            wanted += [to for to, _place in followed(reached[address], past)]
    return reached


def followed(answer: Answer, past: list[str]) -> list[tuple[str, str]]:
    """The address and the place that each link of a page leads to."""
    links = [each for each in answer.links if "/versions/" not in each or _below(each, past)]
    return [(urldefrag(link).url or answer.address, urldefrag(link).fragment) for link in links]


def _below(address: str, places: list[str]) -> bool:
    return address.startswith(tuple(places))


@dataclass
class WholeSite:
    """``records`` are the pages of what is published, by language. ``shown_at`` says where a
    record is found, ``in_sitemap`` how many pages of records the sitemap has to name. ``in_order``
    has the position and name of each record of a kind as the database orders them. What stands
    ``beside`` the founding content is left out of ``sitemap``.
    """

    every_address: list[str]
    in_sitemap: int
    records: dict[str, list[str]]
    shown_at: dict[tuple[UUID, str], str]
    in_order: dict[tuple[str, str], list[tuple[int, str]]]
    past: list[str]
    beside: set[str]
    sitemap: str
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def every_page(self) -> list[ReadPage]:
        return [self.answers[address].page for address in self.every_address]


def ask_the_whole_site(client: Client) -> WholeSite:
    """Whatever links lead to, the sitemap names, or is the page of a record in any language."""
    load()
    founded = _readable()
    _beside_the_content()
    beside = {each.address(code) for each in _readable() - founded for code in codes()}
    site = _to_be_asked(client, beside)

    def once(address: str) -> Answer:
        if address not in site.answers:
            site.answers[address] = ask(client, address)
        return site.answers[address]

    crawl(once, "/", past=site.past)
    for address in [*site.every_address, *chain(*site.records.values())]:
        once(address)
    return site


def _readable() -> set[PageRecord]:
    return {record for kind in page_kinds() for record in kind.objects.readable()}


def _beside_the_content() -> None:
    """What it lacks: a page in one language, withdrawn ones that others link, and a file."""
    term, document = withdrawn(Term), published(Document)
    published(Edition, document=document, file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    Document.objects.filter(pk=document.pk).update(state="withdrawn")
    for each in (term, document):
        published(Plan, body=dict.fromkeys(codes(), f"[x]({each.permanent})"))
    published(Plan, languages=["nl"])
    withdrawn(Plan)


def _to_be_asked(client: Client, beside: set[str]) -> WholeSite:
    every = [record for kind in kinds() for record in kind.objects.published()]
    shown = [record for kind in page_kinds() for record in kind.objects.published()]
    first = [kind.objects.published().order_by("position", "pk").first() for kind in page_kinds()]
    return WholeSite(
        every_address=every_address(client),
        in_sitemap=sum(len(record.languages) for record in shown),
        records={code: [record.address(code) for record in shown] for code in codes()},
        shown_at={(record.pk, code): record.shown_at(code) for record in every for code in codes()},
        in_order={
            (kind.kind(), code): _in_order(kind, code) for kind in page_kinds() for code in codes()
        },
        past=[record.history_at(code) for record in first if record for code in codes()],
        beside=beside,
        sitemap=_without(beside, client.get("/sitemap.xml").content.decode()),
    )


def _in_order(kind: type[PageRecord], code: str) -> list[tuple[int, str]]:
    with override(code):
        rows = kind.objects.published().order_by("position", column(NAME_KEY, code))
        return [(record.position, str(record)) for record in rows]


def _without(addresses: set[str], sitemap: str) -> str:
    """The sitemap without the entries of these."""
    entries = re.findall(r"<url>.*?</url>", sitemap, re.DOTALL)
    for entry in entries:
        located = re.search(r"<loc>([^<]+)</loc>", entry)[1]
        if located.removeprefix(settings.PORTAL_ORIGIN) in addresses:
            sitemap = sitemap.replace(entry, "")
    return sitemap
