"""What is refused before it costs anything, and what is said when the database is away."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from portal.staff.addresses import is_staff

LONGEST_QUERY = 512
MOST_PARAMETERS = 10


def is_malformed(path: str, query: str) -> bool:
    """A NUL, or more than any page of ours ever asks."""
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        return True
    return "\x00" in path or "%00" in query


class ErrorsAsPages:
    """Answers with the site's own pages, by the names in the settings: what is delivered is
    none of this package's business.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        long = is_staff(request.path_info)  # whose filters may be longer than a reader's
        query = "" if long else request.META.get("QUERY_STRING", "")
        if is_malformed(request.path_info, query):
            return import_string(settings.ERROR_PAGE)(request, 400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return import_string(settings.DATABASE_AWAY)(request, fault)
