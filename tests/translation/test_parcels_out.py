"""What a parcel holds: what is due, and all that its translator should see."""

import re

import html5lib
import pytest
from django.conf import settings

from policies.models import Plan
from portal.languages.texts import codes, in_language
from portal.pages.models import Term
from portal.publishing.canonical import digest
from portal.translation.parcels.packing import originals, packed
from portal.translation.parcels.page import page_of
from portal.translation.parcels.xliff import GLOSSARY, MATCHES, OURS, V1
from tests.factories import published, withdrawn
from tests.translation.drafts import FIRST, go_public, write
from tests.translation.parcels import VERSIONS, Opened, parcel_of

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("version", VERSIONS)
NMTOKEN = re.compile(r"[\w.:-]+", re.ASCII)


@pytest.fixture
def behind(plan, author) -> Plan:
    """The summary is due, in version 2 with a note; the draft goes further."""
    write(plan, author, summary={FIRST: "Second & <more>."})
    go_public(plan, author)
    write(plan, author, summary={FIRST: "Third."})
    return plan


def words(element) -> str:
    return element.xpath("string()")


@both
def test_it_says_of_which_text_of_which_site_it_is(behind, version):
    (file,) = Opened(parcel_of(behind, version=version)).files

    said = {name: file.get(f"{{{OURS}}}{name}") for name in ("site", "record", "kind", "revision")}

    assert said == {
        "site": settings.PORTAL_ORIGIN,
        "record": str(behind.pk),
        "kind": "plan",
        "revision": "3",
    }
    assert f"{settings.PORTAL_ORIGIN}{behind.permanent}" in words(file)


@both
def test_it_holds_what_is_due_and_nothing_else_unless_all_is_asked_for(behind, version):
    due, whole = (
        [u.get("id").partition(".")[2] for u in Opened(data).units]
        for data in (
            parcel_of(behind, version=version),
            parcel_of(behind, version=version, whole=True),
        )
    )

    assert due == ["summary"]
    assert whole[:3] == ["title", "slug", "summary"]
    assert "body" in whole


@both
def test_a_text_carries_its_digests_and_a_key_that_is_one_for_ever(behind, version):
    unit = Opened(parcel_of(behind, version=version)).unit("summary")

    assert unit.get("id") == f"{behind.pk}.summary"
    assert NMTOKEN.fullmatch(unit.get("id"))
    assert unit.get(f"{{{OURS}}}source") == digest("Third.")
    assert unit.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


@both
def test_the_source_that_the_translation_follows_goes_along_with_it(behind, version):
    file = Opened(parcel_of(behind, version=version))
    unit, segment = file.unit("summary"), file.segment("summary")
    old = next(unit.iter(file.named("alt-trans") if version == V1 else f"{{{MATCHES}}}match"))
    pair = [words(old.find(file.named(name))) for name in ("source", "target")]

    assert words(segment.find(file.named("source"))) == "Third."
    assert pair == [
        in_language(behind, "summary", FIRST),
        words(segment.find(file.named("target"))),
    ]


@both
def test_why_it_changed_is_told_in_the_language_of_the_translator(behind, version):
    file = Opened(parcel_of(behind, version=version))
    notes = file.unit("summary").iter(file.named("note"))
    told = [words(n) for n in notes if "change" in (n.get("from"), n.get("category"))]

    assert told == ["Why."]


@both
def test_the_agreed_name_goes_along(plan, author, version):
    published(
        Term,
        term={"en": "threat analysis", "fr": "analyse", "nl": "dreigingsanalyse"},
        meaning=dict.fromkeys(codes(), "What it *means*."),
    )
    write(plan, author, summary={FIRST: "After a threat analysis."})

    unit = Opened(parcel_of(plan, version=version)).unit("summary")

    said = words(unit)
    assert "dreigingsanalyse" in said
    if version != V1:
        (entry,) = unit.iter(f"{{{GLOSSARY}}}glossEntry")
        assert [words(each) for each in entry][:2] == ["threat analysis", "dreigingsanalyse"]
        assert words(entry).strip().endswith("What it means.")


@both
def test_the_order_of_elements_is_that_of_the_standard(behind, version):
    file = Opened(parcel_of(behind, version=version))
    unit = file.unit("summary")
    order = [each.tag.rpartition("}")[2] for each in unit]

    assert order == {
        V1: ["source", "target", "note", "alt-trans"],
    }.get(version, ["matches", "notes", "segment"])
    assert file.stateful("summary").get("state") == {V1: "needs-review-translation"}.get(
        version, "initial"
    )


def test_what_is_closed_or_written_first_in_the_language_is_not_sent():
    shown = published(Plan)
    withdrawn(Plan)
    published(Plan, source_language="nl")

    found = {each.row.pk for each in originals("nl")}

    assert found == {shown.pk}


def test_the_page_shows_both_sources_and_needs_nothing_from_elsewhere(behind):
    (found,) = originals("nl")

    html = page_of(packed([found])).decode()

    page = html5lib.parse(html, namespaceHTMLElements=False)
    assert page.get("lang") == "nl"
    assert re.findall(r"<(?:script|link|img|iframe)|@import|url\(|src=", html) == []
    assert len(list(page.iter("ins"))) == len(list(page.iter("del"))) == 1
    assert [each.get("class") for each in page.iter("td")][-1] == "empty"
    assert "Why." in html
