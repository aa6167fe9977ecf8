"""What programs ask for: robots, security contact, health."""

import sqlite3
from datetime import UTC, datetime, timedelta
from functools import wraps
from ipaddress import ip_address

from django.conf import settings
from django.db import Error as DatabaseFault
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from portal.delivery.changes import left_behind
from portal.delivery.following import is_up_to_date
from portal.delivery.kept import kept
from portal.delivery.place import own_store
from portal.languages.texts import active, codes
from portal.publishing.schedule import overdue

SECURITY_TXT_DAYS = 180  # RFC 9116 asks for less than a year


def plain_text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@kept
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = settings.PORTAL_ORIGIN + reverse("sitemap")
    return plain_text(
        ["User-agent: *", "Disallow: /admin/", "Disallow: /id/", f"Sitemap: {sitemap}"]
    )


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The day of expiry moves in steps of a month, so that the answer can be kept."""
    month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires = month + timedelta(days=SECURITY_TXT_DAYS)
    canonical = settings.PORTAL_ORIGIN + reverse("security-txt")
    return plain_text(
        [
            f"Contact: {settings.PORTAL_SECURITY_CONTACT}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {', '.join(reversed(codes()))}",
            f"Canonical: {canonical}",
        ]
    )


@kept
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1: how a browser asks this site in the language of the address."""
    address = settings.PORTAL_ORIGIN + reverse("search")
    content = render_to_string("pages/opensearch.xml", {"address": address, "lang": active()})
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return HttpResponse(content, content_type=kind)


def of_this_machine(view):
    """Health is for the machine and the proxy on it; anyone else finds nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not ip_address(request.META["REMOTE_ADDR"] or "127.0.0.1").is_loopback:
            raise Http404
        return view(request)

    return guarded


@require_safe
@of_this_machine
def live(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return _uncached(plain_text(["ok"]))


@require_safe
@of_this_machine
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers too, and nothing that should be public still waits; else 503.

    Pages that cannot be kept are told and no more: every reader still gets the right one.
    """
    try:
        fault = _late()
    except DatabaseFault:
        fault = "the database does not answer"
    response = _uncached(plain_text([fault or "ok", *_unkept()]))
    if fault:
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return response


def _late() -> str:
    if overdue():
        return "a scheduled release is overdue"
    if left := left_behind():
        return f"pages from before a publication are left: {left}"
    return "" if is_up_to_date(own_store()) else "the pages of this machine do not follow the site"


def _unkept() -> list[str]:
    try:
        own_store().check()
    except (OSError, sqlite3.Error) as fault:
        return [f"pages are not kept: {fault}"]
    return []


def _uncached(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    return response
