"""The founding content in a mirror: whole, and kept so through publications of every sort."""

import secrets
from time import perf_counter

import pytest
from django.conf import settings

from portal.content.loading import load
from portal.delivery import page
from portal.delivery.changes import left_behind
from tests.content.whole_site import as_read
from tests.delivery.mirrored import Mirrored, as_listed
from tests.delivery.walk import Walk
from tests.reading import parsed

# each act is a transaction: one around all of them would stand idle for longer than is let
pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]

ACTS = 10
SEARCH = {"en": "search", "fr": "recherche", "nl": "zoeken"}
ALONE = ("/id/", *(f"/{code}/{word}/" for code, word in SEARCH.items()))


@pytest.fixture
def mirror(db, tmp_path, settings, monkeypatch) -> Mirrored:
    monkeypatch.setattr("portal.delivery.store.IN_TIME", page.AT_ONCE)  # every copy alike
    settings.PORTAL_MIRRORS = [str(tmp_path / "mirror")]
    load()
    return Mirrored(tmp_path / "mirror")


def nowhere(mirror: Mirrored) -> list[str]:
    lines, files, found = mirror.lines, mirror.files(), []
    for address, line in lines.items():
        is_html = dict(line["headers"])["Content-Type"].startswith("text/html")
        if is_html and not line["file"].startswith("former/"):
            read = as_read(address, files[line["file"]])
            links = {link.partition("#")[0] for link in read.links | read.relations}
            ours = {link for link in links if link.startswith("/") and not link.startswith(ALONE)}
            found += [f"{address} → {link}" for link in sorted(ours - lines.keys())]
    return found


def test_it_is_whole_and_stays_so(mirror, tmp_path, capsys):
    seed = secrets.randbelow(10**6)
    began = perf_counter()
    mirror.made()
    took = perf_counter() - began
    sitemap = parsed(mirror.files()["pages/sitemap.xml"])
    named = {each.text.removeprefix(settings.PORTAL_ORIGIN) for each in sitemap.iter("loc")}
    assert named - mirror.lines.keys() == set()
    assert len(named) > 400
    assert nowhere(mirror) == []

    walk, made = Walk(None, seed), []
    for _act in range(ACTS):
        walk.act()
        made.append(mirror.kept().get("pages mirrored", 0))
    mirror.kept(thorough=True)
    fresh = Mirrored(tmp_path / "fresh").made()

    with capsys.disabled():
        print(f"\nmirror: {len(mirror.lines)} files in {took:.0f} s; seed {seed}: made {made}")
    assert (left_behind(), as_listed(mirror), nowhere(mirror)) == ("", [], [])
    assert mirror.lines == fresh.lines
    assert mirror.files() == fresh.files()
