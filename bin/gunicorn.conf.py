"""gunicorn for ``make run``: as in production, quiet, on loopback, and polite when it is ready.

Beside it run what publishes releases whose time has come, and what looks after the kept pages;
both end with it.
"""

import subprocess
import sys
from pathlib import Path
from runpy import run_path

globals().update(run_path(str(Path(__file__).parent.parent / "deploy" / "gunicorn.conf.py")))

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
