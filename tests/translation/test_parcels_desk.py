"""Parcels at the desk: made there, handed in there, and every refusal is a page in words."""

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from policies.models import Plan
from portal.languages.texts import in_language
from portal.publishing.drafts import newest, with_draft
from portal.publishing.models import Revision
from portal.translation.parcels.unwrapping import LARGEST
from tests.factories import published
from tests.publishing.review import person
from tests.translation.drafts import FIRST, write
from tests.translation.parcels import Opened, parcel_of, translated

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
OUT, IN = "admin:translation-parcel", "admin:translation-parcel-in"


@pytest.fixture
def behind(plan, author) -> Plan:
    write(plan, author, summary={FIRST: "Said anew."})
    return plan


@pytest.fixture
def desk(client, translator):
    client.force_login(translator)
    return client


def handed_in(desk, data: bytes, name: str = "parcel.xlf"):
    return desk.post(reverse(IN), {"parcel": SimpleUploadedFile(name, data)})


def words(answer) -> str:
    page = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    return " ".join("".join(page.find(".//*[@id='content']").itertext()).split())


def messages(answer) -> list[str]:
    return [str(each) for each in answer.context["messages"]]


@pytest.mark.parametrize(
    ("form", "kind", "tail"),
    [
        ("2.0", "application/x-xliff+xml", "xlf"),
        ("1.2", "application/x-xliff+xml", "xlf"),
        ("html", "text/html; charset=utf-8", "html"),
        ("x", "application/x-xliff+xml", "xlf"),
    ],
)
def test_a_parcel_is_a_file_to_keep(desk, behind, form, kind, tail):
    answer = desk.post(reverse(OUT), {"language": "nl", "source": "en", "format": form})

    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="en-nl-')
    assert answer.headers["Content-Disposition"].endswith(f'.{tail}"')
    assert "no-store" in answer.headers["Cache-Control"]
    if form in ("1.2", "2.0"):
        assert [u.get("id") for u in Opened(answer.content).units] == [f"{behind.pk}.summary"]


def test_what_is_ticked_goes_out_and_nothing_else(desk, behind, author):
    other, fresh = published(Plan), published(Plan)
    write(other, author, summary={FIRST: "Said anew."})
    asked = {"language": "nl", "source": "en", "format": "2.0"}

    def sent(**more) -> set[str]:
        answer = desk.post(reverse(OUT), asked | more)
        return {file.get("id") for file in Opened(answer.content).files}

    assert sent() == {str(behind.pk), str(other.pk)}
    assert sent(what="all") == {str(behind.pk), str(other.pk)}
    assert sent(record=[str(other.pk)]) == {str(other.pk)}
    assert sent(record=[str(fresh.pk)], what="all") == {str(fresh.pk)}
    answer = desk.post(reverse(OUT), {**asked, "record": ["x", str(fresh.pk)]})
    assert messages(answer) == ["Nothing of this is due. Choose records, and all of their texts."]


def test_the_page_lists_what_is_due_in_the_language_of_the_translator(desk, behind):
    fresh = published(Plan)

    said = words(desk.get(reverse(OUT), {"language": "nl"}))

    assert "From English into Dutch" in said
    assert f"{in_language(behind, 'title', 'nl')} (Plan) · 1 text" in said
    assert "1 record that is up to date" in said
    assert in_language(fresh, "title", "nl") in said
    assert desk.get(reverse(OUT), {"language": "xx"}).status_code == 200


def test_what_is_up_to_date_or_cannot_be_translated_is_said_to_be_so(desk, plan):
    assert "Nothing is due." in words(desk.get(reverse(OUT), {"language": "xx"}))
    said = words(desk.get(reverse(OUT), {"language": "en"}))
    assert "No record is written first in another language" in said


def test_a_parcel_that_is_handed_in_says_what_became_of_each_text(desk, behind, author):
    data = translated(parcel_of(behind, whole=True), summary="Anders.", title="Ander <b>")
    write(behind, author, title={"nl": "Met de hand"})

    answer = handed_in(desk, data)

    said = words(answer)
    assert answer.status_code == 200
    assert "1 text was taken in as a draft. 1 text was refused." in said
    assert "Refused. Somebody changed this text" in said
    assert "At the desk (Nederlands)Met de handIn the parcel (Nederlands)Ander <b>" in said
    assert "Same as before." in said
    assert in_language(with_draft(Plan.objects.get(pk=behind.pk)), "summary", "nl") == "Anders."
    assert "Nothing new" in words(handed_in(desk, parcel_of(behind, whole=True)))


def test_what_is_no_parcel_is_refused_in_words_and_writes_nothing(desk, behind):
    count = Revision.objects.count()
    for data in (
        b"x",
        b"<html>",
        b"<a/>",
        b"\xff\xfe",
        parcel_of(behind)[:900],
        b"x" * (LARGEST + 9),
    ):
        (said,) = messages(handed_in(desk, data))
        assert said.startswith("Nothing was taken in. ")
    (said,) = messages(desk.post(reverse(IN), {}))
    assert (
        said == "Nothing was taken in. No file was chosen. Choose the parcel that was translated."
    )
    (said,) = messages(handed_in(desk, b""))
    assert "The file is empty." in said
    assert Revision.objects.count() == count


@pytest.mark.parametrize(("code", "said"), [("fr", "Rien n’a été"), ("nl", "Er is niets")])
def test_a_refusal_speaks_the_language_of_the_account(client, behind, code, said):
    client.force_login(person("polyglot", translates="nl", language=code))

    (told,) = messages(handed_in(client, b"<a/>"))

    assert told.startswith(said)


def test_only_who_writes_hands_in_and_only_staff_sees_any_of_it(client, behind):
    data = translated(parcel_of(behind), summary="Anders.")
    before = newest(behind.pk)
    for account, out, back in (
        (person("approver", approves="nl"), 200, 403),
        (person("nobody"), 403, 403),
    ):
        client.force_login(account)
        assert client.get(reverse(OUT)).status_code == out
        assert client.get(reverse(IN)).status_code == back
        assert handed_in(client, data).status_code == back
    client.logout()
    assert client.get(reverse(OUT)).status_code == handed_in(client, data).status_code == 302
    client.force_login(person("french", translates="fr"))
    assert "does not translate into Dutch" in messages(handed_in(client, data))[0]
    assert newest(behind.pk) == before
