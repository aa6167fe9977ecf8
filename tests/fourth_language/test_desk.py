"""The first text in the new language, from the desk to the reader."""

import pytest
from django.urls import reverse

from policies.models import Plan
from portal.languages.texts import codes, column, columns, in_language, translated_names
from portal.publishing import going_public, review
from portal.publishing.drafts import with_draft
from portal.records.kinds import kinds
from portal.translation.parity import REQUIRED
from tests.fourth_language.conftest import NEW
from tests.publishing.desk import address
from tests.publishing.review import approve_all, drafted, person
from tests.reading import as_typed, links, read, words

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TEXTS = {"title": "Aktionsplan", "slug": "aktionsplan", "summary": "Ein Satz.", "body": "Text."}


@pytest.fixture
def plan() -> Plan:
    """One with all the texts that it may have."""
    whole = [p for p in Plan.objects.published() if all(in_language(p, n, "en") for n in TEXTS)]
    return whole[0]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind())
def test_the_form_of_every_kind_has_a_box_in_it(staff, administrator, kind):
    administrator.language = NEW
    administrator.save()
    answer = staff.get(address(kind, "add"))
    html = answer.content.decode()

    assert (answer.status_code, answer["Content-Language"]) == (200, NEW)
    for name in translated_names(kind):
        assert f'name="{column(name, NEW)}"' in html


def test_who_translates_into_it_writes_it_alone_and_readers_find_it(client, plan, settings):
    borrowed, others = plan.address(NEW), [plan.address(code) for code in plan.languages]
    translator, approver = person("translator", translates=NEW), person("approver", approves=NEW)
    client.force_login(translator)
    form = client.get(address(Plan, "change", plan.pk)).context["adminform"].form
    texts = {column(name, NEW): words for name, words in TEXTS.items()}
    empty = {name: "" for name in form.fields if name not in (*texts, "seen")}
    saved = client.post(address(Plan, "change", plan.pk), {**empty, **texts, "seen": "1"})
    client.logout()

    assert {name.rpartition("_")[2] for name in form.fields} == {NEW, "seen"}
    assert saved.status_code == 302
    assert read(client, borrowed).get("lang") == NEW  # nothing is public yet

    complete(plan, translator)
    release = review.submit([plan.pk], translator, dict.fromkeys(codes(), "In German too."))
    approve_all(release, approver)
    going_public.publish_release(release, approver)
    plan = Plan.objects.get(pk=plan.pk)

    page = read(client, "/de/plaene/aktionsplan/")
    assert [e for e in page.iter() if e.get("data-notice") == "missing"] == []
    assert as_typed(words(next(page.iter("h1")))).startswith("Aktionsplan")
    assert links(page, rel="alternate")[NEW] == f"{settings.PORTAL_ORIGIN}/de/plaene/aktionsplan/"
    moved = client.get(borrowed)
    assert (moved.status_code, moved["Location"]) == (301, "/de/plaene/aktionsplan/")
    assert [plan.address(code) for code in plan.languages if code != NEW] == others
    assert "/de/plaene/aktionsplan/</loc>" in client.get("/sitemap.xml").content.decode()


def complete(plan: Plan, by) -> None:
    """A language is whole or absent: whatever other text the plan has."""
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    lacking = {
        name: {NEW: "Text"}
        for name in translated_names(Plan)
        if name not in Plan.loose_texts
        and any(getattr(draft, each) for each in columns(name))
        and not in_language(draft, name, NEW)
    }
    if lacking:
        drafted(plan, by, **lacking)


def test_a_release_does_not_wait_for_it(plan):
    writer, approver = person("writer", writes=True), person("approver", approves="en fr nl")
    drafted(plan, writer, summary={code: f"Said otherwise {code}." for code in plan.languages})
    release = review.submit([plan.pk], writer, dict.fromkeys(plan.languages, "Why."))
    approve_all(release, approver)

    going_public.publish_release(release, writer)

    plan = Plan.objects.get(pk=plan.pk)
    assert set(REQUIRED) < set(plan.languages)
    assert in_language(plan, "summary", "fr") == "Said otherwise fr."


def test_the_desk_and_its_help_open_in_it(staff, administrator):
    administrator.language = NEW
    administrator.save()

    for page in (reverse("admin:index"), reverse("help", args=["write-a-text"])):
        answer = staff.get(page)
        assert (answer.status_code, answer["Content-Language"]) == (200, NEW)
