"""What ``wagtail start`` writes, in three languages, on the database of ``DATABASE_URL``.

``PEER_CACHE``: nothing, or what keeps its pages: ``locmem`` or ``file``, behind Django's
middleware for the whole site, or ``wagtailcache``. ``PEER_FOLDER``: where files go.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(os.environ["PEER_FOLDER"])
CACHE = os.environ.get("PEER_CACHE", "")


def database(address: str) -> dict:
    parts = urlsplit(address)
    if parts.scheme.startswith("sqlite"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:],
            "OPTIONS": {  # as the portal's
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "HOST": parts.hostname,
        "PORT": parts.port,
        "USER": parts.username,
        "PASSWORD": parts.password or "",
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database(os.environ["DATABASE_URL"])}
SECRET_KEY = "a key of the bench, which guards nothing"
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
INSTALLED_APPS = [
    "benchmarks.peer",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.locales",
    "wagtail.admin",
    "wagtail",
    *(["wagtailcache"] if CACHE == "wagtailcache" else []),
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
KEEPS = {  # the first of the middleware, and the last
    "": ([], []),
    "wagtailcache": (
        ["wagtailcache.cache.UpdateCacheMiddleware"],
        ["wagtailcache.cache.FetchFromCacheMiddleware"],
    ),
}
OF_DJANGO = (
    ["django.middleware.cache.UpdateCacheMiddleware"],
    ["django.middleware.cache.FetchFromCacheMiddleware"],
)
first, last = KEEPS.get(CACHE, OF_DJANGO)
MIDDLEWARE = [*first, *MIDDLEWARE, *last]
BACKENDS = {
    "file": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(FOLDER / "cache"),
    }
}
CACHES = {
    "default": BACKENDS.get(CACHE, {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"})
}
CACHE_MIDDLEWARE_SECONDS = 86_400
ROOT_URLCONF = "benchmarks.peer.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
MIGRATION_MODULES = {"peer": "peer_migrations"}
sys.path.insert(0, str(FOLDER))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("nl", "Nederlands"),
]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
STATIC_URL = "/static/"
MEDIA_ROOT, MEDIA_URL = FOLDER / "media", "/media/"
WAGTAIL_SITE_NAME = "Peer"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
