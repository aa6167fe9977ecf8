"""The texts of our index in Wagtail's, asked the same questions; says the median seconds.

Runs in the environment of ``wagtail_beside``: nothing of the portal is imported here. A text is a
plain model with title, body and language, so that no tree of pages is measured with it.
"""

import os
import sys
import time
from statistics import median
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command

from benchmarks.questions import QUESTIONS

ROUNDS = 1
A_TIME = 1_000


def database(address: str) -> dict:
    parts = urlsplit(address)
    if parts.scheme.startswith("sqlite"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": parts.path[1:]}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "HOST": parts.hostname,
        "PORT": parts.port,
        "USER": parts.username,
        "PASSWORD": parts.password or "",
    }


settings.configure(
    DATABASES={
        "default": database(os.environ["DATABASE_URL"]),
        "texts": database(os.environ["TEXTS_URL"]),
    },
    INSTALLED_APPS=["django.contrib.contenttypes", "modelsearch"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    MODELSEARCH_BACKENDS={"default": {"BACKEND": "modelsearch.backends.database"}},
    USE_TZ=True,
)
django.setup()

from django.db import connection, connections, models  # noqa: E402
from modelsearch import index  # noqa: E402
from modelsearch.backends import get_search_backend  # noqa: E402


class Text(index.Indexed, models.Model):
    title = models.TextField()
    body = models.TextField()
    language = models.CharField(max_length=10, db_index=True)
    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.FilterField("language"),
    ]

    class Meta:
        app_label = "texts"

    def __str__(self) -> str:
        return self.title


def fill() -> None:
    call_command("migrate", verbosity=0, run_syncdb=True)
    with connection.schema_editor() as editor:
        editor.create_model(Text)
    with connections["texts"].cursor() as cursor:
        cursor.execute("SELECT names, text, language FROM search_indexentry")
        rows = cursor.fetchall()
    texts = Text.objects.bulk_create(
        [Text(title=names, body=text, language=language) for names, text, language in rows],
        batch_size=A_TIME,
    )
    backend = get_search_backend()
    for start in range(0, len(texts), A_TIME):
        backend.add_bulk(Text, texts[start : start + A_TIME])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def seconds(lang: str, words: str) -> float:
    """The first twenty and how many there are."""
    began = time.perf_counter()
    found = get_search_backend().search(words, Text.objects.filter(language=lang))
    list(found[:20])
    found.count()
    return time.perf_counter() - began


def main() -> None:
    fill()
    took = [[seconds(*question) for question in QUESTIONS] for _round in range(ROUNDS)]
    print(median(median(times) for times in zip(*took, strict=True)))
    sys.stdout.flush()


main()
