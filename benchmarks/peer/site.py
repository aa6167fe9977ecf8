"""The peer in a process of its own: fills itself, says so, and answers a line with its times.

python -m benchmarks.peer.site TOLD COPIES, on the database of ``DATABASE_URL``. TOLD is a file
with what the page shows. Says in one line of JSON where the page is; then, for each line
``page N``, the seconds that N pages took one by one, and for ``publish``, those of a publication.
"""

import io
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peer.settings")

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.peer.filling import fill  # noqa: E402
from benchmarks.peer.many import multiply  # noqa: E402
from benchmarks.peer.models import PlanPage  # noqa: E402

LANGUAGE = "fr"
NEAR = 200  # bytes


def ask(application, path: str) -> bytes:
    """Raises AssertionError for an answer that is not 200."""
    told = []
    answer = application(environ(path), lambda status, headers, _fault=None: told.append(status))
    body = b"".join(answer)
    answer.close()
    assert told == ["200 OK"], told
    return body


def environ(path: str) -> dict:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def seconds(act, *given) -> float:
    began = time.perf_counter()
    act(*given)
    return time.perf_counter() - began


def queries(act, *given) -> int:
    with CaptureQueriesContext(connection) as asked:
        act(*given)
    return len(asked)


def even(plan: PlanPage, path: str, size: int, application) -> int:
    """Lengthen or cut the text, until the page has as many bytes as the one it equals."""
    for _try in range(4):
        lacking = size - len(ask(application, path))
        if abs(lacking) <= NEAR:
            break
        plan.body = f"{plan.body}<p>{'mot ' * (lacking // 4)}</p>" if lacking > 0 else plan.body
        plan.purpose = plan.purpose if lacking > 0 else plan.purpose[:lacking]
        plan.save_revision().publish()
    return len(ask(application, path))


def publish(pages: list[PlanPage], number: int) -> None:
    """As its editor does: a revision of what was written, and then the page itself."""
    for page in pages:
        page.summary = f"{page.summary.partition(' · ')[0]} · {number}"
        page.save_revision(changed=True).publish()


def main(told: dict, copies: int) -> None:
    pages = fill(told)
    plan, application = pages[LANGUAGE], WSGIHandler()
    path = plan.get_url()
    size = even(plan, path, told[LANGUAGE]["bytes"], application)
    multiply(pages, copies)
    ask(application, path)
    known = {"path": path, "bytes": size, "queries": queries(ask, application, path)}
    print(json.dumps(known | {"publish": queries(publish, [plan], 0)}), flush=True)
    for number, line in enumerate(sys.stdin):
        act, _, count = line.strip().partition(" ")
        if act == "page":
            took = [seconds(ask, application, path) for _ in range(int(count))]
        else:
            chosen = [plan] if act == "publish" else list(pages.values())
            took = [seconds(publish, chosen, number)]
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()), int(sys.argv[2]))
