"""The sitemap: every page in every language in which it really exists, with its counterparts.

Django's own works out the address of each page once for every pair of languages: on a site of
10,000 records that takes some seconds, while a reader waits.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from portal.delivery.kept import kept
from portal.languages.alternates import route_in
from portal.languages.texts import codes
from portal.records.holdings import holdings
from portal.records.kinds import page_kinds
from portal.records.references import link_columns
from portal.records.timeline import timeline_kinds

BEGINNING = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""
END = "\n</urlset>\n"

Addresses = dict[str, str]  # of one page, by language


@kept
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Absolute addresses come from PORTAL_ORIGIN, never from the request."""
    words = "".join([BEGINNING, *_by_themselves(), *_of_records(), END])
    headers = {"X-Robots-Tag": "noindex, noodp, noarchive"}
    return HttpResponse(words, content_type="application/xml", headers=headers)


def _by_themselves() -> Iterator[str]:
    """Pages that exist in every language whatever has a text in it."""
    lists = [f"{kind.kind()}-list" for kind in page_kinds()]
    for name in ["timeline", "who-does-what", "glossary", "changes", *lists]:
        yield _entries({code: route_in(name, code) for code in codes()})
    for year in _years():
        yield _entries({code: route_in("timeline-year", code, year=year) for code in codes()})


def _years() -> range:
    """From the first date of the timeline to its last, both included."""
    known = holdings()
    held = [known[name] for k in timeline_kinds() if (name := k._meta.model_name) in known]
    last = max((each.last for each in held), default="")
    if not last:
        return range(0)
    return range(int(min(each.first for each in held)[:4]), int(last[:4]) + 1)


def _of_records() -> Iterator[str]:
    for kind in page_kinds():
        shown = [*link_columns(), "changed", *filter(None, [kind.link_field])]
        for record in kind.objects.published().order_by("pk").only(*shown):
            there = {code: record.address(code) for code in record.languages}
            yield _entries(there, record.changed)


def _entries(there: Addresses, changed: datetime | None = None) -> str:
    """A page in each of its languages, and in each with all of them."""
    absolute = {code: escape(settings.PORTAL_ORIGIN + address) for code, address in there.items()}
    when = f"<lastmod>{localtime(changed):%Y-%m-%d}</lastmod>" if changed else ""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in absolute.items()
    )
    return "".join(f"<url><loc>{each}</loc>{when}{others}</url>" for each in absolute.values())
