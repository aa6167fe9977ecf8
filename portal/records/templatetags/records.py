"""Records in templates: links that respect the public doors, prose, dates, the report link."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.languages.names import own_name
from portal.languages.templatetags.languages import in_its_language
from portal.languages.texts import Text, active, in_language, text
from portal.languages.typography import typeset
from portal.records import prose as markdown
from portal.records.dates import PartialDate
from portal.records.lifelines import Axis, Lifeline
from portal.records.models import PageRecord, Record
from portal.records.references import Relation, published_in
from portal.records.sentences import sentences
from portal.records.years import Account

register = template.Library()


@register.simple_tag
def link(record: PageRecord | None, *, short: bool = False) -> SafeString | str:
    """A link to a record, its name in its true language; nothing where it is not public."""
    if record is None or not record.is_readable:
        return ""
    words = (short and _short_form(record)) or text(record, "title")
    return format_html('<a href="{}">{}</a>', record.address(), in_its_language(words))


@register.simple_tag
def name(record: Record) -> SafeString | str:
    """What a record of any kind is called, in its true language."""
    if record.headline:
        return in_its_language(text(record, record.headline))
    return str(record)


@register.simple_tag
def numbers_of(page: Page) -> list[int | str]:
    """The pages of a list to which this one leads; “…” stands for those far from it."""
    return list(page.paginator.get_elided_page_range(page.number))


@register.simple_tag
def entry(record: Record) -> str:
    """Where a reader finds a record that is an entry on another page."""
    return record.shown_at(active())


@register.simple_tag
def past(record: Record, number: int, other: int | str | None = None) -> str:
    """The address of a version; of a comparison with another; or, for “json”, of its bytes."""
    if other == "json":
        return f"{record.history}{number}.json"
    return f"{record.history}{number}-{other}/" if other else f"{record.history}{number}/"


@register.simple_tag(takes_context=True)
def prose(context: Context, record: Record, name: str) -> SafeString | str:
    """A Markdown text as HTML, in a block that carries its language."""
    words = text(record, name)
    if not words:
        return ""
    if terms := context.get("terms"):
        terms.note(markdown.linked_uuids(words))
    html = markdown.render(words, words.lang, context.get("link_addresses"), terms)
    if words.lang == active():
        return format_html('<div class="prose">{}</div>', html)
    return format_html('<div class="prose" lang="{}">{}</div>', words.lang, html)


@register.simple_tag
def prose_in_words(record: Record, name: str) -> SafeString | str:
    """A Markdown text as plain words in their language, for where no link belongs."""
    words = text(record, name)
    return in_its_language(Text(markdown.plain(words), words.lang))


@register.simple_tag
def short_form(record: Record) -> SafeString | str:
    """The abbreviation or short title where the kind has one and the name does not say it."""
    words = _short_form(record)
    return in_its_language(words) if words and words not in text(record, record.headline) else ""


def _short_form(record: Record) -> Text:
    """In the language of the title, so that name and short form belong together."""
    if not record.short_form:
        return Text("", None)
    lang = text(record, record.headline).lang
    return Text(in_language(record, record.short_form, lang), lang)


@register.filter
def published(record: Record, name: str) -> list[Record] | None:
    """The published records of a set in editorial order; None where the kind has no such set."""
    return published_in(record, name) if hasattr(type(record), name) else None


@register.filter
def joined_by(records: Iterable[Record], others: Iterable[Record]) -> list[Record]:
    """Both, each record once."""
    return list(dict.fromkeys([*records, *others]))


@register.filter
def only(relations: list[Relation], name: str) -> list[Relation]:
    return [relation for relation in relations if relation.name == name]


@register.filter
def without(relations: list[Relation], name: str) -> list[Relation]:
    """Those that a page does not show in a section of their own."""
    return [relation for relation in relations if relation.name != name]


@register.filter
def lifeline(record: PageRecord, axis: Axis | None) -> Lifeline | None:
    """None without a date. The axis is lazy: only a record with a date asks for it."""
    if not any(each.value for each in record.dated) or not axis:
        return None
    life = Lifeline(record, axis)
    return life if life.is_within else None


@register.filter
def told_of(account: Account, year: int) -> list[str]:
    """The sentences of one record about one year, each with the marks of its language."""
    return [typeset(sentence, active()) for sentence in sentences(account, year)]


@register.filter
def host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


@register.filter
def in_words(value: PartialDate | datetime | None) -> str:
    """A date as the reader's language writes it, unbroken."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = localtime(value).date().isoformat()
    return _written(value, active())


@lru_cache(maxsize=1_024)  # a page says the same few dates again and again
def _written(value: str, lang: str) -> str:
    return typeset(PartialDate(value).in_words, lang)


@register.filter
def typeset_as(words: str, lang: str) -> str:
    return typeset(words, lang)


@register.filter
def as_text(words: Text) -> str:
    return in_its_language(words)


@register.simple_tag(takes_context=True)
def report_link(context: Context) -> str:
    """A mail to the editors with the page and its language already filled in."""
    record = context.get("record")
    path = record.permanent if record else _own_path(context)
    subject = _("Something is wrong on a page")
    body = _("Page: %(address)s\nLanguage: %(language)s\n\nWhat is wrong:\n") % {
        "address": settings.PORTAL_ORIGIN + path,
        "language": own_name(active()),
    }
    query = urlencode({"subject": subject, "body": body}, quote_via=quote)
    return f"mailto:{settings.PORTAL_CONTACT}?{query}"


def _own_path(context: Context) -> str:
    """The address asked for; never on an error page, which repeats nothing of the request."""
    return "/" if "status" in context else context["request"].path
