"""The servers that are measured, each a process of its own on loopback, ended with the run."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.own_database import ROOT
from tests.ports import free_port

PATIENCE = 30.0  # seconds until a server answers
# As in production, but that no worker ends while it is measured.
AS_OURS = ("--config", ROOT / "deploy" / "gunicorn.conf.py", "--max-requests", "0")

CORES = sorted(os.sched_getaffinity(0))
OF_SERVERS, OF_LOAD = CORES[0], CORES[-1]

_masters: dict[int, int] = {}  # who listens, by its port


def stand_apart() -> None:
    """The servers from here on have one worker each, and a core that the load does not have.

    Of two workers one takes most of the connections, by chance, and then there are a third fewer
    answers, of whichever candidate it is.
    """
    os.environ["WEB_CONCURRENCY"] = "1"
    os.sched_setaffinity(0, {OF_SERVERS})


@contextmanager
def running(command: list, port: int, **given) -> Iterator[subprocess.Popen]:
    """The process, as soon as something listens; ended with what it started."""
    process = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, **given)
    try:
        _wait_for(process, port)
        _masters[port] = process.pid
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@contextmanager
def gunicorn(
    application: str, python: Path, folder: Path = ROOT, **surroundings: str
) -> Iterator[tuple[str, subprocess.Popen]]:
    """Its origin and its master process."""
    port = free_port()
    command = [python, "-m", "gunicorn", application, *AS_OURS, "--bind", f"127.0.0.1:{port}"]
    known = os.environ | {"PYTHONPATH": str(ROOT)} | surroundings
    with running(command, port, cwd=folder, env=known) as process:
        yield f"http://127.0.0.1:{port}", process


def ask(address: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """Headers and bytes of an answer 200; raises HTTPError for another."""
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return dict(answer.headers.items()), answer.read()


def processor_seconds(port: int) -> float:
    """What whoever listens there, and its children, have taken of all processors so far."""
    ticks = 0
    for process in _with_children(_masters[port]):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # for itself, and in the kernel
    return ticks / os.sysconf("SC_CLK_TCK")


def _with_children(master: int) -> list[str]:
    return [str(master), *Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def proportional_set(master: int) -> float:
    """Megabytes that a process and its children hold: what they share counts once."""
    kilobytes = 0
    for process in _with_children(master):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def _wait_for(process: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended before it answered.")
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(f"{process.args[0]} did not answer within {PATIENCE:g} s.")
