"""The portal's settings, plus a kind that only the suite knows."""

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.kinds"]

if "sqlite" in DATABASES["default"]["ENGINE"]:  # pytest-django knows Django's own by its name
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:  # a machine that is slow for a moment is no fault of what is tested
    DATABASES["default"]["OPTIONS"]["options"] += (
        " -c statement_timeout=60000 -c idle_in_transaction_session_timeout=120000"
    )

# live_server answers 404 for hashed names; tests/test_static.py keeps the manifest honest.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
