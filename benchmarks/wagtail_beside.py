"""Wagtail's database search on the same texts, in an environment of its own under var/.

The portal never depends on it. Where it cannot be installed, for want of a network, the bench
says so and goes on.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.own_database import ROOT, own_database

HOME = ROOT / "var" / "wagtail"
PYTHON = HOME / "bin" / "python"
PACKAGES = ("wagtail", "psycopg2-binary")


def beside(database: str, folder: Path) -> float | str:
    """The median seconds of the questions on the texts of that database, or why there are none."""
    if not _is_installed():
        return "Wagtail not installed."
    with own_database(folder) as own:
        found = subprocess.run(
            [PYTHON, "-m", "benchmarks.wagtail_site"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": own, "TEXTS_URL": database},
            stdout=subprocess.PIPE,
            text=True,
        )
    return float(found.stdout) if found.returncode == 0 else "Wagtail did not answer."


def _is_installed() -> bool:
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    known = subprocess.run([PYTHON, "-c", "import wagtail, psycopg2"], stderr=subprocess.DEVNULL)
    return known.returncode == 0 or subprocess.run([*pip, *PACKAGES]).returncode == 0
