"""In front of Django: a page that is kept is answered here, before anything else is asked."""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connections
from django.http.request import split_domain_port, validate_host

from portal.delivery.following import catch_up
from portal.delivery.index import Age
from portal.delivery.kept import is_kept, is_plain, name_of, query_at
from portal.delivery.making import MAKING, Making
from portal.delivery.negotiation import coding_for, is_held, is_refused
from portal.delivery.page import Headers, Page, compressed
from portal.delivery.place import begin, own_store
from portal.delivery.store import Store
from portal.delivery.turns import one_rendering
from portal.records.reads import noting

logger = logging.getLogger(__name__)

Environ = dict
Body = Iterable[bytes]
Application = Callable[[Environ, Callable], Body]

HIT, MADE, LEFT = "portal; hit", "portal; fwd=miss; stored", "portal; fwd=miss"
# of no page: a date of its records, say, tells less than what changed on it
OF_THE_ANSWER = {
    *("content-length", "etag", "last-modified", "vary", "date", "server", "cache-status"),
}
OF_KEEPING = {"cache-control", "cdn-cache-control"}
BY_NOBODY = ("Cache-Control", "no-store")
OF_THE_BODY = {"content-type", "content-length", "content-encoding"}
ONLY_FOR_THE_READER = ("HTTP_ACCEPT_ENCODING", "HTTP_COOKIE", "HTTP_RANGE", "HTTP_IF_")


def kept_pages(application: Application) -> Application:
    """With the store of this edition in front; a developer sees every page as it is made."""
    if settings.DEBUG:
        return application
    store = own_store()
    _begin(store)
    return KeptPages(application, store)


def _begin(store: Store) -> None:
    """A site that starts while its database or its disk is at fault answers as well as it can."""
    try:
        store.open()
        begin(store)
        catch_up(store)
    except (DatabaseFault, OSError, sqlite3.Error) as fault:
        logger.warning("The kept pages could not be checked at the start: %s", fault)
    finally:
        connections.close_all()  # none is carried into a worker


class KeptPages:
    """Answers what is kept, keeps what may be, and lets everything else through untouched."""

    def __init__(self, application: Application, store: Store) -> None:
        self.application = application
        self.store = store

    def __call__(self, environ: Environ, start_response: Callable) -> Body:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_plain(path):
            return self.application(environ, start_response)
        if not _is_for_us(environ.get("HTTP_HOST", ""), _scheme(environ)):
            return self.application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        chosen = query_at(path, query) if query else ""
        if chosen is None:
            return self.application(environ, start_response)
        name, coding = name_of(path, chosen), coding_for(environ.get("HTTP_ACCEPT_ENCODING"))
        if page := self.store.find(name, coding):
            return _answer(page, coding, HIT, environ, start_response)
        if not is_kept(path):
            return self.application(environ, start_response)
        with one_rendering(self.store.root, name):
            if page := self.store.find(name, coding):
                return _answer(page, coding, HIT, environ, start_response)
            return self._make(name, chosen, coding, environ, start_response)

    def _make(self, name: str, query: str, coding: str, environ: Environ, start_response) -> Body:
        making = Making()
        with noting() as shows:
            status, headers, body = whole_answer(self.application, _neutral(environ, query, making))
        if not status.startswith("200"):
            return _pass_on(status, headers, body, coding, environ, start_response)
        page = Page.made(_without(OF_THE_ANSWER, headers), body)
        kept = _may_be_kept(headers) and making.age and self._keep(name, page, shows, making.age)
        return _answer(page, coding, MADE if kept else LEFT, environ, start_response)

    def _keep(self, name: str, page: Page, shows: set[str], age: Age) -> bool:
        """A disk that is full, read-only or gone costs speed, never an answer."""
        try:
            if self.store.keep(name, page, shows, age):
                return True
            if self.store.age is not None:
                return False
            catch_up(self.store)  # it is new, or began anew
            return self.store.keep(name, page, shows, age)
        except (DatabaseFault, OSError, sqlite3.Error) as fault:
            logger.warning("A page could not be kept: %s", fault)
            return False


@lru_cache(maxsize=64)
def _is_for_us(host: str, scheme: str) -> bool:
    """What Django would refuse, or send to https, it does refuse or send."""
    domain, _port = split_domain_port(host)
    is_ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
    return is_ours and (scheme == "https" or not settings.HTTPS)


def _scheme(environ: Environ) -> str:
    """As ``HttpRequest.scheme``: a proxy that is trusted knows it better than the connection."""
    name, https = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) or ("", "")
    if (told := environ.get(name)) is None:
        return environ["wsgi.url_scheme"]
    return "https" if told.split(",")[0].strip() == https else "http"


def _neutral(environ: Environ, query: str, making: Making) -> Environ:
    """The request without what only this reader sent."""
    plain = {
        name: value for name, value in environ.items() if not name.startswith(ONLY_FOR_THE_READER)
    }
    return plain | {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "CONTENT_LENGTH": "0",
        MAKING: making,
    }


def whole_answer(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    """Its status line, its headers and all its bytes."""
    told: list = []

    def start(status: str, headers: Headers, _fault: object = None) -> None:
        told[:] = [status, headers]

    answer = application(environ, start)
    try:
        body = b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    status, headers = told
    return status, headers, body


def _may_be_kept(headers: Headers) -> bool:
    """What the headers call public, and the same for everyone."""
    named = {name.lower(): value for name, value in headers}
    is_public = named.get("cache-control", "").startswith("public")
    return is_public and "set-cookie" not in named and "vary" not in named


def _answer(page: Page, coding: str, how: str, environ: Environ, start_response: Callable) -> Body:
    body, tag = page.bodies[coding], f'"{page.digests[coding]}"'
    headers = [
        *page.headers,
        ("ETag", tag),
        ("Vary", "Accept-Encoding"),
        ("Cache-Status", how),
        *_of_length(body, coding),
    ]
    if is_refused(tag, environ.get("HTTP_IF_MATCH", "")):
        refused = [*_without(OF_THE_BODY | OF_KEEPING, headers), BY_NOBODY]
        start_response("412 Precondition Failed", [*refused, ("Content-Length", "0")])
        return []
    if is_held(tag, environ.get("HTTP_IF_NONE_MATCH", "")):
        start_response("304 Not Modified", _without(OF_THE_BODY, headers))
        return []
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _without(names: set[str], headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in names]


def _of_length(body: bytes, coding: str) -> Headers:
    coded = [] if coding == "identity" else [("Content-Encoding", coding)]
    return [*coded, ("Content-Length", str(len(body)))]


def _pass_on(status, headers, body: bytes, coding: str, environ, start_response) -> Body:
    """An answer that is no page of its own: somewhere else, or nowhere.

    It was made without what the query said; so it is said here that nobody keeps it.
    """
    headers = _without(OF_THE_ANSWER, headers)
    if environ.get("QUERY_STRING"):
        headers = [*_without(OF_KEEPING, headers), BY_NOBODY]
    body, coding = compressed(body, coding)
    told = [("Vary", "Accept-Encoding"), ("Cache-Status", LEFT), *_of_length(body, coding)]
    start_response(status, [*headers, *told])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
