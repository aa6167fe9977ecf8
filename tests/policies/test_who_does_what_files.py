"""The files of who does what, and what must not be on the page or in them."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

from actors.models import Actor
from policies.models import Plan, Responsibility
from portal.languages.alternates import route_in
from portal.languages.texts import codes, column
from portal.views.who_does_what import COLOURS
from tests.factories import published
from tests.policies.drawn import SVG
from tests.policies.filled import PAGE, PICTURE, TABLE, fill

pytestmark = pytest.mark.django_db

CANARY = {code: f"kanarie-{code}" for code in codes()}


def test_the_file_is_a_picture_that_says_what_it_is_and_asks_for_nothing(client, settings):
    fill()
    answer = client.get(f"{PICTURE}?level=federal")
    sheet = ElementTree.fromstring(answer.content)
    text = " ".join("".join(sheet.itertext()).split())
    newest = max(row.changed for row in Responsibility.objects.all())

    assert answer["Content-Type"] == "image/svg+xml"
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert sheet.find(f"{SVG}title").text == "Who does what – Fight against terrorism"
    assert f"{settings.PORTAL_ORIGIN}{PAGE}?level=federal" in text
    assert f"State of {newest.day} {newest:%B %Y}" in text.replace("\u00a0", " ")
    active = {f"{SVG}{name}" for name in ("script", "style", "image", "use", "foreignObject")}
    assert [
        e.tag for e in sheet.iter() if e.tag in active or e.get("style") or e.get("class")
    ] == []
    addresses = [a.get("href") for a in sheet.iter(f"{SVG}a")]
    assert len(addresses) > 10
    assert [each for each in addresses if not each.startswith(settings.PORTAL_ORIGIN)] == []


def test_the_colours_of_the_file_are_the_light_ones_of_the_style_sheet():
    tokens = Path(finders.find("css/tokens.css")).read_text("utf-8").partition("@media")[0]

    assert [name for name in COLOURS if f"--{name}: {COLOURS[name]};" not in tokens] == []
    assert len(COLOURS) == 5


def test_the_table_is_a_file_that_can_do_nothing_in_a_spreadsheet(client):
    actor = published(Actor, title={code: f'=HYPERLINK("x","{code}")' for code in codes()})
    published(Responsibility, actor=actor, sentence=dict.fromkeys(codes(), '@SUM, "quoted"'))
    answer = client.get(TABLE)
    heading, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="who-does-what.csv"'
    assert heading[:2] == ["Level", "Actor"]
    assert row[1] == '\'=HYPERLINK("x","en")'
    assert row[4] == '\'@SUM, "quoted"'
    assert len(heading) == len(row) == 10


def test_the_file_of_a_choice_has_its_rows_alone(client):
    fill()
    chosen = csv.reader(io.StringIO(client.get(f"{TABLE}?level=local").content.decode("utf-8-sig")))

    assert [row[0] for row in chosen] == ["Level", "Local"]


@pytest.mark.parametrize("state", ["unpublished", "withdrawn"])
@pytest.mark.parametrize("side", ["actor", "plan", "responsibility"])
def test_nothing_of_what_is_not_public_is_on_the_page_or_in_its_files(client, side, state):
    fill()
    actor = published(Actor)
    plan = published(Plan, owners=[actor])
    row = published(Responsibility, actor=actor, plan=plan)
    hidden = {"actor": actor, "plan": plan, "responsibility": row}[side]
    canary = {column(hidden.headline, code): words for code, words in CANARY.items()}
    type(hidden).objects.filter(pk=hidden.pk).update(**canary)
    telling = ["", "-table", *(["-picture"] if side != "responsibility" else [])]  # draws no words
    addresses = [route_in(f"who-does-what{tail}", code) for tail in telling for code in codes()]
    assert naming(client, addresses) == addresses

    type(hidden).objects.filter(pk=hidden.pk).update(state=state)

    assert naming(client, addresses) == []


def naming(client, addresses: list[str]) -> list[str]:
    return [address for address in addresses if b"kanarie" in client.get(address).content]
