"""Every setting of the portal, from the environment alone; each is explained in
docs/reference/settings.md. Without any variable it runs safely for a trial on loopback.
"""

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Trial or production --------------------------------------------------------------------------

PORTAL_ENV = env.str("PORTAL_ENV", default="trial")
if PORTAL_ENV not in ("trial", "production"):
    raise ImproperlyConfigured("Set PORTAL_ENV to production, or leave it out for a trial.")
PRODUCTION = PORTAL_ENV == "production"
PUBLIC_ONLY = env.bool("PUBLIC_ONLY", default=False)
DEBUG = env.bool("PORTAL_DEBUG", default=False) and not PRODUCTION
VAR_DIR = Path(env.str("PORTAL_VAR", default=str(BASE_DIR / "var")))


def required(name: str, trial, reason: str) -> str:
    """The variable; in production the portal does not start without it."""
    value = env.str(name, default="")
    if value or not PRODUCTION:
        return value or (trial() if callable(trial) else trial)
    raise ImproperlyConfigured(f"Set {name}: {reason}")


def trial_secret() -> str:
    """One key for each copy of the trial, made once and kept out of the repository."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = required("SECRET_KEY", trial_secret, "50 random characters that only this site knows.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters; this one is weak.")

PORTAL_ORIGIN = required(
    "PORTAL_ORIGIN",
    f"http://127.0.0.1:{env.str('PORT', default='8000')}",
    "the address under which readers find the site, such as https://portal.example.",
).rstrip("/")
HTTPS = PORTAL_ORIGIN.startswith("https://")
if PRODUCTION and not HTTPS:
    raise ImproperlyConfigured("Set PORTAL_ORIGIN to an address that begins with https://.")

HOSTS = required(
    "ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", "the host names that this site answers to."
)
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",")]
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to exact host names; * lets anyone speak for it.")

# --- Who publishes: from here alone ---------------------------------------------------------------

PORTAL_PUBLISHER = env.str("PORTAL_PUBLISHER", default="")
PORTAL_PUBLIC_BODY = env.bool("PORTAL_PUBLIC_BODY", default=False) and bool(PORTAL_PUBLISHER)
PORTAL_CONTACT = required(
    "PORTAL_CONTACT", "editors@portal.invalid", "the e-mail address that readers may write to."
)
PORTAL_SECURITY_CONTACT = required(
    "PORTAL_SECURITY_CONTACT",
    f"mailto:{PORTAL_CONTACT}",
    "where faults of security are reported, as a mailto: or https: address.",
)
if not PORTAL_SECURITY_CONTACT.startswith(("mailto:", "https://")):
    raise ImproperlyConfigured("Set PORTAL_SECURITY_CONTACT to a mailto: or https:// address.")
PORTAL_LICENCE = env.str(
    "PORTAL_LICENCE", default="https://creativecommons.org/publicdomain/zero/1.0/"
)

# --- The house ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "portal.staff.admin_config.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_http_compression",
    "portal.languages",
    "portal.records",
    "portal.publishing",
    "portal.translation",
    "portal.staff",
    "portal.pages",
    "portal.search",
    "portal.opendata",
    "portal.delivery",
    "portal.keeping",
    "portal.content",
    "actors",
    "policies",
]

MIDDLEWARE = [
    "portal.delivery.headers.HeadersOnEveryResponse",  # outermost: errors and static files too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before everything that costs
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # inside compression: hashes plain bytes
    "portal.languages.middleware.LanguageOfAddress",
    "portal.views.errors.ErrorsAsPages",  # says so in the language of the address
    "portal.delivery.making.TellsTheAge",  # before anything is read of what a page shows
    "portal.staff.middleware.CookiesForStaffAlone",  # before whatever reads one
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.staff.middleware.LanguageOfAccount",  # needs the account
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.frame",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "staff.Account"
DATABASE_URL = required(
    "DATABASE_URL", f"sqlite:///{VAR_DIR}/portal.sqlite3", "postgres://user:password@host/database."
)
if not DATABASE_URL.startswith(("postgres://", "postgresql://", "sqlite:///")):
    raise ImproperlyConfigured("Set DATABASE_URL to postgres://user:password@host/database.")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}

# A kept connection is looked at before each request uses it.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "portal.keeping.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "cached_statements": 12,  # one that names many kinds takes a third of a megabyte
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds: nobody keeps a queue, so that the unlucky wait longer
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON; "  # INSERT OR REPLACE is a DELETE too
        "PRAGMA cache_size=-500",  # kB of each thread; the machine has the file in memory anyway
    }
else:
    DATABASES["default"] |= {
        "OPTIONS": DATABASES["default"].get("OPTIONS", {})
        | {
            "connect_timeout": 2,
            "options": "-c statement_timeout=3000 -c lock_timeout=2000 "
            "-c idle_in_transaction_session_timeout=10000 "
            "-c join_collapse_limit=4",  # to try every order of ten joins takes it 3 ms
        },
    }

MEDIA_ROOT = VAR_DIR / "files"
STORE_DIR = VAR_DIR / "pages"
PORTAL_MIRRORS = env.list("PORTAL_MIRRORS", default=[])
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Languages: alphabetical by their own name, an order that is nobody's rank --------------------

LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.languages.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_ENABLE_FALLBACKS = False

# --- Static files ---------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site uses our sheets
WHITENOISE_MAX_AGE = 60
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

# --- Security: the values of docs/reference/headers.md --------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
# These bind the whole parent domain, so each owner switches them on knowingly.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("PORTAL_HSTS_PRELOAD", False)
if env.bool("PORTAL_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.views.errors.forbidden"
SESSION_COOKIE_AGE = 900
SESSION_SAVE_EVERY_REQUEST = True
PASSWORD_RESET_TIMEOUT = 24 * 3600
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Log: one line an event, on standard error ----------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A reader's wrong address is not our fault, and its log line would be a reader's trace.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        "gunicorn": {"level": "ERROR"},
    },
}
