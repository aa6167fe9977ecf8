"""A page as linked data (schema.org, JSON-LD), for search engines and archives."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.languages.texts import active, in_language, text
from portal.records.models import PageRecord

# JSON inside a script element: these three would let it end early.
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def absolute(path: str) -> str:
    return settings.PORTAL_ORIGIN + path


def of_record(record: PageRecord) -> dict[str, Any]:
    """The page and what it is about, in the language that the reader sees."""
    title = text(record, "title")
    page = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": absolute(record.permanent),
        "url": absolute(record.address()),
        "name": title,
        "description": text(record, "summary"),
        "inLanguage": title.lang,
        "isPartOf": {
            "@type": "WebSite",
            "name": _("Fight against terrorism"),
            "url": absolute("/"),
        },
    }
    if record.changed:
        page["dateModified"] = record.changed.isoformat()
    if record.schema_type != "WebPage":
        page["mainEntity"] = _entity(record)
    return page


def _entity(record: PageRecord) -> dict[str, Any]:
    names = [
        {"@value": in_language(record, "title", code), "@language": code}
        for code in record.languages
    ]
    return {"@type": record.schema_type, "@id": absolute(record.permanent) + "#it", "name": names}


def of_site() -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "url": absolute("/"),
        "name": _("Fight against terrorism"),
        "inLanguage": active(),
    }


def as_script(data: dict[str, Any]) -> SafeString:
    """Data, not code: no browser runs it, and it cannot end its element early."""
    content = json.dumps(data, ensure_ascii=False).translate(UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{content}</script>')
