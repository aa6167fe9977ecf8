"""The portal as ``make run`` starts it, with the founding content, on a port of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30  # seconds until it says that it answers


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """Its origin, and what making it ready said. All that it keeps is in this folder."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = clean | {"PORTAL_VAR": str(folder), "PYTHONUNBUFFERED": "1"}
    said = _prepared(environment)
    process = subprocess.Popen(
        _server(), cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    yield _origin(process), said
    process.terminate()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def _prepared(environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _server() -> list[str]:
    gunicorn = Path(sys.executable).with_name("gunicorn")
    config = ["--config", "bin/gunicorn.conf.py", "--bind", "127.0.0.1:0"]
    return [str(gunicorn), "portal.wsgi", *config]


def _origin(process: subprocess.Popen) -> str:
    said, until = "", time.monotonic() + PATIENCE
    while "The site:" not in said and time.monotonic() < until:
        said += process.stdout.readline()
    return re.search(r"http://\S+", said)[0].rstrip("/")
