"""The language of a request is the language of its address, and nothing else decides it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.languages.texts import codes


def language_of(path: str) -> str | None:
    """The language prefix of an address, or None where it has none."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in codes() else None


class LanguageOfAddress:
    """Django's LocaleMiddleware guesses from the browser and redirects; an address here is plain.

    The language is put back afterwards, so that a worker carries none from one request to the
    next. Staff pages have no prefix: there ``portal.staff`` decides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request.path_info) or settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
