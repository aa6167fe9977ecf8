"""A document's file: one clean name, a checksum, an address that does not die."""

import pytest
from django.core.files.base import ContentFile

from policies.models import Document, Edition
from portal.publishing.publish import publish
from tests.factories import published

pytestmark = pytest.mark.django_db


def pdf(
    content: bytes = b"%PDF-1.7 test", name: str = "Notre Plan (\u00e9t\u00e9) ../x.PDF"
) -> ContentFile:
    return ContentFile(content, name=name)


@pytest.fixture
def edition() -> Edition:
    return published(Edition, document=published(Document), file=pdf())


def test_it_is_an_attachment_under_its_one_name(client, edition):
    answer = client.get(edition.href)

    assert edition.href == f"/files/{edition.pk}/x.pdf"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 test"
    assert answer["Content-Disposition"] == 'attachment; filename="x.pdf"'
    assert answer["ETag"] == f'"{edition.sha256}"'
    assert edition.size == 13
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_a_former_name_leads_to_the_present_file(client, edition):
    former = edition.href
    edition.file = pdf(b"%PDF-1.7 second", name="other.pdf")
    publish([edition], by=None, notes={})

    answer = client.get(former)

    assert (answer.status_code, answer["Location"]) == (301, edition.href)
    assert edition.href != former


def test_the_same_bytes_again_are_no_change(edition):
    name = edition.file.name
    edition.file = pdf()

    assert publish([edition], by=None, notes={}) == []
    assert Edition.objects.get(pk=edition.pk).file.name == name


def test_the_file_of_a_withdrawn_document_stays_readable_as_its_page_does(client, edition):
    Document.objects.update(state="withdrawn")

    assert client.get(edition.href).getvalue() == b"%PDF-1.7 test"


def test_the_address_of_a_file_that_was_taken_away_leads_to_its_document(client, edition):
    former = edition.href
    edition.file, edition.address = "", "https://example.org/"
    publish([edition], by=None, notes={})

    assert client.get(former)["Location"] == edition.document.address("en")


def test_it_goes_with_its_document_and_its_edition(client, edition):
    Document.objects.update(state="unpublished")
    assert client.get(edition.href).status_code == 404

    Document.objects.update(state="published")
    Edition.objects.update(state="unpublished")
    assert client.get(edition.href).status_code == 404


def test_a_file_that_is_lost_on_the_disk_is_not_found_and_the_record_can_still_be_saved(
    client, edition
):
    edition.file.storage.delete(edition.file.name)
    edition.pages = 21

    answer = client.get(edition.href)

    assert answer.status_code == 404
    assert (
        "default-src 'none'; script-src 'none'; style-src 'self'"
        in answer["Content-Security-Policy"]
    )
    assert publish([edition], by=None, notes={}) == [edition]


@pytest.mark.parametrize("name", ["plan.exe", "plan.svg", "plan.html", "plan"])
def test_only_a_pdf_is_taken(name):
    from portal.publishing.faults import PublicationRefused

    with pytest.raises(PublicationRefused):
        published(Edition, document=published(Document), file=pdf(name=name))
