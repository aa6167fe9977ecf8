"""Which addresses are kept, and under which name: what their views say of themselves."""

import re
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve
from django.utils import translation

from portal.languages.middleware import language_of

PATH = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*)?")
VALUE = re.compile(r"[A-Za-z0-9_-]{1,100}")
LONGEST_PATH = 400
MOST_PARAMETERS = 10


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
    """
    view = _view_at(path)
    known = _choices_of(view) if view else None
    if known is None:
        return None
    asked = parse_qsl(query, errors="replace", max_num_fields=MOST_PARAMETERS)
    chosen = {name: _plain(name, value) for name, value in asked if name in known}
    if chosen.get("page") == "1":
        del chosen["page"]
    if not all(VALUE.fullmatch(value) for value in chosen.values()):
        return None
    return urlencode(sorted(chosen.items()))


def _plain(name: str, value: str) -> str:
    is_number = name == "page" and value.isascii() and value.isdigit()
    return value.lstrip("0") or "0" if is_number else value


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


def _made_from(view: Callable) -> Callable:
    return getattr(view, "view_class", view)
