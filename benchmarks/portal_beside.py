"""A portal of its own with the founding content, for the time of a run; and what its page shows.

python -m benchmarks.portal_beside SLUG says in one line of JSON what ``equal.told`` tells of the
plan with this address.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.own_database import ROOT

PLAN = "plan-r"  # of the founding content the plan with the most on its page
LANGUAGE = "fr"


def surroundings(folder: Path, database: str = "") -> dict[str, str]:
    """Of every process of this portal."""
    return {
        "PORTAL_VAR": str(folder),
        "DATABASE_URL": database or f"sqlite:///{folder}/portal.sqlite3",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def prepare(folder: Path, database: str = "") -> dict:
    """Database, static files and content; what the page of ``PLAN`` shows."""
    known = os.environ | surroundings(folder, database)
    command = [sys.executable, "manage.py", "prepare"]
    subprocess.run(command, cwd=ROOT, env=known, check=True, stdout=subprocess.DEVNULL)
    module = [sys.executable, "-m", "benchmarks.portal_beside", PLAN]
    said = subprocess.run(
        module, cwd=ROOT, env=known, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(said.stdout)


def collect(folder: Path) -> None:
    """The static files, without which no page is made."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | surroundings(folder), check=True)


def _told(slug: str) -> dict:
    import django

    django.setup()
    from benchmarks.equal import told
    from policies.models import Plan
    from portal.languages.texts import column

    plan = Plan.objects.published().get(**{column("slug", LANGUAGE): slug})
    return {"address": plan.address(LANGUAGE), "shows": told(plan)}


if __name__ == "__main__":
    print(json.dumps(_told(sys.argv[1])))
