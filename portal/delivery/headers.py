"""The headers of every response, set once, by the outermost layer.

Values and reasons: docs/reference/headers.md.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.delivery.making import MAKING
from portal.staff.addresses import is_staff

PUBLIC_CSP = (
    "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
STAFF_CSP = PUBLIC_CSP.replace("script-src 'none'", "script-src 'self'")
FILE_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"

PUBLIC_CACHE = "public, max-age=60, s-maxage=300, stale-while-revalidate=60, stale-if-error=86400"
NOT_KEPT = "portal; fwd=bypass"  # RFC 9211: the page store does not answer such addresses
PUBLIC_CDN_CACHE = "max-age=300, stale-while-revalidate=60, stale-if-error=86400"

FEATURES = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
CREDENTIALS = ("publickey-credentials-get", "publickey-credentials-create")

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


class HeadersOnEveryResponse:
    """Also on redirects, refusals and static files, which other middleware answers early."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        headers = headers_for(request.path_info, is_page=is_page)
        if getattr(request, "incomplete", False):  # a frame without what the database holds
            headers["Cache-Control"] = "no-store"
        elif "Cache-Control" not in response.headers:
            headers |= caching_of(request, response.status_code)
        if MAKING not in request.META and not request.path_info.startswith("/static/"):
            headers["Cache-Status"] = NOT_KEPT
        for name, value in headers.items():
            response.headers[name] = value
        return response


def headers_for(path: str, *, is_page: bool) -> dict[str, str]:
    """The headers of a class of address; an error below /files/ is a page, not a file."""
    staff = is_staff(path)
    return {
        **EVERYWHERE,
        "Content-Security-Policy": _policy(path, staff, is_page),
        "Permissions-Policy": _features(staff),
        **_transport(),
    }


def _policy(path: str, staff: bool, is_page: bool) -> str:
    if path.startswith(("/static/", "/files/")) and not is_page:
        return FILE_CSP
    policy = STAFF_CSP if staff else PUBLIC_CSP
    return f"{policy}; upgrade-insecure-requests" if settings.HTTPS else policy


def _features(staff: bool) -> str:
    allowed = "(self)" if staff else "()"
    off = [f"{name}=()" for name in FEATURES]
    return ", ".join([*off, *(f"{name}={allowed}" for name in CREDENTIALS)])


def _transport() -> dict[str, str]:
    """Browsers break on these over plain http, where the trial runs."""
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    value = f"max-age={settings.SECURE_HSTS_SECONDS}"
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        value += "; includeSubDomains; preload"
    return {"Strict-Transport-Security": value}


def caching_of(request: HttpRequest, status: int) -> dict[str, str]:
    """How long an answer may be kept, where its view has not said.

    What leads elsewhere or nowhere is not kept with a query: it may be what somebody looks for.
    """
    is_asked = status not in (200, 304) and bool(request.META.get("QUERY_STRING"))
    if is_asked or is_staff(request.path_info) or status >= 500:
        return {"Cache-Control": "no-store"}
    if status in (200, 301, 304):
        return {"Cache-Control": PUBLIC_CACHE, "CDN-Cache-Control": PUBLIC_CDN_CACHE}
    return {"Cache-Control": "public, max-age=60"}
