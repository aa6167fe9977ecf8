"""A real browser on the real site, with the founding content. Nothing leaves this machine."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from policies.models import Plan
from portal.content.loading import load
from tests.factories import published, withdrawn

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]

# playwright keeps an event loop; Django would refuse its database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A tab that remembers what it complained about and where it went."""

    context: BrowserContext
    page: Page
    host: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        self.page.goto(self.host + address, wait_until="load")
        return self.page

    def listen(self) -> None:
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.host, "data:")):
            self.foreign.append(url)

    def axe(self, theme: str = "light") -> list[str]:
        """What axe finds, WCAG and best practices; the checker's own console noise is dropped.

        Of a dark page only what depends on its colours: the rest is that of the light one.
        """
        only = {"runOnly": {"type": "tag", "values": ["cat.color"]}} if theme == "dark" else {}
        said_by_the_page = list(self.complaints)
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("only => axe.run(only).then(r => r.violations)", only)
        self.complaints[:] = said_by_the_page
        return [f"{v['id']}: {json.dumps([n['target'] for n in v['nodes']][:3])}" for v in found]


@pytest.fixture
def visit(chromium, live_server):
    """``visit(color_scheme="dark", width=320)`` opens a tab of its own."""
    contexts = []

    def begin(*, width: int = 1280, height: int = 900, **options) -> Visit:
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, **options)
        contexts.append(context)
        tab = Visit(context, context.new_page(), live_server.url)
        tab.listen()
        return tab

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def kept() -> Iterator[sqlite3.Connection]:
    """Holds the database of the site once it is filled, for the next test that wants it."""
    with closing(sqlite3.connect(":memory:")) as database:
        yield database


@pytest.fixture
def site(transactional_db, kept) -> None:
    """The founding content, and what it lacks: a page in one language, and a withdrawn one."""
    connection.ensure_connection()
    if kept.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        _fill()
        connection.connection.backup(kept)
    else:
        kept.backup(connection.connection)


def _fill() -> None:
    load()
    published(
        Plan,
        languages=["nl"],
        title={"nl": "Plan dat alleen in het Nederlands bestaat"},
        body={"nl": "Tekst in het Nederlands."},
    )
    withdrawn(Plan)


@pytest.fixture
def signed_in_as(visit):
    """A tab of an account, without the sign-in form."""

    def begin(account, **options) -> Visit:
        tab, client = visit(**options), Client()
        client.force_login(account)
        cookie = client.cookies["sessionid"]
        tab.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": tab.host}])
        return tab

    return begin


@pytest.fixture
def signed_in(signed_in_as, administrator):
    """A tab of the administrator."""
    return lambda **options: signed_in_as(administrator, **options)
