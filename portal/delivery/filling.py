"""What a copy lacks is made: asked for, taken in, and followed to whatever it links."""

from collections import Counter
from collections.abc import Callable, Iterator

from django.db import Error as DatabaseFault

from portal.delivery.asking import Answer, Site
from portal.delivery.changes import age_of_site
from portal.delivery.former import GONE, MOVED, former_names, link_for, status_in, target_in
from portal.delivery.hands import brought_by_many, hands_for
from portal.delivery.links import SECURITY, address_of, name_at, names_linked
from portal.delivery.page import CODINGS, Headers, Page
from portal.delivery.whole import FORMER, Whole, is_page
from portal.delivery.wsgi import LEFT
from portal.languages.texts import codes
from portal.records.reads import noting, reading

BEGINNING = ("/", "/sitemap.xml", "/robots.txt", SECURITY)
ERRORS = (400, 404, 405, 410, 429, 503)
EVERYWHERE = "all"  # the folder of error pages that speak every language
MOST_FAULTS = 10  # answers from 500 on; then the site fails, and asking on only burdens it
MOST_TIMES = 5  # that a page is asked for before it counts as one that cannot be had


class Filling:
    """``came`` says what each name was answered with; the ``faulty`` are missing still."""

    def __init__(self, copy: Whole, tell: Callable[[int, int], None] = lambda *_counts: None):
        self.copy, self.tell = copy, tell
        self.site = Site(copy)
        self.came: dict[str, int] = {}
        self.late: Counter[str] = Counter()
        self.faulty: set[str] = set()
        self.failed = False

    def begin(self) -> None:
        self.copy.want(beginning())

    def go_on(self) -> None:
        """Until nothing is missing, or the site fails. What a publication takes out comes again."""
        while names := [name for name in self.copy.missing() if name not in self.faulty]:
            for count, (name, status) in enumerate(self._each(names)):
                self.tell(len(self.came), len(self.came) + len(names) - count)
                self.note(name, status)
                if self._fails():
                    self.failed = True
                    return
        self.copy.end_busy()

    def _each(self, names: list[str]) -> Iterator[tuple[str, int | None]]:
        if (hands := hands_for(names)) > 1:
            yield from brought_by_many(hands, self.bring, names)
            return
        with self.copy.at_hand():
            for name in names:
                yield name, self.bring(name)

    def note(self, name: str, status: int | None) -> None:
        if status is None:
            self.late[name] += 1
            status = 503 if self.late[name] == MOST_TIMES else None
        if status is not None:
            self.came[name] = status
            if status >= 500 and not _is_right(name, status):
                self.faulty.add(name)

    def wrong(self) -> list[str]:
        """What was answered otherwise than it should be; a former address is told by its link."""
        return [
            name
            for name, status in self.came.items()
            if not _is_right(name, status) and f"{FORMER}{name}" not in self.came
        ]

    def _fails(self) -> bool:
        return len(self.faulty) > max(MOST_FAULTS, len(self.came) / 100)

    def bring(self, name: str) -> int | None:
        """Ask for it, take it in and want what it links to, whether or not it is there already.

        Returns the status of the answer; None where a publication came in between.
        """
        if (answer := self._ask(name)) is None:
            return None
        if answer.status == status_of(name, answer.headers):
            self.copy.want(_led_to(name, answer))
        elif answer.status < 500:
            if answer.status in (MOVED, GONE):
                with reading(age_of_site().token):  # once for all that moved or went with it
                    self.copy.want(former_names())
            self.copy.give_up(name)
        return answer.status

    def _ask(self, name: str) -> Answer | None:
        if is_page(name) and address_of(name) != SECURITY:
            answer = self.site.page(address_of(name))
            is_left = answer.status == 200 and answer.header("cache-status") == LEFT
            return None if is_left else answer
        return self._take_in(name)

    def _take_in(self, name: str) -> Answer | None:
        try:
            age = age_of_site()
        except DatabaseFault:
            return Answer(503, [], b"")
        with noting() as shows:
            answer = self._answer_apart(name)
        if answer.status != status_of(name, answer.headers):
            return answer
        page = Page(answer.headers, self._bodies(name, answer))
        return answer if self.copy.keep(name, page, shows, age) else None

    def _answer_apart(self, name: str) -> Answer:
        if not name.startswith("errors/"):
            return self.site.file(address_of(name))
        _errors, language, file = name.split("/")
        status = int(file.removesuffix(".html"))
        return self.site.error("/" if language == EVERYWHERE else f"/{language}/", status)

    def _bodies(self, name: str, answer: Answer) -> dict[str, bytes]:
        """A document as it is; a sheet in the codings in which it is sent; all else in each. Of a
        former address where it leads.
        """
        if name.startswith(FORMER):
            return {"identity": link_for(name, answer.headers)}
        if name.startswith("files/"):
            return {"identity": answer.body}
        if not name.startswith("static/"):
            return dict(Page.made([], answer.body).bodies)
        coded = {coding: self.site.file(address_of(name), coding) for coding in CODINGS}
        return {
            coding: each.body
            for coding, each in coded.items()
            if coding in ("identity", each.header("content-encoding"))
        }


def beginning() -> list[str]:
    """What leads to all the rest, and the pages to which nothing leads."""
    homes = [f"/{code}/" for code in codes()]
    folders = (EVERYWHERE, *codes())
    return [
        *(name for each in (*BEGINNING, *homes) if (name := name_at(each))),
        *(f"errors/{each}/{status}.html" for each in folders for status in ERRORS),
        *former_names(),
    ]


def status_of(name: str, headers: Headers) -> int:
    """With which it is answered when all is well, and with these headers."""
    if name.startswith(FORMER):
        return status_in(headers)
    return int(name.rpartition("/")[2][:3]) if name.startswith("errors/") else 200


def _is_right(name: str, status: int) -> bool:
    return status in (MOVED, GONE) if name.startswith(FORMER) else status == status_of(name, [])


def _led_to(name: str, answer: Answer) -> set[str]:
    if name.startswith(FORMER):
        return {*filter(None, [target_in(answer.headers)])}
    return names_linked(address_of(name), answer.body)
