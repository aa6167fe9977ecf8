"""Nothing that is not published is anywhere, tried with data that could leak."""

import pytest

from actors.models import Actor
from policies.models import Document, Edition, Measure, MeasurePackage, Plan, Responsibility
from portal.languages.alternates import route_in
from portal.languages.texts import codes, translated_names
from portal.pages.models import Page, Term
from portal.publishing import going_public, review, sharing
from portal.publishing.drafts import draft_of
from portal.records.kinds import kinds
from tests.factories import published, unpublished
from tests.pages_of_the_site import every_page, fill
from tests.publishing.review import approve_all, approver, drafted, writer

pytestmark = pytest.mark.django_db

CANARY = {code: f"kanarie-{code}" for code in codes()}
TEXTS = {"title": CANARY, "summary": CANARY, "slug": CANARY}


def leaks(client) -> list[str]:
    """Every public address whose answer, headers included, names the canary."""
    documents = [edition.href for edition in Edition.objects.exclude(file="")]
    permanent = [f"/id/{record.pk}/" for kind in kinds() for record in kind.objects.all()]
    pages = [page.address for page in every_page()]
    assert len(pages) > 70
    routes = ("timeline-csv", "who-does-what-table", "who-does-what-picture")
    files = [route_in(name, code) for name in routes for code in codes()]
    found = []
    for address in [*pages, *documents, *permanent, *files, "/sitemap.xml"]:
        answer = client.get(address)
        if "kanarie" in answer.getvalue().decode(errors="ignore") + str(answer.headers):
            found.append(address)
    return found


def test_nothing_of_an_unpublished_record_is_anywhere(client):
    """The canary is in every text of a twin that hangs on every relation of public records."""
    given = fill()
    secret = unpublished(Actor, **TEXTS, parent=given["actor"])
    unpublished(Plan, **TEXTS).owners.set([given["actor"]])
    given["plan"].owners.add(secret)
    successor = unpublished(Plan, title=CANARY)
    Plan.objects.filter(pk=given["replaced"].pk).update(succeeded_by=successor)
    package = unpublished(MeasurePackage, title=CANARY)
    Measure.objects.filter(pk=published(Measure).pk).update(package=package)
    unpublished(Responsibility, sentence=CANARY, plan=given["plan"], actor=secret)
    unpublished(Term, term=CANARY, meaning=CANARY)
    document = published(Document, plans=[given["plan"]])
    Edition.objects.filter(pk=published(Edition, document=document).pk).update(
        state="unpublished", address="https://kanarie.example/"
    )
    Page.objects.filter(place="contact").update(state="unpublished")

    assert leaks(client) == []
    assert client.get("/nl/actoren/kanarie-nl/").status_code == 404


def test_the_same_search_finds_the_canary_once_it_is_public(client):
    given = fill()
    published(Actor, **TEXTS, parent=given["actor"])

    found = leaks(client)

    assert {"/nl/actoren/", given["actor"].address("nl"), "/sitemap.xml"} <= set(found)


def test_nothing_of_the_draft_of_any_public_record_is_anywhere_until_it_is_published(client):
    """Drafted, submitted, shared and approved: still nowhere but in the drafts' own preview."""
    fill()
    one, other = writer(), approver()
    records = [record for kind in kinds() if (record := kind.objects.published().first())]
    for record in records:
        texts = [name for name in translated_names(record) if name != "website"]
        if texts:
            drafted(record, one, **dict.fromkeys(texts, CANARY))
    changed = [record for record in records if draft_of(record.pk)]
    release = review.submit([record.pk for record in changed], one, CANARY)
    token = sharing.share(release, one)
    approve_all(release, other)

    assert len(changed) >= 11
    assert leaks(client) == []
    for record in changed:
        preview = client.get(f"/nl/voorbeeld/{token}/{record.pk}/").content.decode()
        assert "kanarie-nl" in preview, record.kind()
    going_public.publish_release(release, one)
    for record in changed:
        address = type(record).objects.get(pk=record.pk).shown_at("nl").partition("#")[0]
        assert "kanarie-nl" in client.get(address).content.decode(), record.kind()
