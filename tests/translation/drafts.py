"""A plan in the hands of writers and translators, and what is behind of it."""

from policies.models import Plan
from portal.languages.texts import codes, set_texts
from portal.publishing.content import lay
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.models import Revision
from portal.publishing.publish import publish
from portal.publishing.reading import content_in
from portal.translation.freshness import bases_of, freshness_of, texts_of

FIRST, *OTHERS = codes()


def due(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What translators have to do: ``{language: texts}`` of the newest draft."""
    return _behind(content_in(newest(plan.pk)), plan)


def stale(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What readers are told is not up to date."""
    return _behind(texts_of(Plan.objects.get(pk=plan.pk)), plan)


def _behind(content, plan: Plan) -> dict[str, tuple[str, ...]]:
    every = freshness_of(Plan, content, bases_of([plan.pk])[plan.pk])
    return {each.language: each.behind for each in every if each.behind}


def write(plan: Plan, by, **texts) -> Revision:
    """``write(plan, by, summary={"en": "New."})``: the newest draft with these words."""
    draft = with_draft(Plan.objects.get(pk=plan.pk))
    for name, words in texts.items():
        set_texts(draft, name, words)
    return save_draft(draft, by)


def go_public(plan: Plan, by=None, **how) -> None:
    draft = newest(plan.pk)
    record = lay(content_in(draft), Plan.objects.get(pk=plan.pk))
    publish([record], by, dict.fromkeys(codes(), "Why."), drafts=[draft], **how)


def seen(plan: Plan) -> int:
    return newest(plan.pk).number
