"""The desk in Chromium: accessible, quiet, under its own policy, and it shows what it promises."""

from itertools import pairwise

import pytest
from django.contrib import admin
from django.urls import reverse

from actors.models import Actor
from policies.models import Plan
from portal.languages.texts import columns
from portal.pages.models import Term
from portal.publishing.models import Release
from portal.staff.models import Account
from portal.translation.models import Assignment
from tests.factories import NEEDS, published
from tests.publishing.review import drafted, person, said_otherwise, submitted, writer
from tests.translation.screen import screen

pytestmark = [
    pytest.mark.usefixtures("transactional_db"),
    pytest.mark.ignore_template_errors,
]


WHOLE = (
    Plan,
    Term,
    Account,
    Assignment,
)  # of the other kinds the form, which has every box, and the history


def open_whole(tab, page: str) -> None:
    """With the previews that it asks for: one that is left half-way comes back as a 400."""
    boxes = tab.open(page).locator("textarea[data-preview]")
    if any(boxes.evaluate_all("boxes => boxes.map(box => box.value)")):
        tab.page.wait_for_load_state("networkidle")


def address(model, action: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def pages_of(model) -> list[str]:
    pages = [address(model, "changelist")]
    if model is Release:
        writing = writer()
        said_otherwise(plan := published(Plan), writing)
        return [*pages, address(Release, "change", submitted(plan, writing).pk)]
    if model is Assignment:
        drafted(plan := published(Plan), person("author", writes=True), summary={"en": "Anew."})
        return [f"{pages[0]}?which=all", screen(plan, "nl"), screen(plan, "en")]
    pages.append(address(model, "add"))
    if model in NEEDS:
        record = published(model)
        pages += [address(model, action, record.pk) for action in ("change", "history")]
    return pages


def test_no_page_of_any_model_has_a_barrier(signed_in):
    tab = signed_in()
    models = list(admin.site._registry)
    found = {}
    for model in models:
        pages = pages_of(model)
        for page in pages if model in WHOLE else pages[-2:]:
            open_whole(tab, page)
            if barriers := tab.axe():
                found[page] = barriers

    assert found == {}
    assert len(models) > 14
    assert (tab.complaints, tab.foreign) == ([], [])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_no_type_of_page_has_a_barrier_in_any_language_or_theme(
    signed_in, administrator, theme, language
):
    administrator.language = language
    administrator.save()
    plan = published(Plan, owners=[published(Actor)])
    tab = signed_in(color_scheme=theme)
    found = {}
    pages = [
        reverse("admin:index"),
        reverse("admin:app_list", args=["policies"]),
        address(Plan, "changelist"),
        address(Plan, "add"),
        address(Plan, "change", plan.pk),
        address(Plan, "history", plan.pk),
        reverse("admin:password_change"),
        reverse("admin:password_link", args=[administrator.pk]),
    ]
    for page in pages:
        open_whole(tab, page)
        assert tab.page.locator("html").get_attribute("lang") == language
        if barriers := tab.axe(theme):
            found[page] = barriers

    assert found == {}
    assert (tab.complaints, tab.foreign) == ([], [])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sign_in_has_no_barrier(visit, theme):
    tab = visit(color_scheme=theme, locale="nl-BE")
    tab.open("/admin/login/")

    assert tab.axe() == []
    assert tab.page.locator("html").get_attribute("lang") == "nl"
    assert (tab.complaints, tab.foreign) == ([], [])


def test_prose_is_previewed_while_it_is_typed(signed_in):
    tab = signed_in()
    tab.open(address(Plan, "add"))
    box = tab.page.locator("textarea[data-preview][lang=fr]").first

    box.fill("Oui : *voilà*")

    tab.page.wait_for_function("() => document.querySelector('.prose-preview em')")
    assert tab.page.locator(".prose-preview[lang=fr] em").first.inner_text() == "voilà"
    assert (tab.complaints, tab.foreign) == ([], [])


def test_an_actor_is_chosen_by_typing_its_name_in_any_language(signed_in):
    published(Actor, languages=["nl"], title={"nl": "Nationale Veiligheidsraad"})
    tab = signed_in()
    tab.open(address(Plan, "add"))

    tab.page.locator(".field-owners .select2-selection").click()
    tab.page.keyboard.type("veiligheids")

    tab.page.get_by_role("option", name="Nationale Veiligheidsraad").click()
    assert "Nationale Veiligheidsraad" in tab.page.locator(".field-owners").inner_text()
    assert (tab.complaints, tab.foreign) == ([], [])


def test_a_one_time_link_lets_a_person_choose_a_password_once(signed_in, visit, administrator):
    from portal.staff.models import Account

    editor = Account.objects.create_user("editor", is_staff=True)
    tab = signed_in()
    tab.open(reverse("admin:password_link", args=[editor.pk]))
    tab.page.locator("#content button").click()
    link = tab.page.locator("#content code").inner_text()

    person = visit()
    person.page.goto(link)
    for number in ("1", "2"):
        person.page.locator(f"#id_new_password{number}").fill("a long phrase that nobody knows")
    person.page.locator("input[type=submit]").click()
    assert person.page.url.endswith("/admin/login/")

    editor.refresh_from_db()
    assert editor.check_password("a long phrase that nobody knows")
    late = visit()
    late.page.goto(link)
    assert late.page.locator("#id_new_password1").count() == 0


def test_the_three_languages_stand_side_by_side_without_overlap(signed_in):
    tab = signed_in(width=1400)
    tab.open(address(Plan, "change", published(Plan).pk))

    for name in ("title", "summary", "body"):
        boxes = [tab.page.locator(f"#id_{column}").bounding_box() for column in columns(name)]
        assert len({box["y"] for box in boxes}) == 1, name
        for left, right in pairwise(boxes):
            assert left["x"] + left["width"] < right["x"], name


def test_whoever_types_stays_signed_in_and_whoever_only_looks_does_not_ask(signed_in):
    tab = signed_in()
    tab.page.clock.install()
    open_whole(tab, address(Plan, "add"))
    asked: list[str] = []  # what no page is drawn from
    tab.page.on("request", lambda each: asked.append(each.url) if each.method == "HEAD" else None)

    tab.page.clock.fast_forward("06:00")
    tab.page.wait_for_timeout(100)
    assert asked == []
    with tab.page.expect_response("**/admin/jsi18n/") as answer:
        tab.page.locator(f"[name={columns('title')[0]}]").press_sequentially("ab")
    assert (answer.value.status, "set-cookie" in answer.value.all_headers()) == (200, True)
    tab.page.wait_for_timeout(100)
    assert asked == [f"{tab.host}/admin/jsi18n/"]
    assert (tab.complaints, tab.foreign) == ([], [])
