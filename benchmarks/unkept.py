"""The portal without its store: every page is made anew, as the store has it made."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from django.core.wsgi import get_wsgi_application

django = get_wsgi_application()

from portal.delivery.making import MAKING, Making  # noqa: E402 - needs the settings
from portal.records.reads import noting  # noqa: E402


def application(environ, start_response):
    environ[MAKING] = Making()
    with noting():
        return django(environ, start_response)
