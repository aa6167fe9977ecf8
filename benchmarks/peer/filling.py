"""The peer's content: an equal page of the one that is told, with all that it leads to."""

import re
from collections.abc import Iterator

from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from benchmarks.peer.models import (
    DocumentPage,
    Edition,
    FactPage,
    HomePage,
    IndexPage,
    MeasurePage,
    PlanPage,
    Responsibility,
    Source,
    Term,
)
from benchmarks.peer.settings import FOLDER

LEADS_ON = re.compile(r'<a href="/[^"#]*"[^>]*>')  # to a page; what names a place stays as it is
DATES = ("drawn_up", "revised", "replaced")
PLAIN = ("title", "summary", "purpose", "short_title", "kind", "also", *DATES)


def fill(told: dict) -> dict[str, PlanPage]:
    """The equal page in every language; the others are its translations."""
    (FOLDER / "peer_migrations").mkdir()
    (FOLDER / "peer_migrations" / "__init__.py").touch()
    call_command("makemigrations", "peer", verbosity=0)
    call_command("migrate", verbosity=0)
    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()
    keys: dict = {}
    found = {code: _language(code, each, keys) for code, each in told.items()}
    home = HomePage.objects.get(locale__language_code="en")
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    return found


def _language(code: str, told: dict, keys: dict) -> PlanPage:
    locale, _made = Locale.objects.get_or_create(language_code=code)
    home = _added(
        Page.objects.get(depth=1),
        HomePage(title="Site", slug=f"home-{code}", summary="A trial", locale=locale),
        keys,
    )
    indexes = [
        _index(home, title, place, told, keys) for place, title in enumerate(told["contents"])
    ]
    plans = indexes[4]
    plan = PlanPage(slug="plan-0", locale=locale, **{name: told[name] for name in PLAIN})
    facts = {
        name: [_fact(indexes[5], title, name, keys) for title in told[name]]
        for name in ("owners", "objectives")
    }
    others = [_other(plans, title, keys) for title in [*told["succeeded_by"], *told["coordinated"]]]
    after = len(told["succeeded_by"])
    plan.succeeded_by = others[0] if after else None
    plan.owners, plan.objectives = facts["owners"], facts["objectives"]
    plan.coordinated_with = others[after:]
    plan.terms = [_term(locale, *each) for each in told["terms"]]
    plan.sources = [Source(**each) for each in told["sources"]]
    plan.body = led(told["body"], [*others, *facts["objectives"], *indexes])
    plan.responsibilities = [
        Responsibility(role=each["role"], actor=_fact(indexes[5], each["actor"], "actor", keys))
        for each in told["responsibilities"]
    ]
    plan = _added(plans, plan, keys)
    _point_at(plan, indexes[6], told, keys)
    plan.save_revision().publish()
    return PlanPage.objects.get(pk=plan.pk)


def _point_at(plan: PlanPage, parent: Page, told: dict, keys: dict) -> None:
    for title in told["measures"]:
        page = MeasurePage(title=title, summary=title, locale=parent.locale)
        page.plans = [plan]
        _added(parent, page, keys)
    for each in told["documents"]:
        page = DocumentPage(title=each["title"], kind=each["kind"], locale=parent.locale)
        page.plans = [plan]
        page.editions = [Edition(**file) for file in each["editions"]]
        _added(parent, page, keys)


def led(body: str, pages: list[Page]) -> str:
    """As many links as there were, to pages of this site, as its editor writes them."""
    numbers = _around([page.pk for page in pages])
    return LEADS_ON.sub(lambda _link: f'<a linktype="page" id="{next(numbers)}">', body)


def _around(items: list) -> Iterator:
    while True:
        yield from items


def _index(home: Page, title: str, place: int, told: dict, keys: dict) -> Page:
    is_legal = place >= len(told["contents"]) - 7
    slug = f"legal-{place}" if is_legal else f"list-{place}"
    page = IndexPage(title=title, slug=slug, summary=title, locale=home.locale)
    page.show_in_menus = place < told["menu"]
    return _added(home, page, keys)


def _fact(parent: Page, title: str, kind: str, keys: dict) -> Page:
    page = FactPage(title=title, kind=kind, summary=title, locale=parent.locale)
    return _added(parent, page, keys)


def _other(parent: Page, title: str, keys: dict) -> Page:
    page = PlanPage(title=title, kind="plan", summary=title, locale=parent.locale)
    page.drawn_up = "2016-01-01"
    return _added(parent, page, keys)


def _added(parent: Page, page: Page, keys: dict) -> Page:
    """A translation of what stands at the same place in another language."""
    place = sum(1 for language, _number in keys if language == page.locale.language_code)
    known = keys.get(("en", place))
    page.slug = page.slug or f"page-{place}"
    if known:
        page.translation_key = known
    parent.add_child(instance=page)
    keys[page.locale.language_code, place] = page.translation_key
    return page


def _term(locale: Locale, term: str, meaning: str) -> Term:
    return Term.objects.create(term=term, meaning=meaning, locale=locale)
