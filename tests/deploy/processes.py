"""PostgreSQL, gunicorn and nginx as processes of the suite, each with a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.own_database import ROOT
from tests.ports import free_port

POSTGRES = Path("/usr/lib/postgresql/15/bin")
NGINX = "/usr/sbin/nginx"
SOON = 60  # seconds; a machine may be slow
FAST = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"


def wait_for(port: int) -> None:
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(port)


class Postgres:
    """A server with one empty database, which nobody wants to keep."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "postgres", free_port()
        self.data.mkdir()
        if os.getuid() == 0:
            subprocess.run(["chown", "postgres", self.data], check=True)
        self._run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N")

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        log = self.data / "log"
        self._run("pg_ctl", "-w", "-l", log, "-o", f"-p {self.port} {FAST}", "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def processes(self) -> list[int]:
        master = int((self.data / "postmaster.pid").read_text().split()[0])
        return [master, *children_of(master)]

    def _run(self, program: str, *arguments: object) -> None:
        """initdb and postgres refuse to run as root."""
        other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*other, POSTGRES / program, "-D", self.data, *arguments]
        done = subprocess.run(
            list(map(str, command)), cwd=self.data, stdout=subprocess.DEVNULL, timeout=SOON
        )
        done.check_returncode()


class Gunicorn:
    """The portal as a unit runs it."""

    def __init__(self, surroundings: dict[str, str], log: Path) -> None:
        self.surroundings, self.log, self.port = surroundings, log, free_port()
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "-c", "deploy/gunicorn.conf.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=self.surroundings,
                stderr=log,
            )
        wait_for(self.port)

    def workers(self) -> list[int]:
        return children_of(self.process.pid)

    def kill_worker(self) -> None:
        os.kill(self.workers()[0], signal.SIGKILL)

    def kill(self) -> None:
        """Master and workers, without a word."""
        for pid in [self.process.pid, *self.workers()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.kill()


class Nginx:
    """On the configuration in a folder, in the foreground."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def start(self) -> None:
        self.process = subprocess.Popen([*self._command, "-g", "daemon off;"])
        wait_for(self.port)

    def reload(self) -> None:
        """With everything forgotten that was held against the application."""
        before, until = {*children_of(self.process.pid)}, time.monotonic() + SOON
        self.process.send_signal(signal.SIGHUP)
        while before & {*children_of(self.process.pid)} and time.monotonic() < until:
            time.sleep(0.02)

    def flush(self) -> None:
        """What is logged is written."""
        self.process.send_signal(signal.SIGUSR1)

    def is_sound(self) -> bool:
        """As nginx itself sees its configuration."""
        return subprocess.run([*self._command, "-t", "-q"]).returncode == 0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(SOON)

    @property
    def _command(self) -> list[str]:
        return [NGINX, "-p", f"{self.folder}/", "-c", f"{self.folder}/nginx.conf"]


def children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


@contextmanager
def running(*servers: Postgres | Gunicorn | Nginx) -> Iterator[None]:
    """Started in this order and stopped in the other, whatever happens in between."""
    started = []
    try:
        for server in servers:
            server.start()
            started.append(server)
        yield
    finally:
        for server in reversed(started):
            with suppress(subprocess.SubprocessError):
                server.stop()
