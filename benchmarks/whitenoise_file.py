"""WhiteNoise with nothing behind it, serving the files of the folder ``BENCH_FILES``."""

import os

from whitenoise import WhiteNoise


def nothing(environ, start_response):
    start_response("404 Not Found", [("Content-Length", "0")])
    return []


application = WhiteNoise(nothing, root=os.environ["BENCH_FILES"], max_age=60)
