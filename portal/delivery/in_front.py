"""The configuration of the nginx in front, filled in with what the site knows of itself.

The templates are ``deploy/nginx/*.conf``; a blank in them is ``@{name}``. A header that the
application sends comes from where the application takes it, so that no value is written twice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from portal.delivery.headers import PUBLIC_CACHE, PUBLIC_CDN_CACHE, headers_for
from portal.delivery.kept import LONGEST_QUERY, MOST_PARAMETERS, all_choices
from portal.languages.alternates import route_in
from portal.languages.texts import codes

TEMPLATES = settings.BASE_DIR / "deploy" / "nginx"
ANY_TOKEN = "any-token"  # noqa: S105 - of an address that shows where a real one would stand
ANY_ENTRY = UUID(int=0)
WHOLE = ("upstreams.conf", "public.conf", "desk.conf", "rescue.conf")
MIRROR_ALONE = ("mirror-alone.conf",)

# Expressions that every reader of every page waits for. What can be read in one way only is not
# tried in another: that is what the last ``+`` says.
PART = "[A-Za-z0-9_-][A-Za-z0-9_.-]*"
PARTS = f"(?:{PART}+/)*+"
CHOICE = "[a-z]+=[A-Za-z0-9_-]+"

BLANK = re.compile(r"@\{(\w+)\}")


def _first_mirror() -> Path:
    return Path(next(iter(settings.PORTAL_MIRRORS), settings.VAR_DIR / "mirror"))


@dataclass(frozen=True)
class Front:
    """Where nginx listens, whom it asks and where it writes; addresses as ``listen`` takes them.

    ``desk`` is the host name of the desk, with its port where that is not the usual one; None where
    the machine has nothing but the mirror.
    """

    desk: str | None
    listen: Sequence[str] = ("443", "[::]:443") if settings.HTTPS else ("80", "[::]:80")
    redirect: Sequence[str] = ("80", "[::]:80")
    listen_desk: Sequence[str] = ("127.0.0.1:8443",)
    application: str = "unix:/run/portal-public/gunicorn.sock"
    desk_application: str = "unix:/run/portal-desk/gunicorn.sock"
    rescue: str = "127.0.0.1:8003"
    mirror: Path = field(default_factory=_first_mirror)
    run: Path = Path("/run/portal-nginx")
    logs: Path = Path("/var/log/portal-nginx")
    waiting: Path = Path("/var/cache/portal-nginx")
    certificates: Path = Path("/etc/portal/tls")
    workers: str = "auto"
    patience: str = "2s"
    patience_of_desk: str = "5s"

    @property
    def all_listening(self) -> Sequence[str]:
        """A server that stands alone at an address would answer for every host."""
        return [*dict.fromkeys([*self.listen, *(self.listen_desk if self.desk else ())])]

    @property
    def servers(self) -> Sequence[str]:
        return MIRROR_ALONE if self.desk is None else WHOLE


def write_front(front: Front, folder: Path) -> list[Path]:
    """Every file of the configuration, filled in; returns them.

    Raises OSError, and ValueError for a mirror from which no publication takes anything out.
    """
    if front.desk is not None and str(front.mirror) not in settings.PORTAL_MIRRORS:
        raise ValueError(
            f"No publication keeps the mirror in {front.mirror}, so readers could be given from it "
            "what was withdrawn. Name it in PORTAL_MIRRORS."
        )
    blanks = _blanks(front)
    left_out = {*WHOLE, *MIRROR_ALONE} - {*front.servers}
    templates = [path for path in sorted(TEMPLATES.glob("*.conf")) if path.name not in left_out]
    texts = {path.name: path.read_text("utf-8") for path in templates}
    texts["headers-of-pages.conf"] = _in_nginx(headers_for("/", is_page=True))
    texts["headers-of-files.conf"] = _in_nginx(headers_for("/files/", is_page=False))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        filled = BLANK.sub(lambda blank: blanks[blank[1]], text)
        (folder / name).write_text(filled, "utf-8")
    return [folder / name for name in texts]


def _blanks(front: Front) -> dict[str, str]:
    return {
        **{name: str(value) for name, value in vars(front).items()},
        "servers": "\n    ".join(f"include {each};" for each in front.servers),
        **_of_the_site(),
        **_of_hosts(front),
    }


def _of_the_site() -> dict[str, str]:
    searches = [route_in("search", code).strip("/") for code in codes()]
    previews = [
        route_in("preview-of-release", code, token=ANY_TOKEN)
        .strip("/")
        .removesuffix(f"/{ANY_TOKEN}")
        for code in codes()
    ]
    return {
        "languages": "|".join(codes()),
        "default_language": settings.LANGUAGE_CODE,
        "searches": "|".join(searches),
        "searches_of_readers": "\n    ".join(map(_search, searches)),
        "previews": "|".join(previews),
        "part": PART,
        "any_folder": f"/{PARTS}",
        "folder": f"/(?:(?<language_of_page>{'|'.join(codes())})/)?+{PARTS}",
        "choices_in_order": f"{CHOICE}(?:&{CHOICE})*",
        "choices": "|".join(sorted(all_choices())),
        "too_long_a_query": str(LONGEST_QUERY + 1),
        "too_many_parameters": str(MOST_PARAMETERS),
        "entries": _above("entry-versions", settings.LANGUAGE_CODE, uuid=ANY_ENTRY),
        "untold": "|".join([*searches, *previews, "admin/password"]),
        "store": str(settings.STORE_DIR / "current"),
        "var": str(settings.STATIC_ROOT.parent),
        "public_cache": PUBLIC_CACHE,
        "public_cdn_cache": PUBLIC_CDN_CACHE,
    }


def _search(path: str) -> str:
    """Exactly: an expression would be tried on the address of every page."""
    return f"location = /{path}/ {{\n        try_files /.none @search;\n    }}"


def _above(name: str, code: str, **given: object) -> str:
    """What stands before the one thing that is given in an address of this name."""
    (value,) = map(str, given.values())
    return route_in(name, code, **given).partition(value)[0]


def _of_hosts(front: Front) -> dict[str, str]:
    site, closed = urlsplit(settings.PORTAL_ORIGIN), settings.HTTPS
    desk_name = (front.desk or "").partition(":")[0]
    return {
        "host": site.netloc,
        "host_name": site.hostname or "",
        "scheme": site.scheme,
        "desk_host": front.desk,
        "desk_name": desk_name,
        "listen": _listen(front.listen, closed),
        "listen_for_desk": _listen(front.listen_desk, closed),
        "listen_as_stranger": _listen(front.all_listening, closed, "default_server"),
        "tls_for_strangers": "ssl_reject_handshake on;" if closed else "",
        "tls": _tls(front, site.hostname or "") if closed else "",
        "tls_of_desk": _tls(front, desk_name) if closed else "",
        "redirects": _redirects(front, site.hostname or "") if closed else "",
    }


def _listen(addresses: Sequence[str], closed: bool, as_what: str = "") -> str:
    how = " ".join([*(["ssl", "http2"] if closed else []), *([as_what] if as_what else [])])
    return "\n    ".join(f"listen {' '.join([each, how]).strip()};" for each in addresses)


def _tls(front: Front, name: str) -> str:
    certificate = front.certificates / name
    return (
        f"include tls.conf;\n    ssl_certificate {certificate}.pem;\n"
        f"    ssl_certificate_key {certificate}.key;"
    )


def _redirects(front: Front, name: str) -> str:
    """In the open: to the closed site, and nothing to whoever asks for another host."""
    return f"""
server {{
    {_listen(front.redirect, False, "default_server")}
    server_name _;
    access_log off;
    return 444;
}}

server {{
    {_listen(front.redirect, False)}
    server_name {name};
    include headers-of-pages.conf;
    add_header Cache-Control "{PUBLIC_CACHE}";
    add_header CDN-Cache-Control "{PUBLIC_CDN_CACHE}";
    return 301 {settings.PORTAL_ORIGIN}$request_uri;
}}"""


def _in_nginx(headers: Mapping[str, str]) -> str:
    """In a file to include: one ``add_header`` in a place drops all that it inherits."""
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
