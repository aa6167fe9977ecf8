"""The peer of ``benchmarks.peer`` beside the portal: filled, asked in process, or served."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import gunicorn
from benchmarks.wagtail import PYTHON
from tests.own_database import ROOT, own_database

CACHES = ("locmem", "file", "wagtailcache")


@dataclass
class Peer:
    """``known``: where its page is, its bytes, and its queries for a page and a publication."""

    process: subprocess.Popen
    known: dict
    surroundings: dict[str, str]

    def seconds(self, act: str) -> list[float]:
        print(act, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


@contextmanager
def peer(folder: Path, shows: dict, copies: int = 0) -> Iterator[Peer]:
    """With a page that shows the same, on the kind of database that the run is on."""
    folder.mkdir()
    told = folder / "told.json"
    told.write_text(json.dumps(shows))
    with own_database(folder) as database:
        known = {"PEER_FOLDER": str(folder), "DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
        known |= {"DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings"}
        command = [PYTHON, "-m", "benchmarks.peer.site", told, copies]
        process = subprocess.Popen(
            [*map(str, command)],
            cwd=ROOT,
            env=os.environ | known,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield Peer(process, json.loads(process.stdout.readline()), known)
        finally:
            process.stdin.close()
            process.wait(timeout=30)


def served(one: Peer, cache: str = ""):
    """By gunicorn as the portal is, behind this cache or none."""
    own = one.surroundings | {"PEER_CACHE": cache}
    return gunicorn("benchmarks.peer.wsgi", PYTHON, **own)
