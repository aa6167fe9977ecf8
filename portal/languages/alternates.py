"""The same page in every language: what the switcher, ``hreflang`` and the sitemap ask."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils import translation

from portal.languages.names import own_name
from portal.languages.texts import active, codes


@dataclass(frozen=True)
class Alternate:
    """One language of a page; ``missing`` when the page has no text of its own in it."""

    code: str
    address: str
    missing: bool = False

    @property
    def name(self) -> str:
        return own_name(self.code)

    @property
    def is_current(self) -> bool:
        return self.code == active()


def alternates_of_route(name: str, *, query: str = "", **kwargs) -> list[Alternate]:
    """For a page that exists in every language by itself: a list, the glossary, a form."""
    return [Alternate(code, route_in(name, code, **kwargs) + query) for code in codes()]


@lru_cache(maxsize=2048)  # a page leads to the same places again and again
def route_in(name: str, code: str, **kwargs) -> str:
    with translation.override(code):
        return reverse(name, kwargs=kwargs or None)
