"""Wagtail's database search on the same texts, in the environment of ``benchmarks.wagtail``."""

import os
import subprocess
from pathlib import Path

from benchmarks.wagtail import PYTHON, is_installed
from tests.own_database import ROOT, own_database


def beside(database: str, folder: Path) -> float | str:
    """The median seconds of the questions on the texts of that database, or why there are none."""
    if not is_installed():
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
