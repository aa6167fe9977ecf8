"""Every public page as the reference checker of HTML reads it."""

import json
import subprocess

import pytest

from tests.browser.conftest import VNU
from tests.pages_of_the_site import every_page

pytestmark = pytest.mark.usefixtures("site")


def faults_in(folder) -> list[str]:
    """Errors and warnings of every ``.html`` below the folder, in one run of Java."""
    command = ["java", "-jar", str(VNU), "--format", "json", "--skip-non-html", str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(answer.stderr)["messages"]
    return [
        f"{m['url'].rpartition('/')[2]}: {m['message']}" for m in messages if m["type"] == "error"
    ]


def test_no_public_page_has_a_fault_of_html(client, tmp_path):
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.mkdir()
    bad.mkdir()
    pages = [(str(page), page.address) for page in every_page()]
    pages += [("404", "/en/no-such/"), ("404-in-all", "/no-such/"), ("400", "/fr/?a=%00")]
    for name, address in pages:
        (good / f"{name}.html").write_bytes(client.get(address).content)
    (bad / "planted.html").write_text("<!doctype html><html lang=en><title>x</title><p><div></p>")

    assert len(pages) > 70
    assert faults_in(good) == []
    assert faults_in(bad) != []
