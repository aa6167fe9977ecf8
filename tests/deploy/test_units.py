"""The units of systemd are sound, hardened, and begin what is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.own_database import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
INSTALLED = "/opt/portal/current"
MOST_EXPOSED = 3.0  # of 10, as systemd counts
ANALYZE = shutil.which("systemd-analyze")

pytestmark = pytest.mark.skipif(ANALYZE is None, reason="systemd is not on this machine")


@pytest.fixture
def units(tmp_path) -> Path:
    """As they are installed, with the project where it is."""
    shutil.copytree(UNITS, tmp_path / "units")
    for path in (tmp_path / "units").glob("*.service"):
        path.write_text(path.read_text().replace(INSTALLED, str(ROOT)))
    return tmp_path / "units"


def analyze(units: Path, *arguments: str) -> str:
    done = subprocess.run(
        [ANALYZE, *arguments],
        env={"SYSTEMD_UNIT_PATH": f"{units}:"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout + done.stderr


def test_systemd_finds_no_fault_in_them(units):
    names = [str(path) for path in units.glob("portal-*.*") if path.is_file()]

    assert analyze(units, "verify", "--man=no", *names) == ""
    assert len(names) == 6


def test_a_fault_would_be_found(units):
    (units / "portal-.service.d" / "z.conf").write_text("[Service]\nNoNewPrivilege=yes\n")

    found = analyze(units, "verify", "--man=no", str(units / "portal-public.service"))
    assert "Unknown key 'NoNewPrivilege'" in found


@pytest.mark.parametrize("name", SERVICES)
def test_each_is_little_exposed_and_bounded(units, name):
    said = analyze(units, "security", "--offline=true", "--no-pager", name)
    exposed = float(re.search(r"Overall exposure level for \S+: (\d+\.\d)", said)[1])

    assert exposed <= MOST_EXPOSED
    assert "MemoryMax=" in (units / name).read_text()
