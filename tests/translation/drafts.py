"""A record in the hands of writers and translators, and what is behind of it."""

from portal.languages.texts import codes, in_language, set_texts
from portal.publishing.content import lay
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.models import Revision
from portal.publishing.publish import publish
from portal.publishing.reading import content_in
from portal.records.models import Record
from portal.translation.freshness import freshness_of, known_of, texts_of

FIRST, *OTHERS = codes()


def due(record: Record) -> dict[str, tuple[str, ...]]:
    """What translators have to do: ``{language: texts}`` of the newest draft."""
    return _behind(content_in(newest(record.pk)), record)


def stale(record: Record) -> dict[str, tuple[str, ...]]:
    """What readers are told is not up to date."""
    return _behind(texts_of(type(record).objects.get(pk=record.pk)), record)


def _behind(content, record: Record) -> dict[str, tuple[str, ...]]:
    every = freshness_of(type(record), content, known_of(record))
    return {each.language: each.behind for each in every if each.behind}


def machine_made(record: Record) -> dict[str, tuple[str, ...]]:
    """What no person has looked at: ``{language: texts}`` of the newest draft."""
    every = freshness_of(type(record), content_in(newest(record.pk)), known_of(record))
    return {each.language: each.machine for each in every if each.machine}


def write(record: Record, by, **texts) -> Revision:
    """``write(record, by, summary={"en": "New."})``: the newest draft with these words."""
    draft = with_draft(type(record).objects.get(pk=record.pk))
    for name, words in texts.items():
        set_texts(draft, name, words)
    return save_draft(draft, by)


def go_public(record: Record, by=None, **how) -> None:
    draft = newest(record.pk)
    record = lay(content_in(draft), type(record).objects.get(pk=record.pk))
    publish([record], by, dict.fromkeys(codes(), "Why."), drafts=[draft], **how)


def seen(record: Record) -> int:
    return newest(record.pk).number


def in_dutch(record: Record, name: str) -> str:
    """What the newest draft says."""
    return in_language(with_draft(type(record).objects.get(pk=record.pk)), name, "nl")
