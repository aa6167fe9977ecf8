"""What is not an address, not for readers or not a reader's business, seen through nginx."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.delivery.links import address_of, names_linked
from portal.languages.middleware import language_of
from tests.deploy.asking import HOST, Answer
from tests.deploy.machine import DESK, Machine
from tests.deploy.test_front import differing, told

pytestmark = pytest.mark.machine

ODD_ADDRESSES = [
    *("//en/", "/en//plans/", "/en/./plans/", "/en/x/../plans/", "/en/%2e/plans/", "/%65n/plans/"),
    *("/en/plans%2f", "/en/plans/;x", "/en/plans;x/", "/EN/plans/", "/en/Plans/", "/EN/search/"),
    *("/en/plans/?page=%00", "/en/plans/%ff", "/en/plans/?role=coordinates", "/en/.plans/"),
    *("/en/plans/index.html", "/en/plans/index.html.br", "/en/plans/index.html.gz", "/index.html"),
    *("/en/who-does-what/index@role=coordinates.html", "/en/plans/.index.html", "/.git/config"),
    *("/heads/en/index.html.json", "/index.sqlite3", "/static/../index.sqlite3", "/static/.x"),
    *("/static/css/tokens.css.br", "/favicon.ico", "/files/../pages/current/index.sqlite3"),
    *("/healthz", "/healthz/", "/files", "/static", "/files/", "/static/", "/.malformed"),
    *("/.only-read", "/.none", "/en/plans/?page=2&role=a", "/en/plans/?kind=no-such"),
]
OTHER_SPELLINGS = ["/%65n/plans/", "/en/plans%2f", "/en/plans/?role=coordinates"]
OUT_OF_THE_ROOT = [
    *("/../heads/en/index.html.json", "/en/..%2f..%2fheads/en/index.html.json"),
    *("/static/..%2f..%2fmanage.py", "/files/%2e%2e/%2e%2e/portal.sqlite3", "/en/plans/%00"),
]
HEALTH = [
    "/healthz/live",
    "/healthz/ready",
    "//healthz/live",
    "/%68ealthz/ready",
    "/healthz%2flive",
]
POISON = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-For": "127.0.0.1",
    "Forwarded": "host=evil.example;proto=http",
    "X-Host": "evil.example",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "POST",
    "Cookie": "sessionid=evil; csrftoken=evil",
    "Authorization": "Basic ZXZpbDpldmls",
    "Script-Name": "/evil",
    "Accept-Language": "nl",
    "Origin": "https://evil.example",
    "Referer": "https://evil.example/",
}


def test_what_is_no_plain_address_is_answered_as_the_application_answers_it(machine):
    for address in machine.site["pages"]:
        machine.straight(address)

    assert differing(machine, ODD_ADDRESSES) == []
    found = {address: machine.front.ask(address).status for address in ODD_ADDRESSES}
    assert [address for address in ODD_ADDRESSES if found[address] == 200] == OTHER_SPELLINGS


@pytest.mark.parametrize("address", OUT_OF_THE_ROOT)
def test_what_leads_out_of_the_site_is_refused(machine, address):
    answer = machine.front.ask(address)

    assert (answer.status, answer.body) == (400, machine.error_page(400, None))
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-")


@pytest.mark.parametrize("address", HEALTH)
def test_health_is_not_public(machine, address):
    answer = machine.front.ask(address)

    assert (answer.status, answer.body != b"ok\n") == (404, True)
    assert machine.straight("/healthz/live").status == 200


def test_no_header_of_one_reader_changes_the_page_of_another(machine):
    for address in (machine.site["pages"][1], "/en/no-such/", machine.site["searches"][0]):
        machine.straight(address)
        clean = told(machine.front.ask(address)), machine.front.ask(address).status
        for name, value in POISON.items():
            attack = machine.front.ask(address, **{name.replace("-", "_"): value})
            assert b"evil" not in attack.body, (address, name)
            assert (told(attack), attack.status) == clean, (address, name)
            assert (told(machine.front.ask(address)), attack.status) == clean, (address, name)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PURGE", "PATCH"])
def test_public_addresses_can_only_be_read(machine, method):
    addresses = ["/", "/en/", "/fr/recherche/?q=a", "/nl/no-such/", "/static/css/tokens.css"]
    for address in addresses:
        answer = machine.front.ask(address, method)
        page = machine.error_page(405, language_of(address))
        assert (answer.status, answer.body) == (405, page), address
        assert answer.headers["allow"] == "GET, HEAD"
        kept = "no-store" if "?" in address else "public, max-age=60"
        assert answer.headers["cache-control"] == kept
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def raw(address: str, headers: str = "X: x", host: str = HOST) -> bytes:
    lines = [f"GET {address} HTTP/1.1", f"Host: {host}", headers, "Connection: close", "", ""]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("host", ["evil.example", DESK, "127.0.0.1"])
def test_another_host_gets_no_answer(machine, host):
    assert machine.front.ask_raw(raw("/en/", host=host)) == b""
    assert machine.in_the_open.ask_raw(raw("/en/", host=host)) == b""
    assert machine.front.ask_raw(raw("http://evil.example/en/")) == b""


def test_in_the_open_every_address_leads_to_the_closed_site(machine):
    answer = machine.in_the_open.ask("/en/plans/?page=2")

    assert (answer.status, answer.headers["location"]) == (301, f"https://{HOST}/en/plans/?page=2")
    assert answer.headers["x-content-type-options"] == "nosniff"


MALFORMED = {
    "two framings": "Content-Length: 1\r\nTransfer-Encoding: chunked",
    "two hosts": "Host: evil.example",
    "a space": "Transfer-Encoding : chunked",
    "two lengths": "Content-Length: 1\r\nContent-Length: 2",
    "a long header": f"X: {'x' * 5000}",
    "a long body": "Content-Length: 4000",
    "a chunk that is none": "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
}
of_each_malformed = pytest.mark.parametrize(
    "headers", [pytest.param(headers, id=name) for name, headers in MALFORMED.items()]
)


def places(machine: Machine) -> list[str]:
    """An address in each part of what is read, of what is there and of what is not."""
    site, linked = machine.site, names_linked("/en/", machine.front.ask("/en/").body)
    pages = [*site["pages"][:2], site["chosen"][0], site["content"], site["files"][0]]
    asset = next(address_of(each) for each in sorted(linked) if each.startswith("static/"))
    there = [*pages, site["document"], asset, f"{site['searches'][0]}?q=a"]
    return [*there, "/no-such/", "/files/no-such", "/static/x.css", "/static/"]


def is_refused_as_malformed(answer: bytes) -> bool:
    """With our page and headers, not with nginx's."""
    ours = b"Content-Security-Policy: default-src 'none'", b"Cache-Control: no-store"
    is_ours = all(each in answer for each in ours) and b"evil" not in answer
    return answer.startswith(b"HTTP/1.1 400 ") and is_ours


@of_each_malformed
def test_what_is_malformed_is_refused_wherever_it_is_asked(machine, headers):
    answers = {each: machine.front.ask_raw(raw(each, headers)) for each in places(machine)}

    assert len(answers) == 12
    assert [each for each in answers if not is_refused_as_malformed(answers[each])] == []


@pytest.mark.parametrize("headers", [MALFORMED["a long body"], MALFORMED["a chunk that is none"]])
def test_a_page_that_was_refused_is_not_logged_as_read(machine, headers):
    page = machine.site["pages"][1]
    machine.straight(page)  # so that it is kept
    machine.front.ask_raw(raw(page, headers))

    (line,) = machine.logged(1)
    assert (line["path"], line["status"], line["kept"]) == (page, 400, "")


def test_an_address_that_is_too_long_is_refused(machine):
    assert machine.front.ask_raw(raw("/en/" + "x" * 5000)).startswith(b"HTTP/1.1 400 ")


def test_who_searches_more_than_others_is_asked_to_wait_and_reads_on(machine):
    address = f"{machine.site['searches'][2]}?q=plan"

    def search(_time: int) -> Answer:
        return machine.front.ask(address, whose="127.0.0.255")

    with ThreadPoolExecutor(4) as at_once:  # also where each takes its time
        answers = [*at_once.map(search, range(20))]
    late = [answer for answer in answers if answer.status != 200]

    assert {answer.status for answer in late} == {429}
    assert {answer.body for answer in late} == {machine.error_page(429, "nl")}
    assert {answer.headers["retry-after"] for answer in late} == {"60"}
    page = machine.site["pages"][1]
    read = [machine.front.ask(page, whose="127.0.0.255").status for _ in range(60)]
    assert read == [200] * 60


def test_the_search_can_be_switched_off_without_the_application(machine):
    switch = machine.folder / "run" / "search-is-off"
    switch.touch()
    off = [machine.front.ask(f"{address}?q=plan") for address in machine.site["searches"]]
    switch.unlink()

    assert [(answer.status, answer.body) for answer in off] == [
        (503, machine.error_page(503, language_of(address))) for address in machine.site["searches"]
    ]
    assert machine.front.ask(f"{machine.site['searches'][0]}?q=plan").status == 200


def test_no_log_says_who_asked_what(machine):
    asked = ["/fr/recherche/?q=canary", "/en/plans/?canary=1", "/nl/voorbeeld/canary/", "/x/canary"]
    for address in asked:
        machine.front.ask(
            address, Referer="https://canary/", User_Agent="canary", Cookie="a=canary"
        )

    lines = machine.logged(len(asked))
    paths = [line["path"] for line in lines]
    assert paths == ["/fr/recherche/", "/en/plans/", "/nl/voorbeeld/", "/x/canary"]
    assert "canary" not in str([{**line, "path": ""} for line in lines])
    assert {line["network"] for line in lines} == {"127.0.0.0"}
    assert machine.errors.read_text() == ""
