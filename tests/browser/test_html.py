"""Every public page as the reference checker of HTML reads it."""

import json
import subprocess
from collections import defaultdict

import pytest

from tests.browser.conftest import VNU
from tests.pages_of_the_site import every_page

pytestmark = pytest.mark.usefixtures("site")


def faults_in(folder) -> dict[str, list[str]]:
    """Errors by page, of every ``.html`` below the folder, in one run of Java."""
    command = ["java", "-jar", str(VNU), "--format", "json", "--skip-non-html", str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    found = defaultdict(list)
    for message in json.loads(answer.stderr)["messages"]:
        if message["type"] == "error":
            found[message["url"].rpartition("/")[2]].append(message["message"])
    return found


def test_no_public_page_has_a_fault_of_html_and_a_planted_one_is_found(client, tmp_path):
    pages = [(str(page), page.address) for page in every_page()]
    pages += [("404", "/en/no-such/"), ("404-in-all", "/no-such/"), ("400", "/fr/?a=%00")]
    for name, address in pages:
        (tmp_path / f"{name}.html").write_bytes(client.get(address).content)
    planted = tmp_path / "planted.html"
    planted.write_text("<!doctype html><html lang=en><title>x</title><p><div></p>")

    found = faults_in(tmp_path)

    assert found.pop("planted.html", []) != []
    assert found == {}
    assert len(pages) > 70
