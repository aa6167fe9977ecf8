"""The units of systemd are sound, hardened, and begin what is there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.own_database import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
INSTALL = ROOT / "deploy" / "install-units"
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
    assert len(names) == 8


def test_a_version_brings_its_units_in_place_of_those_before_it(tmp_path):
    for folder in ("systemd/system/portal-.service.d", "tmpfiles.d", "logrotate.d"):
        (tmp_path / "etc" / folder).mkdir(parents=True)
    old = tmp_path / "etc" / "systemd" / "system" / "portal-.service.d" / "hardened.conf"
    old.write_text("[Service]\n")
    subprocess.run([INSTALL], env=os.environ | {"INTO": str(tmp_path)}, check=True)

    found = {path.name: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    known = [path for path in [*UNITS.rglob("*"), ROOT / "deploy" / "logrotate"] if path.is_file()]
    names = {"portal.tmpfiles": "portal.conf", "logrotate": "portal"}
    assert found == {names.get(path.name, path.name): path.read_text() for path in known}
    assert len(found) > 10


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


def calls_in(group: str) -> set[str]:
    """The system calls of a group, and of those in it."""
    listed = [line.strip() for line in analyze(UNITS, "syscall-filter", group).splitlines()[1:]]
    names = {name for name in listed if name and name[0] != "#"}
    groups = {name for name in names if name[0] == "@"}
    return names - groups | {call for each in groups for call in calls_in(each)}


def allowed_by(*places: str) -> set[str]:
    """What may be called after these files, of which the first lists all that is allowed."""
    allowed = set()
    for place in places:
        for words in re.findall(r"^SystemCallFilter=(.+)$", (UNITS / place).read_text(), re.M):
            calls = {call for group in words.strip("~").split() for call in calls_in(group)}
            allowed = allowed - calls if words[0] == "~" else allowed | calls
    return allowed


def test_nginx_may_call_as_much_where_the_settings_of_every_unit_are_not():
    """A machine that has only the mirror may have nothing else of the portal."""
    own, every = "portal-nginx.service.d/nginx.conf", "portal-.service.d/hardened.conf"

    assert allowed_by(own) == allowed_by(every, own)
    assert {"openat", "setuid", "setrlimit", "chown"} <= allowed_by(own)
    assert {"setuid", "reboot"} & allowed_by(every) == set()
