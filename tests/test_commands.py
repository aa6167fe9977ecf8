"""The commands of the project say what is missing in one sentence, and what they can do."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def fake_python(folder: Path, *, version_ok: bool, has_venv: bool) -> Path:
    """A Python that answers as the one of such a machine would."""
    python = folder / "python3"
    python.write_text(
        "#!/bin/sh\n"
        'case "$2" in\n'
        f"  *exit*version_info*) exit {0 if version_ok else 1} ;;\n"
        f"  *ensurepip*) exit {0 if has_venv else 1} ;;\n"
        "  *print*) echo 3.11 ;;\n"
        "esac\n"
    )
    python.chmod(0o755)
    return python


@pytest.mark.parametrize(
    ("machine", "sentence"),
    [
        (
            {"version_ok": True, "has_venv": False},
            "Python's venv is missing. Type: apt-get install python3.11-venv",
        ),
        (
            {"version_ok": False, "has_venv": True},
            "Python 3.11 or newer is needed. Install it, then type: make PYTHON=python3.11 run",
        ),
    ],
)
def test_what_the_machine_lacks_is_one_sentence(tmp_path, machine, sentence):
    answer = subprocess.run(
        [ROOT / "bin" / "venv", fake_python(tmp_path, **machine), "requirements.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert (answer.returncode, answer.stderr.strip()) == (1, sentence)


def test_a_bare_make_lists_every_command_with_what_it_does():
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    for command in ("run", "staff", "test", "quick", "prove", "dev", "help"):
        assert f"make {command} " in listed
