"""Ways round the roles through what Django's admin understands beside its forms: each is closed."""

import pytest
from django.test import Client

from policies.models import Plan
from portal.languages.texts import codes, column
from portal.publishing.drafts import newest
from portal.publishing.models import Revision
from portal.publishing.parts import changed_parts
from portal.publishing.reading import content_in
from tests.factories import published
from tests.publishing.desk import address
from tests.publishing.review import person, said_otherwise, writer

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

CHOICE = "/admin/autocomplete/?app_label=policies&model_name=responsibility&field_name=plan"


@pytest.fixture
def plan() -> Plan:
    plan = published(Plan)
    said_otherwise(plan, writer(), "Kanarie")
    return plan


def signed_in(**rights) -> Client:
    client = Client()
    client.force_login(person("somebody", **rights))
    return client


def test_no_parameter_of_the_admin_shows_a_draft_to_an_account_without_a_role(plan):
    reader, form = signed_in(), address(Plan, "change", plan.pk)
    pages = [
        *(f"{form}?{more}" for more in ("_popup=1&_to_field=uuid", "_changelist_filters=state")),
        f"{address(Plan, 'changelist')}?{column('title', codes()[0])}__startswith=Kanarie",
        address(Plan, "history", plan.pk),
        f"{CHOICE}&term=Kanarie",
    ]

    assert [reader.get(page).status_code for page in pages] == [403] * len(pages)
    answer = signed_in_translator().get(pages[0])
    assert "Kanarie" in answer.content.decode()  # these pages do show it to whoever may see it


def signed_in_translator() -> Client:
    client = Client()
    client.force_login(person("translator", translates=codes()[-1]))
    return client


@pytest.mark.parametrize(
    ("more", "saved"),
    [
        ({"_popup": "1", "_to_field": "uuid"}, ["Mine"]),
        ({"_continue": "1"}, ["Mine"]),
        ({"_saveasnew": "1"}, []),  # that would be a new record, which is refused
    ],
)
def test_no_button_of_the_admin_sets_facts_or_other_languages_for_a_translator(plan, more, saved):
    before = content_in(newest(plan.pk))
    own, other = column("summary", codes()[-1]), column("summary", codes()[0])
    data = {"position": "9", "state": "withdrawn", "version": "7", "plan_kind": "", other: "Mine"}
    seen = {"seen": newest(plan.pk).number, own: "Mine"}

    signed_in_translator().post(address(Plan, "change", plan.pk), data | seen | more)

    after = content_in(newest(plan.pk))
    parts = changed_parts(Plan, before, after)
    assert list(parts) == [codes()[-1]] * len(saved)
    assert [after[own]] == (saved or [before[own]])
    assert Revision.objects.filter(record=plan.pk).count() == 2 + len(saved)
    assert list(Plan.objects.values_list("state", "version")) == [("published", 1)]


def test_a_list_changes_nothing_whatever_is_sent_to_it(plan):
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-uuid": str(plan.pk)}
    act = {"action": "delete_selected", "_selected_action": [str(plan.pk)], "post": "yes"}
    client = signed_in(is_superuser=True)

    client.post(address(Plan, "changelist"), rows | act | {"form-0-position": "9", "_save": "1"})

    assert Plan.objects.get().position == plan.position
    assert Revision.objects.filter(record=plan.pk).count() == 2
