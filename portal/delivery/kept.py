"""Which addresses are kept, and under which name: what their views say of themselves."""

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils import translation

from portal.languages.middleware import language_of

PATH = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*)?")
VALUE = re.compile(r"[A-Za-z0-9_-]{1,100}")
LONGEST_PATH = 400
LONGEST_QUERY = 512
MOST_PARAMETERS = 10
LONGEST_NUMBER = 4  # digits of the number of a page
DEFAULTS = {"page": "1"}  # of the others: nothing


def kept(view: Callable) -> Callable:
    """Of a view that is a function: it answers the same to everyone until something changes.

    A class says ``is_kept``, and in ``choices`` which parameters its pages are made from.
    """
    view.is_kept = True
    return view


def is_plain(path: str) -> bool:
    """Whether a page that is kept could have this address.

    The name of the file of a folder is no address: it would answer as the folder does.
    """
    is_short = len(path) <= LONGEST_PATH
    return is_short and bool(PATH.fullmatch(path)) and not path.endswith("/index.html")


def is_malformed(query: str) -> bool:
    """A NUL, which PostgreSQL refuses, or more than any page of ours ever asks."""
    is_long = len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS
    return is_long or "%00" in query


def is_kept(path: str) -> bool:
    return _view_at(path) is not None


def name_of(path: str, query: str = "") -> str:
    """The file of a plain address: ``index.html`` where it ends with a slash."""
    folder, slash, last = path[1:].rpartition("/")
    stem, dot, ending = (last or "index.html").rpartition(".")
    return f"{folder}{slash}{stem}{f'@{query}' if query else ''}{dot}{ending}"


def query_at(path: str, query: str) -> str | None:
    """What of a query the page at this path is made from, in one order; None: it is not kept.

    What no page knows is dropped, as are a choice of nothing and the number of the first page.
    Of a name that is given twice the last one counts, as it does for Django.
    """
    view = None if is_malformed(query) else _view_at(path)
    known = _choices_of(view) if view else None
    if known is None:
        return None
    asked = parse_qsl(query, keep_blank_values=True)
    given = {name: _plain(name, value) for name, value in asked if name in known}
    chosen = {name: value for name, value in given.items() if value != DEFAULTS.get(name, "")}
    if not all(VALUE.fullmatch(value) for value in chosen.values()):
        return None
    return urlencode(sorted(chosen.items()))


def _plain(name: str, value: str) -> str:
    is_number = name == "page" and value.isascii() and value.isdigit()
    return value.lstrip("0") or "0" if is_number and len(value) <= LONGEST_NUMBER else value


def _view_at(path: str) -> Callable | None:
    """None where nothing answers, and where what answers is not kept."""
    try:
        with translation.override(language_of(path)):
            view = resolve(path).func
    except Resolver404:
        return None
    return view if getattr(_made_from(view), "is_kept", False) else None


def _choices_of(view: Callable) -> Collection[str] | None:
    choices = getattr(_made_from(view), "choices", None)
    return choices(**view.view_initkwargs) if choices else ()


def all_choices() -> set[str]:
    """The parameters from which any page is made."""
    return {name for view in _views(get_resolver()) for name in _choices_of(view) or ()}


def _views(resolver: URLResolver) -> Iterator[Callable]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _views(each)
        else:
            yield each.callback


def _made_from(view: Callable) -> Callable:
    return getattr(view, "view_class", view)
