"""The desk: every page of every kind opens, and saving goes through the one door."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from actors.models import Actor
from policies.models import Document, Edition, Plan
from portal.languages.texts import codes, column, columns
from portal.publishing.models import Release
from portal.records.kinds import kinds
from portal.translation.models import Assignment
from tests.factories import NEEDS, published, withdrawn
from tests.growth import multiply
from tests.publishing.desk import address
from tests.publishing.review import approver, said_otherwise, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)


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
    pages = [address(model, "changelist")]
    if model is Release:  # it is made by submitting a draft
        said_otherwise(plan := published(Plan), administrator)
        pages.append(address(Release, "change", submitted(plan, administrator).pk))
    elif model is not Assignment:  # it is taken in the list of translations
        pages.append(address(model, "add"))
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


def test_what_has_no_page_is_found_by_the_names_it_hangs_on(staff):
    edition = published(
        Edition, document=published(Document, title=dict.fromkeys(codes(), "Résumé"))
    )
    published(Edition)

    listed = staff.get(address(Edition, "changelist"), {"q": "résumé"})

    assert list(listed.context["cl"].queryset) == [edition]


def test_who_may_only_look_is_not_told_what_saving_does(client):
    client.force_login(approver())
    html = client.get(address(Plan, "change", published(Plan).pk)).content.decode()

    assert "Saving keeps a draft" not in html
    assert "Seen" not in html


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


def test_a_list_of_500_records_takes_twelve_queries_at_most(staff, django_assert_max_num_queries):
    published(Edition)
    multiply(500)

    assert Edition.objects.count() > 500
    for kind in (Edition, Document):
        with django_assert_max_num_queries(12):
            assert staff.get(address(kind, "changelist")).status_code == 200


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
