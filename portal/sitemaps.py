"""The sitemap: every page in every language in which it really exists."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.records.timeline import rows, years


class PortalSitemap(Sitemap):
    """Absolute addresses come from PORTAL_ORIGIN, never from the request."""

    i18n = True
    alternates = True

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.PORTAL_ORIGIN.partition("://")[0]

    def get_domain(self, site=None) -> str:
        return settings.PORTAL_ORIGIN.partition("://")[2]


class RecordSitemap(PortalSitemap):
    def __init__(self, kind: type[PageRecord]) -> None:
        super().__init__()
        self.kind = kind

    def items(self):
        return self.kind.objects.published().order_by("pk")

    def get_languages_for_item(self, item: PageRecord) -> list[str]:
        return item.languages

    def lastmod(self, item: PageRecord) -> datetime:
        return item.changed


class ListSitemap(PortalSitemap):
    """Pages that exist by themselves, in every language."""

    def items(self) -> list[str]:
        lists = [f"{kind.kind()}-list" for kind in page_kinds()]
        return ["timeline", "who-does-what", "glossary", "changes", *lists]

    def location(self, item: str) -> str:
        return reverse(item)


class YearSitemap(PortalSitemap):
    """What stood in each year of the timeline."""

    def items(self) -> range:
        return years(rows())

    def location(self, item: int) -> str:
        return reverse("timeline-year", args=[item])


def sitemaps() -> dict[str, Sitemap]:
    records = {kind.kind(): RecordSitemap(kind) for kind in page_kinds()}
    return {"lists": ListSitemap(), "years": YearSitemap(), **records}
