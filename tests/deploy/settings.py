"""The portal's settings for production, plus the kind that only the suite knows."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.kinds"]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["br", "gz", "js"]  # the desk's scripts take seconds
