"""gunicorn for ``make run``: quiet, on loopback, and polite when it is ready.

Beside it run what publishes releases whose time has come, and what looks after the kept pages;
both end with it.
"""

import subprocess
import sys

worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
control_socket_disable = True
limit_request_line = 2048
limit_request_fields = 40
graceful_timeout = 10
loglevel = "error"


COMMANDS = (("publish_due", "--every", "20"), ("keep_pages", "--every", "1"))  # seconds
beside = []


def when_ready(server) -> None:
    for command in COMMANDS:
        words = [sys.executable, "manage.py", *command]
        beside.append(subprocess.Popen(words))  # noqa: S603 - our own commands
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    print(
        f"\nThe site:  http://{host}:{port}/\n"
        f"The desk:  http://{host}:{port}/admin/  (an account: make staff)\n"
        "Ctrl-C stops it.",
        flush=True,
    )


def on_exit(server) -> None:
    for process in beside:
        process.terminate()
        process.wait()
