"""The site as a reader asks for it, within this process."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from portal.delivery.index import Age
from portal.delivery.making import ERROR
from portal.delivery.page import Headers, Page
from portal.delivery.store import Store
from portal.delivery.wsgi import OF_THE_ANSWER, KeptPages, whole_answer

DROPPED = OF_THE_ANSWER | {"last-modified", "content-encoding", "accept-ranges"}


@dataclass(frozen=True)
class Answer:
    status: int
    sent: Headers
    body: bytes

    @property
    def headers(self) -> Headers:
        """Without what belongs to one answer, or to one of its codings."""
        return [(name, value) for name, value in self.sent if name.lower() not in DROPPED]

    def header(self, name: str) -> str:
        return next((value for each, value in self.sent if each.lower() == name), "")


class KeptOrFails(KeptPages):
    """A page that cannot be kept is an answer to nobody here. Raises what the store raises."""

    def _keep(self, name: str, page: Page, shows: set[str], age: Age) -> bool:
        return self.store.keep(name, page, shows, age)


class Site:
    def __init__(self, store: Store) -> None:
        self.django = WSGIHandler()
        self.pages = KeptOrFails(self.django, store)

    def page(self, address: str) -> Answer:
        """Kept in the store on the way, if it may be."""
        return _ask(self.pages, _environ(address))

    def file(self, address: str, coding: str = "identity") -> Answer:
        """Straight from what answers behind the store."""
        return _ask(self.django, _environ(address) | {"HTTP_ACCEPT_ENCODING": coding})

    def error(self, address: str, status: int) -> Answer:
        return _ask(self.django, _environ(address) | {ERROR: str(status)})


def _environ(address: str) -> dict:
    path, _, query = address.partition("?")
    origin = urlsplit(settings.PORTAL_ORIGIN)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": origin.hostname or "",
        "SERVER_PORT": str(origin.port or {"http": 80, "https": 443}[origin.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": origin.netloc,
        "wsgi.url_scheme": origin.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def _ask(application: Callable, environ: dict) -> Answer:
    with _one_connection():
        status, headers, body = whole_answer(application, environ)
    return Answer(int(status[:3]), headers, body)


@contextmanager
def _one_connection() -> Iterator[None]:
    """A request ends its connection to the database, which here belongs to many of them."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
