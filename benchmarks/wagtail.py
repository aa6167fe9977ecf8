"""The environment of the peer, under var/: the portal never depends on it.

Where it cannot be installed, for want of a network, the bench says so and goes on.
"""

import subprocess
import sys
from importlib.metadata import version

from tests.own_database import ROOT

HOME = ROOT / "var" / "wagtail"
PYTHON = HOME / "bin" / "python"
PACKAGES = ("wagtail", "wagtail-cache", "psycopg2-binary", f"gunicorn=={version('gunicorn')}")
MODULES = "wagtail, wagtailcache, psycopg2, gunicorn"


def is_installed() -> bool:
    """Installs it first where it is not."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    known = subprocess.run([PYTHON, "-c", f"import {MODULES}"], stderr=subprocess.DEVNULL)
    return known.returncode == 0 or subprocess.run([*pip, *PACKAGES]).returncode == 0


def known_version() -> str:
    command = [
        PYTHON,
        "-c",
        "import wagtail, django; print(wagtail.__version__, django.__version__)",
    ]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    wagtail, django = told.stdout.split()
    return f"Wagtail {wagtail} on Django {django}"
