"""While the application is away the store and the mirror answer, and what they lack says so."""

import shutil
from collections.abc import Iterator

import pytest

from portal.languages.middleware import language_of
from tests.deploy.asking import Answer
from tests.deploy.machine import Machine
from tests.deploy.test_faults import not_opened
from tests.deploy.test_front import told
from tests.deploy.test_refusals import OUT_OF_THE_ROOT

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def before(machine) -> dict[str, Answer]:
    """What the application answered; the mirror says the same."""
    machine.mirror()
    addresses = [each for kind in ("pages", "files", "chosen") for each in machine.site[kind]]
    addresses += [machine.site["document"], "/robots.txt"]
    return {address: machine.straight(address, Accept_Encoding="br") for address in addresses}


@pytest.fixture(scope="module")
def away(machine, before) -> Iterator[Machine]:
    """The store holds no page in French, so that the mirror is really asked for them."""
    machine.gunicorn.kill()
    shutil.rmtree(machine.var / "pages" / "current" / "pages" / "fr")
    yield machine
    machine.gunicorn.start()
    machine.nginx.reload()


def as_kept(answer: Answer) -> tuple:
    """Without what says whether it was made just now, and that it can be had in parts."""
    status, named = told(answer)
    also = ("cache-status", "accept-ranges")
    return status, {name: named[name] for name in named if name not in also}, answer.content


def test_store_and_mirror_answer_as_the_application_did(away, before):
    ours = {address: away.front.ask(address, Accept_Encoding="br") for address in before}

    assert [each for each in before if as_kept(ours[each]) != as_kept(before[each])] == []
    assert len(before) > 130
    for address in ("/fr/", "/en/", away.site["document"]):
        tag = ours[address].headers["etag"]
        again = away.front.ask(address, Accept_Encoding="br", If_None_Match=tag)
        assert (again.status, again.body) == (304, b""), address
    part = away.front.ask(away.site["document"], Range="bytes=5-14")
    assert (part.status, part.body) == (206, before[away.site["document"]].body[5:15])


def test_what_needs_the_application_says_in_its_language_when_to_come_back(away):
    searches = [f"{address}?q=plan" for address in away.site["searches"]]
    others = [away.site["permanent"], "/no-such/", "//en/", "/.git/config", "/fr/heads/x.json"]
    found = {each: away.front.ask(each) for each in [*searches, "/nl/no-such/", *others]}

    said = {each: (answer.status, answer.body) for each, answer in found.items()}
    languages = {each: language_of(each) for each in found}
    assert said == {each: (503, away.error_page(503, languages[each])) for each in found}
    for answer in found.values():
        assert answer.headers["retry-after"] == "10"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-")


def test_what_no_page_asks_for_changes_no_page_and_a_choice_that_is_not_kept_does(away, before):
    """Words that links from elsewhere add."""
    added = ["/en/?utm_source=x", "/fr/?ref=https://x.example/rapport.pdf"]
    others = ["/en/plans/?page=7", "/fr/?x=%00", "/en/?" + "x" * 600]
    ours = {address: away.front.ask(address, Accept_Encoding="br") for address in added + others}

    pages = [before[address.partition("?")[0]] for address in added]
    assert [as_kept(ours[address]) for address in added] == [as_kept(page) for page in pages]
    assert [ours[address].status for address in others] == [503] * 3


def test_a_page_that_cannot_be_opened_says_when_to_come_back(away):
    page = away.var / "pages" / "current" / "pages" / "nl" / "index.html"
    with not_opened(page, away.errors):
        answer = away.front.ask("/nl/")

    assert (answer.status, answer.body) == (503, away.error_page(503, "nl"))
    assert away.front.ask("/nl/").status == 200


@pytest.mark.parametrize("address", OUT_OF_THE_ROOT)
def test_nothing_leads_out_of_the_mirror(away, address):
    assert away.front.ask(address).status == 400
