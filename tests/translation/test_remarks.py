"""A name that stands otherwise than agreed is told by the command, on the form and in a release."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import codes, column
from portal.publishing.publish import publish
from portal.translation.terms.remarks import remarks
from tests.factories import draft, published
from tests.publishing.desk import address
from tests.publishing.review import drafted, submitted, writer
from tests.reading import read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cuta() -> Actor:
    names = (
        "Coordination Unit for Threat Analysis",
        "Organe de coordination pour l'analyse de la menace",
        "Coördinatieorgaan voor de dreigingsanalyse",
    )
    return published(
        Actor,
        title=dict(zip(codes(), names, strict=True)),
        abbreviation=dict(zip(codes(), ("CUTA", "OCAM", "OCAD"), strict=True)),
    )


def plan(**summary: str) -> Plan:
    """Its summary names the body in the source; in the others it says what is given."""
    return published(Plan, summary={"en": "CUTA acts.", "fr": "L'OCAM.", "nl": "OCAD."} | summary)


def check() -> str:
    said = StringIO()
    call_command("check_translations", stdout=said)
    return said.getvalue()


def test_the_command_fails_where_another_form_stands_and_names_it(cuta, settings):
    wrong = plan(nl="CUTA treedt op.")

    with pytest.raises(CommandError) as refused:
        check()

    lines = str(refused.value).splitlines()
    assert lines[0] == (
        f"plan “{wrong}”: {column('summary', 'nl')}: “CUTA” stands here. In Dutch this is "
        "“Coördinatieorgaan voor de dreigingsanalyse (OCAD)”. "
        f"{settings.PORTAL_ORIGIN}{wrong.permanent}"
    )
    assert len(lines) == 2
    assert lines[1].endswith("1 names in another form, 0 names missing.")


def test_the_command_tells_of_a_missing_name_and_does_not_fail(cuta):
    plan(fr="Il agit.")

    remark, counts = check().splitlines()

    assert f": {column('summary', 'fr')}: The source names “CUTA”." in remark
    assert counts.endswith("0 names in another form, 1 names missing.")


def test_remarks_stand_at_the_text_that_they_are_about(cuta):
    wrong = draft(Plan, summary={"en": "CUTA", "fr": "CUTA", "nl": "OCAD"})

    (remark,) = remarks(None, [wrong])

    assert (remark.record, remark.field) == (wrong, column("summary", "fr"))
    publish([wrong], by=None, notes={})  # a remark stands in no way


@pytest.mark.ignore_template_errors
def test_the_form_and_the_release_lead_to_the_text_that_is_worth_a_look(client, cuta):
    one, place = writer(), column("summary", "fr")
    public = plan()
    drafted(public, one, summary={"fr": "CUTA agit."})
    client.force_login(one)
    release = submitted(public, one)
    form = address(Plan, "change", public.pk)
    page = reverse("admin:publishing_release_change", args=[release.pk])

    for shown, href in ((form, f"#id_{place}"), (page, f"{form}#id_{place}")):
        document = read(client, shown)
        lines = [li for li in document.iter("li") if href in {a.get("href") for a in li.iter("a")}]
        assert ["“CUTA” stands here." in words(line) for line in lines] == [True]
        assert "Worth a look, though it can be published:" in words(document)


@pytest.mark.ignore_template_errors
def test_a_form_without_remarks_does_not_speak_of_them(client, cuta):
    client.force_login(writer())

    assert "Worth a look" not in words(read(client, address(Plan, "change", plan().pk)))
