"""What nginx answers is what the application answers: the same bytes, the same headers."""

import pytest

from tests.deploy.asking import Answer
from tests.deploy.machine import Machine

pytestmark = pytest.mark.machine

OF_ONE_ANSWER = {
    *("connection", "content-length", "date", "etag", "keep-alive", "last-modified", "server"),
    *("transfer-encoding", "x-noise"),  # the last is of django-http-compression, by chance
}
CODINGS = ("identity", "gzip", "br")
ELSEWHERE = [
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/.well-known/security.txt",
    "/static/favicon.svg",
    "/static/css/tokens.css",
    "/static/no-such.css",
    "/static/css/",
    "/static/css",
    "/en/plans",
    "/en/plans?x=1",
    "/en/plans/?utm_source=1",
    "/en/plans/?page=1",
    "/nl/plannen/?page=x",
    "/fr/no-such/",
    "/no-such/",
    "/id/no-such/",
    "/admin/",
    "/styleguide/",
]


def told(answer: Answer) -> tuple[int, dict[str, str]]:
    named = {name: value for name, value in answer.headers.items() if name not in OF_ONE_ANSWER}
    return answer.status, named


def differing(machine: Machine, addresses: list[str]) -> list[str]:
    """Where nginx and the application part; both asked when what can be kept is kept."""
    wrong = []
    for address in addresses:
        machine.straight(address)
        for coding in CODINGS:
            ours = machine.front.ask(address, Accept_Encoding=coding)
            theirs = machine.straight(address, Accept_Encoding=coding)
            once = len({name.lower() for name, _value in ours.sent}) == len(ours.sent)
            if (told(ours), ours.content, once) != (told(theirs), theirs.content, True):
                wrong.append(f"{address} {coding}: {parted(told(ours), told(theirs))}")
    return wrong


def parted(ours: tuple, theirs: tuple) -> list:
    return [ours[0], theirs[0], sorted({*ours[1].items()} ^ {*theirs[1].items()})]


def test_one_page_of_every_class_and_language_is_as_the_application_sends_it(machine):
    addresses = [*machine.site["pages"], *machine.site["files"], *machine.site["chosen"]]
    addresses += [machine.site["content"], *machine.site["searches"], *ELSEWHERE]

    assert differing(machine, addresses) == []
    assert len(addresses) > 150


def test_kept_pages_are_read_by_nginx_alone(machine):
    kept = [
        *machine.site["pages"],
        *machine.site["files"],
        *machine.site["chosen"],
        machine.site["content"],
    ]
    for address in kept:
        machine.straight(address)
        assert machine.front.ask(address).headers["cache-status"] == "portal; hit"

    asked = machine.logged(len(kept))
    assert len(asked) == len(kept) > 130
    assert {(line["asked"], line["kept"]) for line in asked} == {("", "portal; hit")}
    assert [line["path"] for line in asked] == [each.partition("?")[0] for each in kept]


def test_a_kept_page_is_logged_as_every_other_answer(machine):
    page = machine.site["chosen"][0]
    machine.straight(page)
    for address in (page, machine.site["searches"][0]):
        machine.front.ask(address)

    kept, made = machine.logged(2)
    assert list(kept) == list(made)
    assert [kept[name] for name in ("network", "host", "method", "status")] == [
        made[name] for name in ("network", "host", "method", "status")
    ]


@pytest.mark.parametrize("coding", CODINGS)
def test_a_page_or_file_is_answered_with_304_to_its_own_tag_and_to_no_other(machine, coding):
    asked = [machine.site["pages"][1], machine.site["chosen"][0], *machine.site["files"]]
    for address in asked:
        machine.straight(address)  # so that it is kept, whichever test came before
        first = machine.front.ask(address, Accept_Encoding=coding)
        tag = first.headers["etag"]

        again = machine.front.ask(
            address, Accept_Encoding=coding, If_None_Match=f'"other", W/{tag}'
        )
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert told(again)[1] == {
            name: value
            for name, value in told(first)[1].items()
            if name not in ("content-encoding", "content-type")
        }
        assert machine.front.ask(address, If_None_Match='"other"').status == 200
        others = [machine.front.ask(address, Accept_Encoding=each) for each in CODINGS]
        assert len({each.headers["etag"] for each in others}) == len(CODINGS)
        assert "last-modified" not in first.headers
    assert len(asked) > 10


def test_who_asks_for_a_page_as_it_was_is_not_given_another_one(machine):
    page = machine.site["pages"][1]
    machine.straight(page)  # so that it is kept
    tag = machine.front.ask(page).headers["etag"]
    refused = machine.front.ask(page, If_Match='"other"')

    assert refused.status == machine.straight(page, If_Match='"other"').status == 412
    assert "content-security-policy" in refused.headers
    assert "cache-status" not in refused.headers
    assert machine.logged(1)[0]["kept"] == ""
    assert machine.front.ask(page, If_Match=tag).status == 200


@pytest.mark.parametrize("kind", ["pages", "files", "searches"])
def test_head_says_what_get_says_without_a_body(machine, kind):
    address = machine.site[kind][0]
    machine.front.ask(address)  # so that it is kept, if it may be
    whole, head = (
        machine.front.ask(address, method, Accept_Encoding="br") for method in ("GET", "HEAD")
    )

    assert (told(head), head.body) == (told(whole), b"")
    assert head.headers["content-length"] == str(len(whole.body))


ODD_CODINGS = [
    *("", "*", "*;q=0", "BR", "br;Q=0", "br;q=0, gzip", "gzip , br", " br", "br,,", "br;q=x"),
    *("brx", "xbr", "deflate", "gzip;q=2", "gzip;q=0.001", "gzip;q=0.0, br;q=0.000", "x-gzip"),
    *("br\t;q=0.5", "*;q=0.5, br;q=0", "identity;q=0", "identity, *;q=0", "br;q=1.0", "br;q=1."),
    *("identity", "gzip, deflate", "gzip, deflate, br", "gzip, deflate, br, zstd"),
    *("GZIP, DEFLATE, BR", "gzip,deflate,br"),
    *("br;level=4", "br ; q = 0", "gzip;q=0, *", "a" * 3000, ";", "gzip;q=0.9;x"),
]


def test_every_odd_accept_encoding_gets_a_right_answer_and_the_one_of_the_application(machine):
    page = machine.site["pages"][1]
    plain = machine.straight(page).body
    chosen = {}
    for accepted in ODD_CODINGS:
        ours = machine.front.ask(page, Accept_Encoding=accepted)
        theirs = machine.straight(page, Accept_Encoding=accepted)
        assert ours.content == plain, accepted
        chosen[accepted] = [each.headers.get("content-encoding") for each in (ours, theirs)]

    assert {accepted: found for accepted, found in chosen.items() if len(set(found)) > 1} == {}
    assert {found for pair in chosen.values() for found in pair} == {None, "br", "gzip"}


def test_a_file_is_sent_in_parts_to_who_asks_for_parts(machine):
    document = machine.site["document"]
    whole = machine.front.ask(document)
    part = machine.front.ask(document, Range="bytes=5-14")
    tag = whole.headers["etag"]

    assert (part.status, part.body) == (206, whole.body[5:15])
    assert part.headers["content-range"] == f"bytes 5-14/{len(whole.body)}"
    assert machine.front.ask(document, Range="bytes=-10").body == whole.body[-10:]
    assert machine.front.ask(document, Range="bytes=999999-").status == 416
    assert machine.front.ask(document, Range="bytes=5-14", If_Range=tag).status == 206
    assert machine.front.ask(document, Range="bytes=5-14", If_Range='"other"').status == 200
    assert machine.front.ask(document, If_None_Match=tag).status == 304
    assert machine.front.ask(machine.site["pages"][1], Range="bytes=0-1").status == 200
    assert whole.headers["accept-ranges"] == "bytes"
    theirs = told(machine.straight(document))[1]
    assert told(whole)[1] == theirs | {"accept-ranges": "bytes"}
