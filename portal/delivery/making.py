"""A page on its way through Django, as the store in front of it waits for it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse

from portal.delivery.changes import age_of_site
from portal.delivery.index import Age
from portal.records.reads import reading

# Keys of the request's environment, where a client writes nothing.
MAKING = "portal.making"
ERROR = "portal.error"  # which error page a copy of the site is to have


@dataclass
class Making:
    """``age`` is the last change before the page was begun; None: it is not to be kept."""

    age: Age | None = None


class TellsTheAge:
    """Before anything else is read: what is read later may be younger, and that does no harm."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        making = request.META.get(MAKING)
        if making is None:
            return self.get_response(request)
        with suppress(DatabaseFault):
            making.age = age_of_site()
        with reading(making.age.token if making.age else ""):
            return self.get_response(request)
