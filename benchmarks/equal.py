"""What the page of a plan shows, told so that another system can make an equal page."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from django.core.handlers.wsgi import WSGIHandler
from django.utils.translation import override

from policies.models import Plan
from portal.languages.texts import codes, columns, text
from tests.delivery.front import ask

PROSE = re.compile(r'<div class="prose">(.*?)</div>', re.DOTALL)


class Words(HTMLParser):
    """The words of the links of a class, and of the rows of a list of terms."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: dict[str, list[str]] = {}
        self._class = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._class = dict(attrs).get("class") or "" if tag == "a" else ""

    def handle_data(self, data: str) -> None:
        if self._class:
            self.links.setdefault(self._class, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        self._class = ""


def told(plan: Plan) -> dict:
    """``{language: what the page shows}``; lists hold as many entries as the page does."""
    return {code: _in(plan, code) for code in codes()}


def _in(plan: Plan, code: str) -> dict:
    page = ask(WSGIHandler(), plan.address(code)).body.decode()
    words = Words(page).links
    with override(code):
        return {
            "bytes": len(page.encode()),
            "body": "".join(PROSE.findall(page)[:1]),
            "menu": len(words["nav__link"]),
            "contents": words["footer__link"],
            "terms": _terms(page),
            **_fields(plan),
            **_relations(plan),
        }


def _fields(plan: Plan) -> dict:
    days = {name: getattr(plan, name) for name in ("drawn_up", "revised", "replaced")}
    return {
        "title": str(text(plan, "title")),
        "summary": str(text(plan, "summary")),
        "purpose": str(text(plan, "purpose") or ""),
        "short_title": str(text(plan, "short_title") or ""),
        "kind": str(plan.get_plan_kind_display()),
        "also": "\n".join(filter(None, (getattr(plan, name) for name in columns("title")))),
        **{name: day.first_day.isoformat() if day else None for name, day in days.items()},
    }


def _relations(plan: Plan) -> dict:
    return {
        "succeeded_by": _titles([plan.succeeded_by] if plan.succeeded_by else []),
        "owners": _titles(plan.owners.published()),
        "objectives": _titles(plan.objectives.published()),
        "coordinated": _titles([*plan.coordinated_with.published(), *plan.coordinates.published()]),
        "measures": _titles(plan.prepared_by.published()),
        "documents": [
            {"title": str(each), "kind": each.get_document_kind_display(), "editions": _files(each)}
            for each in plan.documents.published()
        ],
        "responsibilities": [
            {"actor": str(each.actor), "role": each.get_role_display()}
            for each in plan.responsibilities.published()
        ],
        "sources": [
            {
                "title": each.title,
                "address": each.address,
                "language": each.language,
                "checked": each.checked,
            }
            for each in plan.source_list
        ],
    }


def _files(document) -> list[dict]:
    found = document.editions.published()
    return [{"language": each.get_language_display(), "address": each.href or ""} for each in found]


def _titles(records: Iterable) -> list[str]:
    return [str(each) for each in records]


def _terms(page: str) -> list[list[str]]:
    section = page.partition('id="terms"')[2].partition("</section>")[0]
    rows = re.findall(r"<dt><a[^>]*>(.*?)</a></dt><dd>(.*?)</dd>", section)
    return [list(row) for row in rows]
