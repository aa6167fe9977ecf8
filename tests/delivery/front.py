"""The portal as a server asks it, with the page store in front; and what a page is without it."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from portal.delivery.kept import name_of, query_at
from portal.delivery.store import Store
from portal.delivery.wsgi import KeptPages


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def how(self) -> str:
        """Whether it was kept, made now, or neither."""
        return self.headers.get("Cache-Status", "")


class Handled(WSGIHandler):
    """Django, and how often it was asked."""

    asked = 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return super().__call__(environ, start_response)


class Front:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.django = Handled()
        self.application = KeptPages(self.django, store)

    def get(self, address: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.application, address, method, **headers)

    def alone(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """As Django alone answers."""
        return ask(self.django, address, method, **headers)

    def names(self) -> list[str]:
        """Of the files of every page that is kept."""
        heads = self.store.heads
        return sorted(f.relative_to(heads).as_posix()[:-5] for f in heads.rglob("*.json"))


def ask(application, address: str, method: str = "GET", **headers: str) -> Answer:
    path, _, query = address.partition("?")
    told = {}

    def start_response(status, sent, _fault=None):
        assert len({name.lower() for name, _value in sent}) == len(sent)
        told.update(status=int(status[:3]), headers=dict(sent))

    with _in_the_transaction_of_the_test():
        body = application(_environ(path, query, method, headers), start_response)
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
    return Answer(told["status"], told["headers"], content)


@contextmanager
def _in_the_transaction_of_the_test() -> Iterator[None]:
    """Which outlives a request, where there is one."""
    ends = (request_started, request_finished) if connection.in_atomic_block else ()
    for each in ends:
        each.disconnect(close_old_connections)
    try:
        yield
    finally:
        for each in ends:
            each.connect(close_old_connections)


def _environ(path: str, query: str, method: str, headers: dict[str, str]) -> dict:
    sent = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **sent,
    }


def kept_name(address: str) -> str:
    path, _, query = address.partition("?")
    return name_of(path, query_at(path, query) or "")
