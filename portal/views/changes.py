"""The public log, as a page and as a feed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.languages.templatetags.languages import in_its_language
from portal.languages.texts import active
from portal.publishing.changes import RECORDS_A_MOMENT, Moment, last_change, moments, newest_first
from portal.publishing.verify import head_of_log
from portal.views.lists import page_of
from portal.views.public import PublicView

MOMENTS_IN_FEED = 20


class Changes(PublicView):
    """Everything that became public, was corrected, withdrawn or removed; newest first."""

    template_name = "pages/changes.html"

    @classmethod
    def choices(cls, **given: Any) -> Collection[str]:
        return {"page"}

    def get_context_data(self, **context: Any) -> dict:
        page = page_of(self.request, newest_first())
        return super().get_context_data(
            page=page,
            as_of=last_change(),
            moments=moments(page.object_list),
            head=head_of_log(),
            **context,
        )


class ChangesFeed(Feed):
    feed_type = Atom1Feed
    is_kept = True

    def title(self) -> str:
        return f"{_('Fight against terrorism')} · {_('Changes')}"

    def author_name(self) -> str:
        return settings.PORTAL_PUBLISHER or _("Trial copy, not an official website")

    def link(self) -> str:
        return settings.PORTAL_ORIGIN + reverse("changes")

    def feed_url(self) -> str:
        return settings.PORTAL_ORIGIN + reverse("changes-feed")

    def items(self) -> list[Moment]:
        return moments(newest_first()[: MOMENTS_IN_FEED * RECORDS_A_MOMENT])[:MOMENTS_IN_FEED]

    def item_title(self, item: Moment) -> str:
        names = [str(line.record) for line in item.lines if line.record]
        more = " …" if len(names) > 3 else ""
        what = [str(capfirst(item.act.label)), f"{', '.join(names[:3])}{more}"]
        return " · ".join(filter(None, what))

    def item_description(self, item: Moment) -> str:
        """As HTML, which is what Django says that it is."""
        return in_its_language(item.note)

    def item_link(self, item: Moment) -> str:
        line = item.lines[0]
        path = line.record.history_at(active()) if line.record else reverse("changes")
        return settings.PORTAL_ORIGIN + path

    def item_guid(self, item: Moment) -> str:
        return f"{self.link()}#e{item.number}"

    def item_updateddate(self, item: Moment) -> datetime:
        return item.time
