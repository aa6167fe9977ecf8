"""A long walk through publications of every sort, with every kept page compared after each."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from portal.delivery.store import Store
from tests.delivery.front import Front
from tests.delivery.walk import Walk
from tests.pages_of_the_site import fill


def run(acts: int, seed: int) -> dict:
    settings.STORE_DIR = Path(tempfile.mkdtemp())
    fill()
    walk = Walk(Front(Store(settings.STORE_DIR / "this-edition")), seed)
    walk.visit()
    stale = []
    for number in range(acts):
        act = walk.act()
        stale += [(number, act, address) for address in walk.stale()]
    return {
        "database": connection.vendor,
        "acts": {name: {"done": times} for name, times in sorted(walk.done.items())},
        "pages": len(walk.held),
        "changed": walk.changed,
        "needless": walk.needless,
        "stale": stale[:20],
    }
