"""How Lighthouse judges the first view of every type of page that search engines list."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from portal.languages.alternates import route_in
from portal.languages.texts import codes
from portal.records.kinds import page_kinds
from tests.served import served

pytestmark = [pytest.mark.proof, pytest.mark.only_on("sqlite")]
HERE = Path(__file__).parent / "lighthouse"
ROUNDS = 3
BEST = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
ROUTES = ("home", "glossary", "timeline", "who-does-what", "changes", "plan-list")
SECTIONS = 3  # of the shell, which are all of one type


def test_the_first_view_of_every_type_of_page_is_judged_best(tmp_path, capsys):
    with served(tmp_path) as (site, _said):
        judged = list(_judged([site + path for path in sorted(_paths(site))]))

    with capsys.disabled():
        print(f"\n{len(judged)} pages; below 100:")
        for each in judged:
            if each["scores"] != BEST:
                print(f"  {each['address']} {each['scores']} {each['lacking']}")
    assert len(judged) > 50
    assert [each["address"] for each in judged if each["scores"] != BEST] == []


def _paths(site: str) -> Iterator[str]:
    """One page of each type in each language, as the sitemap lists them: none of a kind of which
    nothing is published yet.
    """
    with urlopen(f"{site}/sitemap.xml") as sitemap:
        listed = re.findall(r"<loc>https?://[^/<]*(/[^<]*)</loc>", sitemap.read().decode())
    every = sorted(listed)
    for code in codes():
        yield from (route_in(name, code) for name in ROUTES)
        yield route_in("timeline-year", code, year=2016)
        yield from _first_sections(every, code)
        for kind in page_kinds():
            if kind.kind() != "page":
                below = route_in(f"{kind.kind()}-list", code)
                yield from [path for path in every if path.startswith(below) and path != below][:1]


def _first_sections(every: list[str], code: str) -> list[str]:
    lists = {route_in(f"{kind.kind()}-list", code) for kind in page_kinds()}
    lists |= {route_in(name, code) for name in ROUTES}
    return [
        path
        for path in every
        if path.count("/") == 3 and path.startswith(f"/{code}/") and path not in lists
    ][:SECTIONS]


def _judged(addresses: list[str]) -> Iterator[dict]:
    command = ["node", "measure.mjs", str(ROUNDS), *addresses]
    browser = {"CHROME_PATH": shutil.which("chromium")}
    done = subprocess.run(
        command, cwd=HERE, env=os.environ | browser, capture_output=True, text=True, check=True
    )
    return map(json.loads, done.stdout.splitlines())
