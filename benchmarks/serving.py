"""A stored page through gunicorn and nginx, beside the least that each can do, and a peer.

Every candidate answers the same number of bytes, stands ready all the time, and is asked in
turns with the others; figures are medians of the rounds. Ends with 1 where a bar is missed.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks.load import Rounds, load
from benchmarks.nginx import file_server, in_front
from benchmarks.peer_beside import CACHES, peer, served
from benchmarks.portal_beside import prepare, surroundings
from benchmarks.servers import ask, gunicorn, stand_apart
from benchmarks.wagtail import is_installed, known_version

OURS = Path(sys.executable)
OF_THE_SERVER = {"server", "date", "connection"}
LEAST_OF_BARE, LEAST_OF_PEER, MOST_P99, LEAST_OF_FILE = 0.85, 1.8, 2.0, 0.95
AS_DEEP = Path("files", "pages", "current", "pages")  # as ``pages/current/pages`` of the portal
NEAR = 0.05  # of the bytes of an answer
PLAIN = "identity"  # in every other coding heads weigh more, and peers send more
OF_ANOTHER_SIZE = ("stored, home",)

Addresses = dict[str, str]


def candidates(stack: ExitStack, folder: Path, coding: str) -> Addresses:
    """Where each of them answers. The first is the bare function, which the others are held to."""
    portal = folder / "portal"
    told = prepare(portal)
    known, path = surroundings(portal), told["address"]
    origin, _process = stack.enter_context(gunicorn("portal.wsgi", OURS, **known))
    stored = f"{origin}{path}"
    ask(stored)  # made
    headers, body = ask(stored, **{"Accept-Encoding": coding})  # kept
    assert headers["Cache-Status"] == "portal; hit", headers
    plain = _written(folder, path, headers, body)
    bare, _process = stack.enter_context(gunicorn("benchmarks.bare", OURS, **plain))
    files, _process = stack.enter_context(gunicorn("benchmarks.whitenoise_file", OURS, **plain))
    unkept, _process = stack.enter_context(gunicorn("benchmarks.unkept", OURS, **known))
    file = stack.enter_context(file_server(folder / "nginx-file", folder / "files"))
    deep = stack.enter_context(file_server(folder / "nginx-deep", folder / AS_DEEP))
    address = origin.removeprefix("http://")
    front = stack.enter_context(in_front(folder / "nginx-stored", known, address))
    return {
        "bare": f"{bare}/",
        "whitenoise": f"{files}/page",
        "stored": stored,
        "uncached": f"{unkept}{path}",
        "nginx, file": f"{file}/page",
        "nginx, as deep": f"{deep}{path}",
        "nginx, stored": f"{front}{path}",
        **_home(f"{origin}/fr/", coding),
        **_peers(stack, folder, told["shows"]),
    }


def _home(address: str, coding: str) -> Addresses:
    """Another page of ours, of another size."""
    ask(address, **{"Accept-Encoding": coding})
    return {"stored, home": address}


def _peers(stack: ExitStack, folder: Path, shows: dict) -> Addresses:
    if not is_installed():
        print("Wagtail not installed.")
        return {}
    print(known_version())
    one = stack.enter_context(peer(folder / "peer", shows))
    found = {}
    for cache in ("", *CACHES):
        origin, _process = stack.enter_context(served(one, cache))
        name = f"wagtail, {cache}" if cache else "wagtail"
        found[name] = f"{origin}{one.known['path']}"
    return found


def _written(folder: Path, path: str, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    """The answer for the bare function, and the same bytes as a file for those that serve files:
    one near, and one at the address of the page, as deep as the store has it.
    """
    files, deep = folder / "files", folder / AS_DEEP / path[1:]
    deep.mkdir(parents=True)
    for each in (files / "page", deep / "index.html"):
        each.write_bytes(body)
    kept = [each for each in headers.items() if each[0].lower() not in OF_THE_SERVER]
    answer = folder / "answer.json"
    answer.write_text(json.dumps({"headers": kept, "body": str(files / "page")}))
    return {"BENCH_ANSWER": str(answer), "BENCH_FILES": str(files)}


def measure(found: Addresses, asked: argparse.Namespace, folder: Path) -> dict[str, Rounds]:
    """In turns, so that whatever slows this machine slows all of them."""
    for address in found.values():
        load(address, asked.warm, asked.coding, folder)
    rounds = {name: [] for name in found}
    for number in range(asked.rounds):
        in_turn = [*found.items()] if number % 2 else [*found.items()][::-1]
        for name, address in in_turn:
            rounds[name].append(load(address, asked.seconds, asked.coding, folder))
    return {name: Rounds(each) for name, each in rounds.items()}


def best_peer(found: Mapping[str, Rounds]) -> Rounds | None:
    peers = [each for name, each in found.items() if name.startswith("wagtail, ")]
    return min(peers, key=lambda each: each.processor_each, default=None)


def times(one: Rounds, other: Rounds) -> float:
    """How many answers of ``one`` the same processor time gives, for each of ``other``.

    That is how many more a second there are, but for nginx, which is faster than what asks it.
    """
    return other.processor_each / one.processor_each


def faults(found: Mapping[str, Rounds], coding: str) -> Iterator[str]:
    bare, stored, cached = found["bare"], found["stored"], best_peer(found)
    if times(stored, bare) < LEAST_OF_BARE:
        yield f"A stored page is less than {LEAST_OF_BARE} times the bare function."
    if stored.p99 > MOST_P99 * bare.p99:
        yield f"One stored page in a hundred takes more than {MOST_P99:g} times the bare function."
    if cached and times(stored, cached) < LEAST_OF_PEER:
        yield f"A stored page is less than {LEAST_OF_PEER} times the peer's."
    if times(found["nginx, stored"], found["nginx, as deep"]) < LEAST_OF_FILE:
        yield f"A stored page through nginx is less than {LEAST_OF_FILE} times a file as deep."
    for name, each in found.items():
        if each.faults:
            yield f"{name}: {each.faults} answers were none."
        is_of_one_size = coding == PLAIN and name not in OF_ANOTHER_SIZE
        if is_of_one_size and abs(each.bytes_each / bare.bytes_each - 1) > NEAR:
            yield f"{name}: its answers have {each.bytes_each:,.0f} bytes."


def show(found: Mapping[str, Rounds]) -> None:
    bare = found["bare"]
    heads = ("of bare", "µs each", "a second", "p50 ms", "p99 ms", "p99 of bare", "bytes", "faults")
    print(f"{'':20}" + "".join(f"{head:>12}" for head in heads))
    for name, each in found.items():
        print(f"{name:20}{times(each, bare):>12.2f}{each.processor_each:>12.1f}", end="")
        print(f"{each.a_second:>12,.0f}", end="")
        print(f"{each.p50:>12.2f}{each.p99:>12.2f}{each.p99 / bare.p99:>12.2f}", end="")
        print(f"{each.bytes_each:>12,.0f}{each.faults:>12}")
    for other in ("nginx, as deep", "nginx, file"):
        ratio = times(found["nginx, stored"], found[other])
        print(f"{'nginx, stored':20}{ratio:>12.2f} of {other}")
    if cached := best_peer(found):
        print(f"{'stored':20}{times(found['stored'], cached):>12.2f} of the peer's cache")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--warm", type=int, default=1)
    parser.add_argument("--coding", default=PLAIN, choices=(PLAIN, "br", "gzip"))
    parser.add_argument("--quick", action="store_true", help="only prove that it runs")
    asked = parser.parse_args()
    if asked.quick:
        asked.rounds = asked.seconds = asked.warm = 1
    return asked


def main() -> None:
    asked = arguments()
    stand_apart()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)  # nginx is somebody else
        found = measure(candidates(stack, folder, asked.coding), asked, folder)
    show(found)
    missed = list(faults(found, asked.coding))
    print(*missed, sep="\n", end="\n" if missed else "")
    sys.exit(bool(missed) and not asked.quick)


if __name__ == "__main__":
    main()
