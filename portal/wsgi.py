import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django = get_wsgi_application()

from portal.delivery.wsgi import kept_pages  # noqa: E402 - needs the settings

application = kept_pages(django)
