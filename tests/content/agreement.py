"""What the site says of its languages, output by output, beside what the content files say.

An output is a pair: what is said there, and what the files want said. A new one (a feed, the
record as data) joins by standing in ``OUTPUTS``; nothing else changes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

from django.conf import settings
from django.test import Client

from tests.content.as_written import LANGUAGES, Files, Readable, lists

SITEMAP = "/sitemap.xml"
SEARCH = "the search index"
OF_LANGUAGES = {"missing", "stale", "unreviewed"}  # the notices that speak of a language
XML = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


class Said(NamedTuple):
    """A place of the site says that something can be read in a language, and at which address."""

    place: str
    language: str
    address: str


class Tag(NamedTuple):
    part: str  # “switcher”, “notice”, or nothing
    name: str
    given: dict[str, str | None]


@dataclass
class Page(HTMLParser):
    """A page as far as it speaks of languages: its tags, each with the part that it stands in."""

    address: str
    html: str = field(repr=False)
    tags: list[Tag] = field(default_factory=list, repr=False)
    part: str = ""
    ends: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if "data-languages" in given:
            self.part, self.ends = "switcher", tag
        elif given.get("data-notice") == "missing":
            self.part, self.ends = "notice", tag
        self.tags.append(Tag(self.part, tag, given))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.ends:
            self.part = self.ends = ""

    def all(self, name: str, part: str = "", /, **wanted: str) -> list[dict]:
        return [
            tag.given
            for tag in self.tags
            if (tag.part, tag.name) == (part, name)
            and all(tag.given.get(key) == value for key, value in wanted.items())
        ]

    @property
    def notices(self) -> list[str]:
        said = [tag.given.get("data-notice") for tag in self.tags]
        return [notice for notice in said if notice in OF_LANGUAGES]

    @property
    def language(self) -> str:
        return self.address.split("/")[1]


@dataclass
class Site:
    """What was read of a site, and what the files want it to say."""

    pages: list[Page]
    sitemap: str
    files: Files
    wanted: list[Readable]  # what has its pages among ``pages``
    leads: dict[tuple[str, str], str] = field(default_factory=dict)  # uuid and language asked
    entries: list[tuple[str, str]] = field(default_factory=list)  # of the search: the same


def asked(files: Files) -> Iterator[tuple[Readable, str]]:
    """Every record, in every language where it lacks one; a whole one in each language in turn."""
    for place, record in enumerate(files.records.values()):
        turn = LANGUAGES[place % len(LANGUAGES)]
        yield from ((record, code) for code in (LANGUAGES if record.missing else [turn]))


def led_to(client: Client, files: Files) -> dict[tuple[str, str], str]:
    """Where the permanent address of a record leads a reader of a language."""
    return {
        (record.uuid, code): client.get(
            f"/id/{record.uuid}/", headers={"Accept-Language": code}
        ).get("Location")
        for record, code in asked(files)
    }


def path_of(absolute: str) -> str:
    """An address in the head of a page or in the sitemap is absolute; another is kept as found."""
    ours = absolute.startswith(f"{settings.PORTAL_ORIGIN}/")
    return absolute.removeprefix(settings.PORTAL_ORIGIN) if ours else f"not absolute: {absolute}"


def switchers(site: Site, *, missing: bool = False) -> Iterator[Said]:
    """The entry of the page's own language is no link."""
    for page in site.pages:
        own = page.all("span", "switcher", **{"aria-current": "true"})
        for given in [*page.all("a", "switcher"), *own]:
            if ("data-missing" in given) == missing:
                named = {given["lang"], given.get("hreflang", given["lang"])}
                yield Said(page.address, "/".join(sorted(named)), given.get("href", page.address))


def missing_in_switchers(site: Site) -> Iterator[Said]:
    return switchers(site, missing=True)


def alternates(site: Site) -> Iterator[Said]:
    for page in site.pages:
        for given in page.all("link", rel="alternate"):
            if "hreflang" in given:
                yield Said(page.address, given["hreflang"], path_of(given["href"]))


def canonicals(site: Site) -> Iterator[Said]:
    for page in site.pages:
        for given in page.all("link", rel="canonical"):
            yield Said(page.address, page.language, path_of(given["href"]))


def indexed(site: Site) -> Iterator[Said]:
    """Pages that search engines may list: the meta tag for robots forbids, or is not there."""
    for page in site.pages:
        if page.all("meta", name="robots") != [{"name": "robots", "content": "noindex"}]:
            yield Said(page.address, page.language, page.address)


def without_notice(site: Site) -> Iterator[Said]:
    """Pages that say of no language that it is missing, stale or unreviewed."""
    for page in site.pages:
        if page.notices != ["missing"]:
            yield Said(page.address, ",".join([page.language, *page.notices]), page.address)


def named_in_notices(site: Site) -> Iterator[Said]:
    for page in site.pages:
        for given in page.all("a", "notice"):
            yield Said(page.address, given["hreflang"], given["href"])


def in_the_sitemap(site: Site) -> Iterator[Said]:
    for location in ElementTree.fromstring(site.sitemap).iterfind("map:url/map:loc", XML):
        address = path_of(location.text)
        yield Said(SITEMAP, address.split("/")[1], address)


def alternates_in_the_sitemap(site: Site) -> Iterator[Said]:
    for entry in ElementTree.fromstring(site.sitemap).iterfind("map:url", XML):
        place = path_of(entry.findtext("map:loc", namespaces=XML))
        for link in entry.iterfind("xhtml:link", XML):
            yield Said(place, link.get("hreflang"), path_of(link.get("href")))


def permanent_addresses(site: Site) -> Iterator[Said]:
    for (uuid, code), address in site.leads.items():
        yield Said(f"/id/{uuid}/", code, address)


def in_the_search(site: Site) -> Iterator[Said]:
    for uuid, code in site.entries:
        yield Said(SEARCH, code, uuid)


def on_every_page(site: Site, of: Callable[[Readable], dict[str, str]]) -> Iterator[Said]:
    for each in site.wanted:
        for place in each.addresses.values():
            yield from (Said(place, code, address) for code, address in of(each).items())


def languages_there(site: Site) -> Iterator[Said]:
    return on_every_page(site, lambda each: each.there)


def languages_missing(site: Site) -> Iterator[Said]:
    return on_every_page(site, lambda each: each.missing)


def languages_there_and_the_choice(site: Site) -> Iterator[Said]:
    return on_every_page(site, lambda each: {**each.there, "x-default": "/"})


def itself_or_the_original(site: Site) -> Iterator[Said]:
    for each in site.wanted:
        for code, place in each.addresses.items():
            yield Said(place, code, each.there.get(code, each.original))


def pages_that_are_there(site: Site) -> Iterator[Said]:
    for each in site.wanted:
        yield from (Said(place, code, place) for code, place in each.there.items())


def languages_there_where_one_is_missing(site: Site) -> Iterator[Said]:
    for each in site.wanted:
        for place in each.missing.values():
            yield from (Said(place, code, address) for code, address in each.there.items())


def every_page_that_is_there(site: Site) -> Iterator[Said]:
    for each in [*lists(), *site.files.pages]:
        yield from (Said(SITEMAP, code, address) for code, address in each.there.items())


def every_page_and_its_counterparts(site: Site) -> Iterator[Said]:
    for each in [*lists(), *site.files.pages]:
        for place in each.there.values():
            yield from (Said(place, code, address) for code, address in each.there.items())


def the_language_asked_or_the_original(site: Site) -> Iterator[Said]:
    for each, code in asked(site.files):
        yield Said(f"/id/{each.uuid}/", code, each.there.get(code, each.original))


def every_text(site: Site) -> Iterator[Said]:
    """Of an edition nothing is written but its file."""
    for name, each in site.files.records.items():
        if each.kind != "edition":
            yield from (Said(SEARCH, code, each.uuid) for code in site.files.languages_of(name))


Telling = Callable[[Site], Iterable[Said]]
# What the pages and the sitemap say; a permanent address has to be asked.
OF_PAGES: dict[str, tuple[Telling, Telling]] = {
    "switcher": (switchers, languages_there),
    "switcher, data-missing": (missing_in_switchers, languages_missing),
    "hreflang": (alternates, languages_there_and_the_choice),
    "canonical": (canonicals, itself_or_the_original),
    "robots": (indexed, pages_that_are_there),
    "notice": (without_notice, pages_that_are_there),
    "links of the notice": (named_in_notices, languages_there_where_one_is_missing),
    "sitemap": (in_the_sitemap, every_page_that_is_there),
    "alternates of the sitemap": (alternates_in_the_sitemap, every_page_and_its_counterparts),
}
OUTPUTS = {
    **OF_PAGES,
    "permanent address": (permanent_addresses, the_language_asked_or_the_original),
    "search": (in_the_search, every_text),
}


def disagreements(output: str, site: Site) -> dict[str, list[Said]]:
    """What an output says that the files do not, and what it does not say; nothing said twice."""
    telling, wanting = OUTPUTS[output]
    said, wanted = Counter(telling(site)), Counter(wanting(site))
    found = {"wrong": sorted(said - wanted), "left out": sorted(wanted - said)}
    return {name: those for name, those in found.items() if those}


def names(site: Site) -> dict[str, tuple]:
    """``{address: (language, kind, identity, version)}`` as the pages name themselves."""
    found = {}
    for page in site.pages:
        (html,), (main,) = page.all("html"), page.all("main")
        record = [main.get(f"data-{name}") for name in ("kind", "record", "version")]
        found[page.address] = (html["lang"], *record)
    return found


def wanted_names(site: Site) -> dict[str, tuple]:
    """Freshly loaded, every record is in its first version; a list names no record."""
    return {
        place: (code, *((each.kind, each.uuid, "1") if each.uuid else (None,) * 3))
        for each in site.wanted
        for code, place in each.addresses.items()
    }
