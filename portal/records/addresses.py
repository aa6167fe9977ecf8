"""Addresses that never die: found in one query, redirected in one step, never given away."""

from collections.abc import Collection, Iterable
from functools import cache
from uuid import UUID

from django.urls import NoReverseMatch, resolve
from django.utils import translation

from portal.languages.texts import codes
from portal.records.kinds import kind_named, kinds_without_page
from portal.records.models import Address, PageRecord, Record, RecordQuerySet, State
from portal.records.questions import RecordsAsked

Claim = tuple[str, str, str]  # kind, language, slug
SOME_LANGUAGE, SOME_SLUG = "(a language)", "(a slug)"  # that nothing has


def at_address(kind: type[PageRecord], lang: str, slug: str) -> RecordQuerySet:
    """Of the readable records the one that has, or ever had, this slug in this language."""
    return _owner(kind, lang, slug).readable()


def found_at(kind: type[PageRecord], lang: str, slug: str) -> PageRecord | None:
    """The readable record that has, or ever had, this slug in this language."""
    found = _question(kind).records({SOME_LANGUAGE: lang, SOME_SLUG: slug})
    return found[0] if found else None


@cache
def _question(kind: type[PageRecord]) -> RecordsAsked:
    return RecordsAsked(at_address(kind, SOME_LANGUAGE, SOME_SLUG)[:1])


def is_removed_at(kind: type[PageRecord], lang: str, slug: str) -> bool:
    """Whether what had this address was removed by law."""
    return _owner(kind, lang, slug).filter(state=State.REMOVED).exists()


def _owner(kind: type[PageRecord], lang: str, slug: str) -> RecordQuerySet:
    owners = Address.objects.filter(kind=kind.kind(), language=lang, slug=slug).values("record")
    return kind.objects.filter(pk__in=owners)


def claims_of(record: PageRecord) -> list[Claim]:
    return [(record.kind(), code, record.slug_in(code)) for code in codes()]


def conflicts(records: Iterable[PageRecord]) -> list[tuple[PageRecord, str]]:
    """``(record, language)`` of every address wanted that belongs to another record."""
    records = list(records)
    owners = _owners([claim for record in records for claim in claims_of(record)])
    found = []
    for record in records:
        for claim in claims_of(record):
            if owners.setdefault(claim, record.pk) != record.pk:
                found.append((record, claim[1]))
    return found


def hidden(record: PageRecord) -> list[str]:
    """The languages in which the record's address would show something else: a list, say."""
    return [code for code in codes() if _shows_something_else(record, code)]


def _shows_something_else(record: PageRecord, code: str) -> bool:
    with translation.override(code):
        try:
            return resolve(record.address(code)).url_name != record.route(code)[0]
        except NoReverseMatch:
            return False  # the slug itself is at fault, and told as such


def claim(records: Iterable[PageRecord]) -> None:
    """Enter the records' present addresses; raises IntegrityError if one is another's."""
    wanted = {claim: record.pk for record in records for claim in claims_of(record)}
    held = _owners(wanted)
    Address.objects.bulk_create(
        Address(kind=kind, language=lang, slug=slug, record=pk)
        for (kind, lang, slug), pk in wanted.items()
        if held.get((kind, lang, slug)) != pk
    )


def _owners(claims: Collection[Claim]) -> dict[Claim, UUID]:
    """Asked by the whole index of the ledger, so that a long one costs no more than a short one."""
    kinds, slugs = {kind for kind, _, _ in claims}, {slug for _, _, slug in claims}
    rows = Address.objects.filter(kind__in=kinds, language__in=codes(), slug__in=slugs)
    return {(row.kind, row.language, row.slug): row.record for row in rows}


def find(uuid: UUID) -> Record | None:
    """The readable record with this identity, of whatever kind."""
    found = (kind.objects.readable().filter(pk=uuid).first() for kind in _homes(uuid))
    return next((record for record in found if record and record.shown_with.is_readable), None)


def is_removed(uuid: UUID) -> bool:
    """Whether what had this identity was removed by law."""
    removed = (kind.objects.filter(pk=uuid, state=State.REMOVED) for kind in _homes(uuid))
    return any(rows.exists() for rows in removed)


def _homes(uuid: UUID) -> list[type[Record]]:
    """The kinds that can have it; a record with a page is in the ledger."""
    entry = Address.objects.filter(record=uuid).first()
    return [kind_named(entry.kind)] if entry else kinds_without_page()
