"""The whole site on one screen. Path words are translated in ``locale`` (context “address”)."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import include, path, reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from portal.pages.models import Page
from portal.records import numbers  # noqa: F401 - the numbers in these addresses
from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.sitemaps import sitemap
from portal.staff.desk import Desk
from portal.views import changes, machines, previews, shell, timeline, versions
from portal.views.help import help_page
from portal.views.lists import RecordList
from portal.views.records import RecordPage, SectionPage
from portal.views.search import SearchPage
from portal.views.styleguide import Styleguide
from portal.views.who_does_what import PictureFile, TableFile, WhoDoesWhat


def addresses_of(kind: type[PageRecord]) -> list:
    """``plans/``, ``plans/<slug>/`` and its past, in the words of every language."""
    word, name = kind.path_word, kind.kind()
    record = format_lazy("{}/<slug:slug>/", word)
    return [
        path(format_lazy("{}/", word), RecordList.as_view(kind=kind), name=f"{name}-list"),
        path(record, RecordPage.as_view(kind=kind), name=name),
        path(format_lazy("{}versions/", record), include(past_of(kind))),
    ]


def past_of(kind: type[PageRecord] | None, name: str | None = None) -> list:
    """What stands below a record's address; without a kind the address names the record."""
    return [
        path("", versions.Versions.as_view(kind=kind), name=name),
        path("<ordinal:number>/", versions.VersionPage.as_view(kind=kind)),
        path("<ordinal:number>.json", versions.Content.as_view(kind=kind)),
        path("<ordinal:old>-<ordinal:new>/", versions.Comparison.as_view(kind=kind)),
    ]


PREVIEW = format_lazy("{}/<str:token>/", pgettext_lazy("address", "preview"))
SHARED_DRAFT = previews.SharedDraft.as_view()
DESK_PREVIEW = admin.site.admin_view(previews.DraftAtTheDesk.as_view())
SEARCH = format_lazy("{}/", pgettext_lazy("address", "search"))
CHANGES = format_lazy("{}/", pgettext_lazy("address", "changes"))
IN_TIME = pgettext_lazy("address", "timeline")
WHO_DOES_WHAT = pgettext_lazy("address", "who-does-what")

urlpatterns = [
    path("", shell.LanguageChoice.as_view(), name="languages"),
    path("id/<uuid:uuid>/", shell.permanent, name="permanent"),
    path("files/<uuid:uuid>/<str:name>", shell.file, name="file"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security_txt, name="security-txt"),
    path("healthz/live", machines.live, name="live"),
    path("healthz/ready", machines.ready, name="ready"),
    *i18n_patterns(
        path("", shell.Home.as_view(), name="home"),
        path(
            format_lazy("{}/", pgettext_lazy("address", "glossary")),
            shell.Glossary.as_view(),
            name="glossary",
        ),
        path(SEARCH, SearchPage.as_view(), name="search"),
        path(format_lazy("{}opensearch.xml", SEARCH), machines.opensearch, name="opensearch"),
        path(format_lazy("{}/", IN_TIME), timeline.Timeline.as_view(), name="timeline"),
        path(format_lazy("{0}/{0}.csv", IN_TIME), timeline.table, name="timeline-csv"),
        path(
            format_lazy("{}/<ordinal:year>/", IN_TIME),
            timeline.YearPage.as_view(),
            name="timeline-year",
        ),
        path(PREVIEW, SHARED_DRAFT, name="preview-of-release"),
        path(format_lazy("{}<uuid:uuid>/", PREVIEW), SHARED_DRAFT, name="preview"),
        path(CHANGES, changes.Changes.as_view(), name="changes"),
        path(format_lazy("{}feed.atom", CHANGES), changes.ChangesFeed(), name="changes-feed"),
        path(format_lazy("{}/", WHO_DOES_WHAT), WhoDoesWhat.as_view(), name="who-does-what"),
        path(
            format_lazy("{0}/{0}.svg", WHO_DOES_WHAT),
            PictureFile.as_view(),
            name="who-does-what-picture",
        ),
        path(
            format_lazy("{0}/{0}.csv", WHO_DOES_WHAT),
            TableFile.as_view(),
            name="who-does-what-table",
        ),
        path(
            format_lazy("{}/<uuid:uuid>/versions/", pgettext_lazy("address", "entries")),
            include(past_of(None, name="entry-versions")),
        ),
        *(pattern for kind in page_kinds() for pattern in addresses_of(kind)),
        path("versions/", include(past_of(Page)), {"slug": None}),  # of home
        path("<slug:slug>/", SectionPage.as_view(), name="section"),  # last: any word is a slug
        path("<slug:slug>/versions/", include(past_of(Page))),
    ),
]
if not settings.PUBLIC_ONLY:
    urlpatterns += [
        path(
            "admin/password/<uidb64>/<token>/",
            PasswordResetConfirmView.as_view(
                success_url=reverse_lazy("admin:login"),
                extra_context={"site_title": Desk.site_title, "site_header": Desk.site_header},
            ),
            name="password_reset_confirm",
        ),
        path("admin/help/<slug:name>/", admin.site.admin_view(help_page), name="help"),
        path("admin/preview/<str:code>/<str:kind>/", DESK_PREVIEW, name="preview-of-new"),
        path(
            "admin/preview/<str:code>/<str:kind>/<uuid:uuid>/",
            DESK_PREVIEW,
            name="preview-at-the-desk",
        ),
        path("admin/", admin.site.urls),
        path("styleguide/", Styleguide.as_view(), name="styleguide"),
    ]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"
