"""Cookies exist on staff pages alone, and the desk speaks the language of the account."""

from collections.abc import Callable

from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.languages.texts import codes
from portal.staff.addresses import is_staff

Answer = Callable[[HttpRequest], HttpResponse]


class CookiesForStaffAlone:
    """A public page is the same for everyone: what a browser sends along is never read, so
    sessions, sign-in and form tokens have nothing to answer.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staff(request.path_info):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


class LanguageOfAccount:
    """The language set on the account; before sign-in, that of the browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staff(request.path_info):
            return self.get_response(request)
        with translation.override(_language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


def _language_of(request: HttpRequest) -> str:
    try:
        language = getattr(request.user, "language", "")
    except DatabaseFault:  # the page itself will say so, in a language that the reader knows
        language = ""
    return language if language in codes() else translation.get_language_from_request(request)
