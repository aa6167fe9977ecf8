"""Every component of the public pages on one page, for those who build and those who edit."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from actors.enums import ActorKind, Level
from actors.models import Actor
from policies.enums import Decision, PlanKind, Role
from policies.facts import Fact
from policies.models import Document, Edition, Instrument, Objective, Plan, Responsibility
from policies.picture import Picture
from policies.purposes import by_level
from portal.languages.alternates import Alternate
from portal.languages.names import own_name
from portal.languages.texts import Text, active, codes, set_texts
from portal.pages.models import Term
from portal.publishing.models import Version
from portal.publishing.reading import Passage
from portal.records.dates import PartialDate
from portal.records.lifelines import Axis
from portal.records.models import Record, State
from portal.records.references import Relation
from portal.translation.told import Told
from portal.views.who_does_what import Filter

SOURCES = "Example | https://example.org/ | en | 2026-11-24\nExample | | fr"


class Styleguide(TemplateView):
    """For staff, and in development. The records on it are in no database."""

    template_name = "pages/styleguide.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not (settings.DEBUG or request.user.is_staff):
            raise Http404
        asked = request.GET.get("lang", "")
        with translation.override(asked if asked in codes() else active()):
            response = super().get(request, *args, **kwargs).render()
            response.headers["Content-Language"] = active()
        return response

    def get_context_data(self, **context: Any) -> dict:
        return super().get_context_data(
            axis=Axis(2005, 2021),
            alternates=[Alternate(code, f"?lang={code}", code == active()) for code in codes()],
            languages=[{"code": code, "name": own_name(code)} for code in codes()],
            filter_choices=PlanKind.choices,
            kinds=[(k.kind(), capfirst(k._meta.verbose_name_plural), 6) for k in (Plan, Document)],
            page=Paginator(range(75), 25).page(2),
            **(shown := samples()),
            **who_does_what(shown),
            **context,
        )


def samples() -> dict[str, Any]:
    """One of everything that an include asks for, in the language of the page."""
    plan = sample(
        Plan,
        plan_kind=PlanKind.NATIONAL,
        drawn_up="2005-06",
        revised="2015-02-12",
        version=3,
        changed=timezone.now(),
        added_dates="drawn_up",
        sources=SOURCES,
    )
    replaced = sample(Plan, drawn_up="2005", replaced="2021-09-08", succeeded_by=plan)
    actor = sample(Actor, body_kind=ActorKind.COUNCIL, level=Level.FEDERAL, established="2015")
    document = sample(Document, publisher=actor, added_reference=True, sources=SOURCES)
    return {
        "record": plan,
        "replaced": replaced,
        "missing": sample(Plan, in_languages=[code for code in codes() if code != active()]),
        "withdrawn": sample(Plan, state=State.WITHDRAWN),
        "together": [("#main", plan), ("#proof", replaced)],
        "urgent": sample(Plan, unreviewed=True),
        "stale": stale_sample(),
        "actor": actor,
        "document": document,
        "editions": [Edition(document=document, language="nl", address="https://example.org/")],
        "objective": sample(Objective),
        "rows": [_responsibility(actor, role, plan) for role in (Role.COORDINATES, Role.SETS)],
        "relations": [Relation("objectives", sample(Objective)), Relation("predecessors", plan)],
        "terms": {"entries": [_term()]},
        "shown": Version(number=2, published=timezone.now()),
        "line": Passage(_("An example"), None, "a b c", "a b d"),
    }


def who_does_what(shown: dict[str, Any]) -> dict[str, Any]:
    """A picture, a table and what they lack, of the same few records."""
    actor, plan, purpose = shown["actor"], shown["record"], shown["objective"]
    facts = [Fact(actor, Role(row.role), plan, row, [purpose]) for row in shown["rows"]]
    text = sample(Instrument, adopted_by=actor, added_reference=True)
    facts.append(Fact(actor, Decision.ADOPTED, text, text, []))
    choices = dict(Level.choices)
    return {
        "facts": facts,
        "picture": Picture(facts),
        "filters": [Filter("level", _("level"), choices, lambda fact: {fact.role}, "federal")],
        "removable": [(choices["federal"], "#main")],
        "levels": list(Level),
        "purposes": [(row, "example") for row in by_level(facts, [purpose])],
    }


def sample(kind: type[Record], *, in_languages: list[str] | None = None, **facts: Any) -> Record:
    """A record with every text that its page needs; nobody ever saves it."""
    dates = {name: PartialDate(facts[name]) for name in kind.dates if name in facts}
    record = kind(**{"state": State.PUBLISHED, **facts, **dates})
    texts = {"title": _("An example"), "slug": "example", "summary": _("One sentence.")}
    for name, words in texts.items():
        set_texts(record, name, dict.fromkeys(in_languages or codes(), words))
    record.source_language = (in_languages or [active()])[0]
    record.bases = ""  # so that no database is asked what its translations follow
    return record


def stale_sample() -> Record:
    """Written first in another language, and nothing is known to follow it."""
    plan = sample(Plan, version=2, changed=timezone.now())
    plan.source_language = next(code for code in codes() if code != active())
    plan.told = Told(plan)
    plan.told.follows = 1
    plan.told.missed = [
        (Version(number=2, published=timezone.now()), Text(_("One sentence."), active()))
    ]
    return plan


def _responsibility(actor: Actor, role: Role, plan: Plan) -> Responsibility:
    row = Responsibility(actor=actor, role=role, plan=plan, state=State.PUBLISHED)
    set_texts(row, "sentence", dict.fromkeys(codes(), _("One sentence.")))
    return row


def _term() -> Term:
    term = Term(state=State.PUBLISHED)
    set_texts(term, "term", dict.fromkeys(codes(), _("An example")))
    set_texts(term, "meaning", dict.fromkeys(codes(), _("One sentence.")))
    return term
