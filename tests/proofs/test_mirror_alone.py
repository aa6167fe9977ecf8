"""A machine that has nothing but the mirror answers as the whole one does, or says when to come
back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.languages.middleware import language_of
from tests.deploy.asking import Answer, Server
from tests.deploy.test_faults import not_opened
from tests.deploy.test_front import CODINGS, ODD_CODINGS, parted, told
from tests.deploy.test_refusals import (
    OUT_OF_THE_ROOT,
    is_refused_as_malformed,
    of_each_malformed,
    places,
    raw,
)

pytestmark = pytest.mark.machine

BEGINNING = ["/", "/robots.txt", "/sitemap.xml"]
WITHOUT_WORDS = ["/en/plans/no-such/", "/fr/no-such/", "/nl/no-such/?q=1", "/no-such/", "//en/"]
HIDDEN = ["/heads/en/index.html.json", "/index.sqlite3", "/manifest.jsonl", "/errors/en/404.html"]
NOT_PLAIN = ["/en/plans/index.html", "/en/plans/index.html.br", "/former/en/plans/", "/.malformed"]


@pytest.fixture(scope="module")
def mirror(machine) -> Path:
    machine.mirror()
    return machine.var / "mirror"


@pytest.fixture(scope="module")
def alone(machine, mirror) -> Iterator[Server]:
    with machine.mirror_alone(mirror) as server:
        yield server


def of_each(answer: Answer) -> tuple:
    """Of what is no page without whether the application looked among its pages, and whether it
    would have compressed this one.
    """
    status, named = told(answer)
    is_page = status == 200 and "accept-ranges" not in named
    left_out = () if is_page else ("cache-status", "vary")
    return status, {name: named[name] for name in named if name not in left_out}, answer.content


def differing(
    alone: Server, whole: Server, addresses: Iterable[str], codings: Iterable[str] = CODINGS
) -> list[str]:
    """Where the two part, and where one does not know its own tag."""
    wrong = []
    for address in addresses:
        whole.ask(address)  # so that what can be kept is kept
        for coding in codings:
            ours, theirs = (each.ask(address, Accept_Encoding=coding) for each in (alone, whole))
            if of_each(ours) != of_each(theirs):
                wrong.append(f"{address} {coding}: {parted(told(ours), told(theirs))}")
            for side, answer in ((alone, ours), (whole, theirs)):
                wrong += not_known(side, address, coding, answer)
    return wrong


def not_known(side: Server, address: str, coding: str, answer: Answer) -> list[str]:
    if answer.status != 200:
        return []
    again = side.ask(address, Accept_Encoding=coding, If_None_Match=answer.headers["etag"])
    return [] if (again.status, again.body) == (304, b"") else [f"{address}: {again.status}"]


def test_every_class_of_page_is_as_in_front_of_the_application(machine, alone):
    site = machine.site
    addresses = [*BEGINNING, *site["pages"], *site["files"], *site["chosen"], site["content"]]
    addresses += [site["document"]]

    for turn, coding in enumerate(CODINGS):
        assert differing(alone, machine.front, addresses[turn :: len(CODINGS)], [coding]) == []
    assert len(addresses) > 130


def test_what_is_not_in_it_is_refused_as_by_the_application(machine, alone, mirror):
    assert differing(alone, machine.front, [*WITHOUT_WORDS, *HIDDEN, *NOT_PLAIN]) == []
    for address in (*WITHOUT_WORDS, *HIDDEN, *NOT_PLAIN):
        answer = alone.ask(address)
        page = machine.error_page(404, language_of(address))
        assert (answer.status, answer.body) == (404, page), address


def test_a_former_address_leads_on_and_what_was_removed_is_gone(machine, alone):
    former, present, removed = (machine.site[each] for each in ("former", "present", "removed"))
    below = ["", "?q=1", "versions/", "versions/1/", "versions/1-2/", "versions/2.json"]
    found = [f"{address}{each}" for address in (*former, *removed) for each in below]

    assert differing(alone, machine.front, found, ["br"]) == []
    assert [alone.ask(each).status for each in found] == [301] * 18 + [410] * 18
    answers = [alone.ask(f"{address}versions/1/") for address in former]
    assert [(each.headers["location"], each.body) for each in answers] == [
        (f"{address}versions/1/", b"") for address in present
    ]
    assert differing(alone, machine.front, ["/en", "/en/plans", "/fr/chronologie?x=1"]) == []


def test_an_address_that_nobody_reads_is_no_other_page(machine, alone):
    """Words that links from elsewhere add; what chooses another page is not known here."""
    added = ["/en/plans/?utm_source=a", "/fr/?fbclid=%65&x", "/nl/plannen/?x=&y"]
    added += ["/en/plans/?ref=https://x.example/rapport.pdf", "/fr/?x=a.json"]
    added += ["/nl/?x=/opensearch.xml", "/en/?x=/versions/1/", "/en/?x=/versions/?"]
    chosen = ["/en/plans/?page=7", "/en/plans/?x=1&page=2", "/en/plans/?%70age=2"]

    assert differing(alone, machine.front, added) == []
    assert [alone.ask(each).status for each in (*added, *chosen)] == [200] * 8 + [503] * 3


def comes_back(answer: Answer, page: bytes) -> bool:
    named = {name: answer.headers[name] for name in ("retry-after", "cache-control")}
    said = answer.status, answer.body
    return (said, named) == ((503, page), {"retry-after": "10", "cache-control": "no-store"})


def test_what_each_reader_has_an_answer_of_their_own_for_says_when_to_come_back(machine, alone):
    asked = [*machine.site["searches"], *(f"{each}?q=plan" for each in machine.site["searches"])]
    asked += [machine.site["permanent"], "/en/preview/x/", "/en/plans/versions/?old=1&new=2"]
    asked += [f"{machine.site['document'].rpartition('/')[0]}/another-name.pdf"]

    for address in asked[:-2] + asked[-1:]:
        page = machine.error_page(503, language_of(address))
        assert comes_back(alone.ask(address), page), address
    assert len(asked) > 8


@contextmanager
def missing(mirror: Path, place: str) -> Iterator[None]:
    """A page that a publication took out, for a moment."""
    file = mirror / "current" / place
    kept, mark = file.rename(mirror / "kept"), Path(f"{file}.busy")
    mark.touch()
    try:
        yield
    finally:
        mark.unlink()
        kept.rename(file)


def test_what_is_missing_for_a_moment_says_when_to_come_back(machine, alone, mirror):
    document = machine.site["document"]
    for address, place in (("/en/", "pages/en/index.html"), (document, document[1:])):
        with missing(mirror, place):
            assert comes_back(alone.ask(address), machine.error_page(503, language_of(address)))
        assert alone.ask(address).status == 200

    log = machine.folder / "alone" / "error.log"
    with not_opened(mirror / "current" / "pages" / "en" / "index.html", log):
        assert comes_back(alone.ask("/en/"), machine.error_page(503, "en"))
    (mirror / "current" / "busy").touch()
    known, unknown = alone.ask("/nl/"), alone.ask("/nl/no-such/")
    (mirror / "current" / "busy").unlink()
    assert (known.status, comes_back(unknown, machine.error_page(503, "nl"))) == (200, True)


def test_it_can_only_be_read_and_what_is_malformed_is_refused(machine, alone):
    for method in ("POST", "DELETE", "OPTIONS"):
        for address in ("/", "/fr/recherche/?q=a", "/nl/no-such/", "/static/x.css"):
            ours, theirs = (each.ask(address, method) for each in (alone, machine.front))
            assert (told(ours), ours.body) == (told(theirs), theirs.body), address
            assert (ours.status, ours.headers["allow"]) == (405, "GET, HEAD")

    queries = ["/en/plans/?" + "x" * 600, "/fr/?" + "a=1&" * 11, "/nl/?page=%00"]
    assert differing(alone, machine.front, queries) == []
    assert [alone.ask(each).status for each in (*queries, *OUT_OF_THE_ROOT)] == [400] * 8
    assert alone.ask_raw(raw("/en/", host="evil.example")) == b""


@of_each_malformed
def test_what_is_malformed_is_refused_wherever_it_is_asked(machine, alone, headers):
    answers = {each: alone.ask_raw(raw(each, headers)) for each in places(machine)}

    assert len(answers) == 12
    assert [each for each in answers if not is_refused_as_malformed(answers[each])] == []


def test_head_and_every_odd_accept_encoding_are_answered_as_in_front(machine, alone):
    page = machine.site["pages"][1]
    whole, head = (alone.ask(page, method, Accept_Encoding="br") for method in ("GET", "HEAD"))

    assert (told(head), head.body) == (told(whole), b"")
    assert differing(alone, machine.front, [page], ODD_CODINGS) == []


def test_no_log_of_it_names_an_address_that_leads_nowhere(machine, alone):
    alone.ask("/en/canary/")

    assert (machine.folder / "alone" / "error.log").read_text() == ""
