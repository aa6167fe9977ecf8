"""nginx with a plain file, and nginx with the stored pages as the portal configures it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.servers import running
from tests.own_database import ROOT
from tests.ports import free_port

WORKERS = "1"
PLAIN = """
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log combined buffer=64k flush=1s;
    sendfile on;
    tcp_nopush on;
    {paths}
    server {{
        listen 127.0.0.1:{port};
        default_type text/html;
        {server}
    }}
}}
"""
FILES = "root {files}; index index.html;"
PATHS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def file_server(folder: Path, files: Path) -> Iterator[str]:
    """Its origin. Nothing but files, and a log as ours."""
    with _plain(folder, FILES.format(files=files)) as origin:
        yield origin


@contextmanager
def in_front(folder: Path, known: dict[str, str], application: str) -> Iterator[str]:
    """Before the portal of these surroundings, which answers at ``application``."""
    folder.mkdir()
    port, places = free_port(), {name: folder / name for name in ("run", "logs", "waiting", "conf")}
    for each in ("run", "logs", "waiting"):
        places[each].mkdir()
    _configure(places, port, known, application)
    with _nginx(places["conf"], port):
        yield f"http://127.0.0.1:{port}"


def _configure(places: dict[str, Path], port: int, known: dict, application: str) -> None:
    given = {
        "desk": "desk.test",
        "listen": f"127.0.0.1:{port}",
        "listen-desk": f"127.0.0.1:{free_port()}",
        "rescue": f"127.0.0.1:{free_port()}",
        "application": application,
        "desk-application": application,
        "run": places["run"],
        "logs": places["logs"],
        "waiting": places["waiting"],
        "workers": WORKERS,
    }
    options = [part for name, value in given.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, "manage.py", "configure_nginx", str(places["conf"]), *options]
    mirrors = {"PORTAL_MIRRORS": str(places["run"] / "mirror")}  # none is asked
    surroundings = os.environ | known | mirrors
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _plain(folder: Path, server: str) -> Iterator[str]:
    folder.mkdir()
    port = free_port()
    paths = "\n".join(f"{name}_temp_path {folder}/{name};" for name in PATHS)
    filled = PLAIN.format(workers=WORKERS, folder=folder, port=port, paths=paths, server=server)
    (folder / "nginx.conf").write_text(filled)
    with _nginx(folder, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _nginx(folder: Path, port: int) -> Iterator[None]:
    command = ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off;"]
    with running(command, port, stderr=subprocess.DEVNULL):
        yield
