"""How true a page is in the language in which it is read."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.languages.texts import column
from portal.publishing.drafts import newest
from portal.publishing.reading import content_in, label_of
from portal.publishing.standing import ItemStanding
from portal.records.models import Record
from portal.staff.models import Account
from portal.translation.freshness import (
    Freshness,
    confirmations,
    freshness_of,
    known_of,
    must_be_translated,
)
from portal.translation.matrix.cells import Matrix
from portal.translation.matrix.page import numbers, own_languages
from portal.translation.models import Basis
from portal.translation.told import Told

register = template.Library()


@register.simple_tag
def told(record: Record) -> Told | None:
    """What readers are told of the language; None of what never was public or has no texts.

    Kept with the record: a page asks more than once.
    """
    if not hasattr(record, "told"):
        record.told = Told(record) if record.version and record.headline else None
    return record.told


@register.simple_tag
def translation_numbers(account: Account) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """What there is to do in each of a person's languages, where the account has any."""
    if not account.has_a_role:
        return []
    return numbers(Matrix().cells, own_languages(account), account)


@register.simple_tag
def translations_of(record: Record) -> list[Freshness]:
    """How the newest draft stands in each language but its source, for the desk: two queries."""
    last = newest(record.pk) if must_be_translated(type(record)) else None
    if not last or not last.content:
        return []
    content = content_in(last)
    every = freshness_of(type(record), content, known_of(record))
    return [each for each in every if each.language != content["source_language"]]


@register.filter
def in_words_for_staff(fresh: Freshness) -> str:
    """How a language stands: “2 texts to do”."""
    if fresh.is_absent:
        return _("not translated")
    if count := len(fresh.to_do):
        return ngettext("%(count)s text to do", "%(count)s texts to do", count) % {"count": count}
    return _("up to date")


@register.simple_tag
def said_to_hold(item: ItemStanding) -> list[tuple[str, Basis]]:
    """Texts that somebody has confirmed against what the source says anew in this draft.

    Nobody approves them, for they do not change; so whoever approves the others sees this.
    """
    if not item.after or not must_be_translated(item.item.kind):
        return []
    kind = item.item.kind
    changed = {name for part in item.parts for name in part.columns}
    given = confirmations(kind, item.item.record_uuid, item.after)
    first = item.after["source_language"]
    return [
        (label_of(kind, column(each.field, each.language)), each)
        for each in given
        if column(each.field, first) in changed
    ]
