"""The whole site on one screen. Path words are translated in ``locale`` (context “address”)."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.views import PasswordResetConfirmView
from django.contrib.sitemaps.views import sitemap
from django.urls import path, reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from portal.records.kinds import page_kinds
from portal.records.models import PageRecord
from portal.sitemaps import sitemaps
from portal.staff.desk import Desk
from portal.views import machines, shell
from portal.views.lists import RecordList
from portal.views.records import RecordPage, SectionPage
from portal.views.styleguide import Styleguide


def addresses_of(kind: type[PageRecord]) -> list:
    """``plans/`` and ``plans/<slug>/``, in the words of every language."""
    word, name = kind.path_word, kind.kind()
    return [
        path(format_lazy("{}/", word), RecordList.as_view(kind=kind), name=f"{name}-list"),
        path(format_lazy("{}/<slug:slug>/", word), RecordPage.as_view(kind=kind), name=name),
    ]


urlpatterns = [
    path("", shell.LanguageChoice.as_view(), name="languages"),
    path("id/<uuid:uuid>/", shell.permanent, name="permanent"),
    path("files/<uuid:uuid>/<str:name>", shell.file, name="file"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": sitemaps()}, name="sitemap"),
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
        *(pattern for kind in page_kinds() for pattern in addresses_of(kind)),
        path("<slug:slug>/", SectionPage.as_view(), name="section"),  # last: any word is a slug
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
        path("admin/", admin.site.urls),
        path("styleguide/", Styleguide.as_view(), name="styleguide"),
    ]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"
