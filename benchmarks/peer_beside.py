"""The peer of ``benchmarks.peer`` beside the portal: filled, asked in process, or served."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import gunicorn
from benchmarks.wagtail import PYTHON
from tests.own_database import ROOT, ending, own_database, process

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
        settings = "benchmarks.peer.settings"
        own = {"PEER_FOLDER": str(folder), "PYTHONPATH": str(ROOT)}
        asked = process(
            database, "benchmarks.peer.site", told, copies, settings=settings, python=PYTHON, **own
        )
        known = own | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": settings}
        with ending(asked) as running:
            yield Peer(running, json.loads(running.stdout.readline()), known)


def served(one: Peer, cache: str = ""):
    """By gunicorn as the portal is, behind this cache or none."""
    own = one.surroundings | {"PEER_CACHE": cache}
    return gunicorn("benchmarks.peer.wsgi", PYTHON, **own)
