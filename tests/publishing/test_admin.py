"""The desk: every page of every kind opens, and saving goes through the one door."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from actors.models import Actor
from policies.models import Document, Edition, Plan
from portal.languages.texts import codes, column, columns, in_language
from portal.records.kinds import kinds
from portal.records.models import State
from tests.factories import NEEDS, published, unpublished, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model, action: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def posted(staff, record, **changes) -> dict:
    """What a browser sends for an unchanged form, with these changes."""
    form = staff.get(address(type(record), "change", record.pk)).context["adminform"].form
    data = {}
    for name in form.fields:
        value = form.initial.get(name)
        if isinstance(value, list):
            data[name] = [str(item.pk) for item in value]
        elif value is not None and value is not False and value != "":
            data[name] = str(value)
    return data | changes


def test_every_kind_has_a_desk():
    assert set(kinds()) <= set(REGISTERED)
    assert set(NEEDS) == set(kinds())


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_page_of_every_registered_model_opens_in_every_language(
    staff, administrator, model, language
):
    administrator.language = language
    administrator.save()
    pages = [address(model, "changelist"), address(model, "add")]
    if model in NEEDS:
        record = published(model)
        pages += [address(model, action, record.pk) for action in ("change", "history")]

    for page in [
        *pages,
        reverse("admin:index"),
        reverse("admin:app_list", args=[model._meta.app_label]),
    ]:
        answer = staff.get(page)
        assert (answer.status_code, answer["Content-Language"]) == (200, language), page


def test_saving_a_change_publishes_it_in_three_languages(staff):
    plan = published(Plan, owners=[published(Actor)])
    changes = {column("title", code): f"New title {code}" for code in codes()}

    answer = staff.post(address(Plan, "change", plan.pk), posted(staff, plan, **changes))

    assert answer.status_code == 302, answer.context["errors"]
    plan = Plan.objects.get(pk=plan.pk)
    assert [in_language(plan, "title", code) for code in codes()] == list(changes.values())
    assert (plan.state, plan.owners.count()) == (State.PUBLISHED, 1)


def test_saving_without_a_change_leaves_the_date_of_the_page(staff):
    plan = published(Plan, owners=[published(Actor)])

    answer = staff.post(address(Plan, "change", plan.pk), posted(staff, plan), follow=True)

    assert Plan.objects.get(pk=plan.pk).changed == plan.changed
    assert any("Nothing was changed" in str(message) for message in answer.context["messages"])


def test_a_new_record_is_published_with_its_sets(staff):
    actor = published(Actor)
    texts = {
        column(name, code): f"{name}-{code}"
        for name in ("title", "slug", "summary")
        for code in codes()
    }
    answer = staff.post(
        address(Plan, "add"),
        {
            "plan_kind": "national",
            "source_language": "nl",
            "position": "0",
            "owners": [str(actor.pk)],
            **texts,
        },
    )

    assert answer.status_code == 302, answer.context["errors"]
    assert list(Plan.objects.published().get().owners.all()) == [actor]


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(staff):
    plan = published(Plan)
    taken = published(Plan)
    answer = staff.post(
        address(Plan, "change", plan.pk),
        posted(
            staff,
            plan,
            **{
                column("slug", "nl"): taken.slug_in("nl"),
                column("body", "fr"): "[x](http://example.org)",
                "drawn_up": "around 2005",
                "added_reference": "on",
            },
        ),
    )

    errors = answer.context["adminform"].form.errors
    assert answer.status_code == 200
    assert {"drawn_up", column("body", "fr"), column("slug", "nl"), "sources"} <= set(errors)
    assert "around 2005" in answer.content.decode()
    assert Plan.objects.get(pk=plan.pk).drawn_up is None


def test_an_unpublished_record_cannot_be_pointed_at_by_a_public_one(staff):
    plan, hidden = published(Plan), unpublished(Actor)

    answer = staff.post(
        address(Plan, "change", plan.pk), posted(staff, plan, owners=[str(hidden.pk)])
    )

    assert "owners" in answer.context["adminform"].form.errors
    assert plan.owners.count() == 0


@pytest.mark.parametrize("model", kinds(), ids=lambda model: model.kind())
def test_nothing_is_deleted_and_what_was_withdrawn_stays_as_it_is(staff, model):
    record = withdrawn(model)

    assert staff.get(address(model, "delete", record.pk)).status_code == 403
    assert staff.post(address(model, "change", record.pk), {}).status_code == 403
    assert model.objects.filter(pk=record.pk).exists()


def test_the_languages_of_a_field_stand_side_by_side_each_with_its_lang(staff):
    html = staff.get(address(Plan, "change", published(Plan).pk)).content.decode()

    for code in codes():
        assert f'name="{column("title", code)}"' in html
        assert f'lang="{code}"' in html
    assert 'class="form-row field-' + " field-".join(columns("title")) in html


def test_a_record_is_found_by_its_name_in_any_language_also_in_a_choice(staff):
    actor = published(Actor, languages=["nl"], title={"nl": "Nationale Veiligheidsraad"})
    published(Actor)

    listed = staff.get(address(Actor, "changelist"), {"q": "veiligheidsraad"})
    chosen = staff.get(
        reverse("admin:autocomplete"),
        {
            "term": "veiligheidsraad",
            "app_label": "policies",
            "model_name": "plan",
            "field_name": "owners",
        },
    )

    assert list(listed.context["cl"].queryset) == [actor]
    assert chosen.json()["results"] == [{"id": str(actor.pk), "text": "Nationale Veiligheidsraad"}]


@pytest.mark.parametrize(("value", "found"), [("fr", 1), ("-fr", 2), ("nl", 3), ("-en", 3)])
def test_lists_filter_by_languages_present_and_missing(staff, value, found):
    published(Plan, languages=["fr", "nl"])
    published(Plan, languages=["nl"])
    published(Plan, languages=["nl"])

    answer = staff.get(address(Plan, "changelist"), {"language": value})

    assert answer.context["cl"].queryset.count() == found


def test_an_editor_sees_where_a_record_is_used_by_key_set_and_link(staff):
    actor = published(Actor)
    plan = published(Plan, owners=[actor])
    part = published(Actor, parent=actor)
    linking = published(Document, body=dict.fromkeys(codes(), f"[x]({actor.permanent})"))
    published(Actor)

    html = staff.get(address(Actor, "change", actor.pk)).content.decode()
    used = html[html.index("field-used_where") :]

    for user in (plan, part, linking):
        assert address(type(user), "change", user.pk) in used
    assert used.count("<li>") == 3


def test_the_preview_renders_prose_as_readers_see_it(staff):
    answer = staff.post(address(Plan, "preview"), {"text": "Oui : *voilà* <script>", "lang": "fr"})

    assert answer.content.decode() == "<p>Oui&nbsp;: <em>voilà</em> &lt;script&gt;</p>\n"


def test_a_list_costs_the_same_for_3_and_for_30_records(staff, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (3, 27):
        for _ in range(more):
            published(Edition)
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(address(Edition, "changelist")).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_desk_asks_for_an_account(client):
    for model in REGISTERED:
        answer = client.get(address(model, "changelist"))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")


def test_every_installed_record_is_a_kind_with_a_verbose_name_in_every_language():
    for model in apps.get_models():
        if model in kinds():
            with translation.override("fr"):
                assert model._meta.verbose_name == model._meta.verbose_name.lower()
