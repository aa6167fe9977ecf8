"""Files that are refused whole: told apart, told plainly, and nothing is written."""

import re

import pytest
from django.conf import settings

from policies.models import Plan
from portal.publishing.models import Revision
from portal.translation.models import Basis
from portal.translation.parcels.arriving import take_in
from portal.translation.parcels.unwrapping import LARGEST, BadParcel
from portal.translation.parcels.xliff import NAMESPACES, V1, V2
from tests.factories import published
from tests.publishing.review import person
from tests.translation.drafts import FIRST, write
from tests.translation.parcels import VERSIONS, Opened, parcel_of, translated

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("version", VERSIONS),
]

LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
FOREIGN = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.fixture
def data(plan, author, version) -> bytes:
    """A translated parcel that would go in."""
    write(plan, author, title={FIRST: "Other"}, summary={FIRST: "Said anew."})
    return translated(parcel_of(plan, version=version), title="Één ander", summary="Anders.")


def refusal(data: bytes, by) -> str:
    """What is said; and that nothing was written."""
    before = (Revision.objects.count(), Basis.objects.count())
    with pytest.raises(BadParcel) as refused:
        take_in(data, by)
    assert (Revision.objects.count(), Basis.objects.count()) == before
    return str(refused.value)


def said_of(data: bytes, name: str, value: str) -> bytes:
    file = Opened(data)
    file.say(name, value)
    return file.data


def with_start(data: bytes, start: bytes) -> bytes:
    """Put between the declaration and the root."""
    head, end, rest = data.partition(b"?>")
    return head + end + start + rest


def test_a_parcel_of_another_site(data, translator, version):
    said = refusal(said_of(data, "site", "https://elsewhere.example"), translator)

    assert said == (
        f"This parcel was made at https://elsewhere.example, and this is {settings.PORTAL_ORIGIN}. "
        "Hand it in there."
    )


def test_a_parcel_that_does_not_say_whose_it_is(data, translator, version):
    bare = re.sub(rb' portal:(site|record|kind|revision|name)="[^"]*"', b"", data)

    assert "does not say which text it is of" in refusal(bare, translator)


def in_language(data: bytes, code: str) -> bytes:
    file = Opened(data)
    holder, name = {V1: (file.files[0], "target-language"), V2: (file.root, "trgLang")}[
        file.version
    ]
    holder.set(name, code)
    return file.data


def test_a_language_that_the_account_does_not_translate(data, version):
    said = refusal(data, person("other", translates="fr"))

    assert said == "Your account does not translate into Dutch."


def test_a_language_that_the_site_has_not(data, translator, version):
    assert "“sv”, and the site has no such language" in refusal(in_language(data, "sv"), translator)


def test_parts_in_different_languages(plan, author, translator, version):
    other = published(Plan)
    write(plan, author, title={FIRST: "Other"})
    write(other, author, title={FIRST: "Other"})
    file = Opened(parcel_of(plan, other, version=V1))
    file.files[0].set("target-language", "fr")

    assert "in different languages" in refusal(file.data, translator)


def test_an_empty_file(translator, version):
    for data in (b"", b" \n\t"):
        assert refusal(data, translator).startswith("The file is empty.")


def test_a_file_that_is_too_large(data, translator, version):
    assert "larger than 5 MB" in refusal(data + b" " * LARGEST, translator)


def test_a_file_without_a_text(data, translator, version):
    file = Opened(data)
    for unit in file.units:
        unit.getparent().remove(unit)
    assert "no text in this file" in refusal(file.data, translator)

    for each in file.files:
        file.root.remove(each)
    assert "no text in this file" in refusal(file.data, translator)


def test_the_same_text_twice(data, translator, version):
    file = Opened(data)
    unit = file.unit("title")
    twin = Opened(data).unit("title")
    unit.getparent().append(twin)

    assert f"stands twice in this file: “{unit.get('id')}”" in refusal(file.data, translator)


@pytest.mark.parametrize("start", [LAUGHS, FOREIGN, b"<!DOCTYPE x>"])
def test_document_types_and_entities(data, translator, version, start):
    used = with_start(data, start).replace(b"Anders.", b"&a;" if b"ENTITY" in start else b"Anders.")

    assert "declares a document type or entities" in refusal(used, translator)


def test_a_file_that_is_cut_off(data, translator, version):
    for length in (len(data) - 3, len(data) // 2, 60):
        assert "cut off" in refusal(data[:length], translator)


def test_broken_markup(data, translator, version):
    said = refusal(data.replace(b"</source>", b"</sauce>", 1), translator)

    assert re.match(r"The markup is broken in line \d+, character \d+\.", said)


def test_what_is_not_xml(translator, version):
    assert "no XLIFF file" in refusal(b"Dear translator,\nhello", translator)
    assert "no XLIFF file" in refusal(b"PK\x03\x04\xff\xd8\x00\xfe", translator)
    assert "not in UTF-8" in refusal(b"<xliff>\xff\xd8\x00\xfe", translator)


def test_a_page_instead_of_the_file(translator, version):
    for page in (b"<!DOCTYPE html><html></html>", b"\n<HTML lang='nl'><p>"):
        assert "This is a page" in refusal(page, translator)


def test_other_xml(translator, version):
    assert "begins with “rss”" in refusal(b"<rss version='2.0'><channel/></rss>", translator)


def test_another_version_or_namespace(data, translator, version):
    other = data.replace(f'version="{version}"'.encode(), b'version="3.7"')
    assert "This is XLIFF “3.7”. The portal reads 1.2 and 2.0" in refusal(other, translator)

    wrong = {V1: V2, V2: V1}[version]
    swapped = data.replace(NAMESPACES[version].encode(), NAMESPACES[wrong].encode())
    assert f"This is XLIFF “{version}”" in refusal(swapped, translator)

    nameless = data.replace(f' xmlns="{NAMESPACES[version]}"'.encode(), b"")
    assert "The portal reads" in refusal(nameless, translator)


def test_an_encoding_that_is_not_what_it_says(data, translator, version):
    words = data.decode()
    declared = words.replace("'utf-8'", "'iso-8859-1'").replace('"utf-8"', '"iso-8859-1"')
    assert declared != words
    for wrong in (words.encode("iso-8859-1"), declared.encode(), declared.encode("iso-8859-1")):
        assert "not in UTF-8" in refusal(wrong, translator)
    assert "not in UTF-8" in refusal(words.encode("utf-16"), translator)  # it says utf-8


def test_utf_16_that_says_so_goes_in(data, translator, version):
    words = re.sub("encoding=.utf-8.", "encoding='utf-16'", data.decode())

    assert take_in(words.encode("utf-16"), translator).written == 2


def test_control_characters(data, translator, version):
    for bad in (b"\x07", b"\x00", "\ufffe".encode(), b"&#7;", b"&#xFFFF;"):
        said = refusal(data.replace(b"Anders.", b"An" + bad), translator)
        assert re.match(r"Line \d+ holds a character that cannot be stored", said), bad


def test_nobody_waits_for_a_file_that_is_only_read(
    data, translator, version, django_assert_num_queries
):
    """To read 5 MB takes seconds, and a transaction would keep SQLite from everybody."""
    with django_assert_num_queries(0), pytest.raises(BadParcel):
        take_in(data[:-3], translator)


def test_a_tower_of_elements(data, translator, version):
    tower = b"<note>" * 100_000 + b"</note>" * 100_000
    with_tower = data.replace(b"</xliff>", tower + b"</xliff>")

    assert take_in(with_tower, translator).written == 2
