"""Error pages: in the language of the address; in all of them where it has none.

Also what is refused before it costs anything, and what is said while the database is away.
"""

import sys
from collections.abc import Callable
from typing import NoReturn

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.delivery.kept import is_malformed
from portal.delivery.making import ERROR
from portal.languages.alternates import alternates_of_route
from portal.languages.middleware import language_of
from portal.languages.texts import codes
from portal.staff.addresses import is_staff

READING = ("GET", "HEAD", "OPTIONS")
SENT_WITH = {  # times in seconds
    405: {"Allow": ", ".join(READING)},
    429: {"Retry-After": "60", "Cache-Control": "no-store"},
    503: {"Retry-After": "10"},
}
SENTENCES = {
    400: _("This address is not complete or not correct."),
    403: _("You may not open this page."),
    404: _("This page does not exist."),
    405: _("This page can only be read."),
    410: _("This text was removed by law."),
    413: _("This is more text than the portal takes at once."),
    429: _("Too many requests came from your connection."),
    500: _("Something went wrong on our side."),
    503: _("This page cannot be shown at the moment."),
}
ADVICE = {
    400: _("Check the address, or start from the home page."),
    403: _("Sign in with an account that may, or ask an administrator."),
    404: _("The address may be mistyped. Start from the home page."),
    405: _("Open its address in a browser; no form is sent to it."),
    410: _("It will not come back. Start from the home page."),
    413: _(
        "Nothing was saved. Go back: what you typed is still in the form. Shorten it to less "
        "than a million characters."
    ),
    429: _("Wait a minute, then try again."),
    500: _("Try again in a few minutes. If the problem continues, tell us."),
    503: _("Try again in a minute."),
}


class Gone(Exception):
    """What stood at this address was removed by law."""


READING = ("GET", "HEAD", "OPTIONS")


class ErrorsAsPages:
    """Answers what is malformed, and a database that is away, with the pages of this module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if status := request.META.get(ERROR):  # who copies the site asks for its error pages
            return _as_asked(error_page(request, int(status)))
        if _is_malformed(request):
            return error_page(request, 400)
        if request.method not in READING and not is_staff(request.path_info):
            return error_page(request, 405)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, Gone):
            return error_page(request, 410)
        return database_away(request, fault)


def _as_asked(response: HttpResponse) -> HttpResponse:
    """Nothing went wrong, and the log says nothing."""
    response._has_been_logged = True
    return response


def _is_malformed(request: HttpRequest) -> bool:
    """A NUL, which PostgreSQL refuses, or more than any page of ours ever asks."""
    query = request.META.get("QUERY_STRING", "")
    if "\x00" in request.path_info or "%00" in query:
        return True
    if is_staff(request.path_info):  # whose filters may be longer than a reader's
        return any("\x00" in value for value in request.COOKIES.values())
    return is_malformed(query)


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """Nothing of the request is repeated on it."""
    prefix = language_of(request.path_info)
    request.resolver_match = None  # it stands nowhere, so nothing on it says “you are here”
    context = {
        "status": status,
        "sentence": SENTENCES[status],
        "advice": ADVICE[status],
        "languages": [prefix] if prefix else codes(),
        "alternates": alternates_of_route("home"),
    }
    response = render(request, "error.html", context, status=status)
    for name, value in SENT_WITH.get(status, {}).items():
        response.headers[name] = value
    if status >= 500 or is_staff(request.path_info):
        response.headers["Cache-Control"] = "no-store"
    return response


def missing(*, removed: bool) -> NoReturn:
    """Raises Gone for what was removed by law, Http404 for whatever else is not there."""
    raise Gone if removed else Http404


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Also called when a middleware failed: there, too, a database that is away is a 503."""
    return database_away(request, sys.exc_info()[1]) or error_page(request, 500)


def database_away(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """503 with the time to come back, if that is what the fault means."""
    if not isinstance(fault, OperationalError | InterfaceError):
        return None
    return error_page(request, 503)
