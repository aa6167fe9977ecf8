"""The desk speaks the language of the account; before sign-in, that of the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.languages.texts import codes


class LanguageOfAccount:
    """Acts on staff pages alone, so that a public page never reads a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        language = getattr(request.user, "language", "")
        if language not in codes():
            language = translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
            response.headers["Content-Language"] = language
        return response
