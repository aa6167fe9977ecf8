"""What is refused before it costs anything, and what is said when the database is away."""

from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

LONGEST_QUERY = 512
MOST_PARAMETERS = 10
RETRY_AFTER = "10"


def is_malformed(path: str, query: str) -> bool:
    """A NUL, broken UTF-8, or more than any page of ours ever asks."""
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        return True
    return "\x00" in path or "%00" in query


class RefuseMalformedQueries:
    """Answers 400 in the language of the address. Staff forms may be longer than a reader's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        staff = request.path_info.startswith("/admin/")
        if is_malformed(request.path_info, "" if staff else query):
            return error_page(request, 400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 with the time to come back, when the database does not answer."""
        if isinstance(exception, OperationalError | InterfaceError):
            response = error_page(request, 503)
            response.headers["Retry-After"] = RETRY_AFTER
            return response
        return None


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The site's own page, by name: what is delivered knows nothing of what it delivers."""
    return import_string(settings.ERROR_PAGE)(request, status)
