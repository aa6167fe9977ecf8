"""In production the portal starts on good settings or says in one sentence which is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "k3y-" + "abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_ORIGIN": "https://portal.example",
    "PORTAL_CONTACT": "editors@portal.example",
    "PORTAL_SECURITY_CONTACT": "mailto:security@portal.example",
    "DATABASE_URL": "sqlite:////tmp/portal-settings-test.sqlite3",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("missing", [name for name in GOOD if name != "PORTAL_ENV"])
def test_production_does_not_start_without_a_setting_and_says_which(missing):
    answer = manage("check", **{name: value for name, value in GOOD.items() if name != missing})

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"The portal cannot start: Set {missing}")
    assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("ALLOWED_HOSTS", "*"),
        ("PORTAL_ORIGIN", "http://portal.example"),
        ("PORTAL_ENV", "Production"),
        ("DATABASE_URL", "garbage"),
        ("PORTAL_SECURITY_CONTACT", "security@portal.example"),
    ],
)
def test_production_does_not_start_on_a_weak_setting(name, weak):
    answer = manage("check", **GOOD | {name: weak})

    assert answer.returncode == 1
    assert name in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_deployment_checks_are_clean_with_preload_and_name_only_its_absence_without():
    arguments = ("check", "--deploy", "--fail-level", "ERROR")
    with_preload = manage(*arguments, **GOOD, PORTAL_HSTS_PRELOAD="1")
    without = manage(*arguments, **GOOD)

    assert "no issues (0 silenced)" in with_preload.stdout + with_preload.stderr
    warnings = {word.strip("(?:)") for word in without.stderr.split() if "security.W" in word}
    assert warnings == {"security.W005", "security.W021"}


def test_a_database_that_is_away_is_one_sentence():
    answer = manage("migrate", DATABASE_URL="postgres://nobody@127.0.0.1:1/none")

    assert answer.returncode == 1
    assert answer.stderr.startswith("The database cannot be used: ")
    assert len(answer.stderr.strip().splitlines()) == 1


def ask(address: str, *headers: str, **environment: str) -> str:
    """Status and headers of one request to a portal with these settings."""
    lines = [
        "import django; django.setup()",
        "from django.test import Client",
        f"answer = Client().get({address!r}, headers=dict([{', '.join(headers)}]))",
        "print(answer.status_code, dict(answer.headers))",
    ]
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    clean["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "\n".join(lines)],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return answer.stdout


def test_a_public_node_has_no_desk(tmp_path):
    here = {"PORTAL_VAR": str(tmp_path), "ALLOWED_HOSTS": "testserver", "PORTAL_DEBUG": "1"}

    assert ask("/admin/login/", **here).startswith("200")
    assert ask("/admin/login/", **here, PUBLIC_ONLY="1").startswith("404")


def test_behind_a_proxy_its_word_on_https_is_taken_and_otherwise_not():
    forwarded = "('X-Forwarded-Proto', 'https')"

    here = GOOD | {"ALLOWED_HOSTS": "testserver"}
    assert ask("/robots.txt", forwarded, **here).startswith("301")
    behind = ask("/robots.txt", forwarded, **here, PORTAL_BEHIND_PROXY="1")
    assert behind.startswith("200")
    assert "'Strict-Transport-Security': 'max-age=63072000'" in behind


@pytest.mark.parametrize(
    ("environment", "is_public_body"),
    [
        pytest.param({}, False, id="neither"),
        pytest.param({"PORTAL_PUBLIC_BODY": "1"}, False, id="nobody-publishes"),
        pytest.param({"PORTAL_PUBLIC_BODY": "1", "PORTAL_PUBLISHER": ""}, False, id="no-name"),
        pytest.param({"PORTAL_PUBLISHER": "A society"}, False, id="a-society"),
        pytest.param({"PORTAL_PUBLIC_BODY": "0", "PORTAL_PUBLISHER": "A"}, False, id="said-no"),
        pytest.param({"PORTAL_PUBLIC_BODY": "1", "PORTAL_PUBLISHER": "FPS"}, True, id="both"),
    ],
)
def test_only_a_named_publisher_is_a_public_body(tmp_path, environment, is_public_body):
    code = "from django.conf import settings; print(settings.PORTAL_PUBLIC_BODY)"
    here = {"PORTAL_VAR": str(tmp_path)}

    answer = manage("shell", "--no-imports", "--command", code, **here, **environment)

    assert answer.stdout.strip() == str(is_public_body)
