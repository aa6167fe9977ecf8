import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django = get_wsgi_application()

from portal.delivery.wsgi import kept_pages  # noqa: E402 - needs the settings

application = kept_pages(django)

# What is loaded by now is for good. Workers that part from here on share it, for their collector
# no longer writes into it: a seventh of their memory.
gc.collect()
gc.freeze()
