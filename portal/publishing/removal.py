"""Removal by law: what a law or a court has taken away is emptied, and the log tells of it.

The content of a revision goes with its random bits, so that no guess at it can be confirmed. Its
digest stays, so that versions and log still prove themselves. Nothing of this can be undone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.languages.texts import columns
from portal.publishing import signals
from portal.publishing.content import content_fields, set_fields
from portal.publishing.history import log, one_at_a_time
from portal.publishing.models import Act, Entry, Revision
from portal.publishing.reading import content_in
from portal.publishing.traces import Removed, clear_traces, delete_files, files_to_delete
from portal.publishing.turns import Refused, one_act
from portal.records.kinds import kind_named
from portal.records.models import PageRecord, Record, State

REASON = _("The law required that this text be removed.")


@dataclass(frozen=True)
class Order:
    """What a law has removed: some versions of a record, or without ``versions`` all of it."""

    record: UUID
    versions: frozenset[int] = frozenset()
    with_notes: bool = False  # also what the log said of it
    with_drafts: bool = False  # also every draft but the newest, whatever it led to

    @property
    def is_whole(self) -> bool:
        return not self.versions


@dataclass
class Chosen:
    """What an order is about, whether or not some of it was emptied before."""

    revisions: list[Revision]
    entries: list[Entry] = field(default_factory=list)

    @property
    def full(self) -> list[Revision]:
        """Those that still say something."""
        return [each for each in self.revisions if each.content]


@dataclass(frozen=True)
class Outcome:
    revisions: int
    notes: int
    releases: int  # that waited with this text, and were taken back
    files: int
    left: list[str]  # names of files that could not be deleted


def remove(order: Order, notes: Mapping[str, str]) -> Outcome:
    """Carry it out, and say so in the public log with ``notes``, one a language.

    Raises Refused, and changes nothing, for what does not exist, is gone already, or is what
    readers or writers still have before them. Files go last, once the database has kept the rest.
    """
    chosen, releases, files = _in_the_database(order, notes)
    left = delete_files(files)
    return Outcome(
        revisions=len(chosen.full),
        notes=len(chosen.entries),
        releases=releases,
        files=len(files) - len(left),
        left=left,
    )


@one_act
def _in_the_database(order: Order, notes: Mapping[str, str]) -> tuple[Chosen, int, list]:
    one_at_a_time()
    row = _row(order)
    chosen = choose(order)
    removed = Removed(row, chosen.revisions, notes_too=order.with_notes)
    if order.is_whole:
        _empty(row)
    Revision.objects.filter(pk__in=[each.pk for each in chosen.full]).update(content="")
    Entry.objects.filter(pk__in=[each.pk for each in chosen.entries]).update(notes="")
    releases = clear_traces(removed)
    signals.removed.send(sender=remove, record=row)
    log(Act.REMOVAL, [row], notes, timezone.now(), removed=_told(chosen))
    return chosen, releases, files_to_delete(removed)


def _row(order: Order) -> Record:
    """Locked, so that nobody saves a draft of it meanwhile."""
    kind = kind_named(_history(order.record)[0].kind)
    return kind.objects.select_for_update().get(pk=order.record)


def _told(chosen: Chosen) -> dict[str, list[int]]:
    """What the log says was emptied, so that nothing else can be emptied in its name."""
    return {
        "revisions": sorted(each.number for each in chosen.full),
        "notes": sorted(each.number for each in chosen.entries),
    }


# --- what is chosen -------------------------------------------------------------------------------


def choose(order: Order) -> Chosen:
    """What the order would empty. Raises Refused as ``remove`` does."""
    history = _history(order.record)
    doomed = history if order.is_whole else _of_versions(history, order)
    if order.is_whole and kind_named(history[0].kind).always_stands:
        raise Refused(
            "The site lacks something without this page. Publish a corrected version, then "
            "remove those before it with --versions."
        )
    if not order.is_whole:
        _refuse_what_is_in_use(history, doomed)
    chosen = Chosen(doomed, _noted(order, doomed) if order.with_notes else [])
    if not (chosen.full or chosen.entries):
        raise Refused("Nothing is left to remove: it was removed already.")
    return chosen


def _history(record: UUID) -> list[Revision]:
    """Every revision, oldest first. Raises Refused for what was never public."""
    history = list(
        Revision.objects.filter(record=record).select_related("version").order_by("number")
    )
    if not history:
        raise Refused(f"No record has the identity {record}.")
    if not any(map(_version, history)):
        raise Refused(f"{record} was never public. Removal by law is for what was.")
    return history


def _version(revision: Revision) -> int | None:
    return revision.version.number if hasattr(revision, "version") else None


def _of_versions(history: list[Revision], order: Order) -> list[Revision]:
    """These versions, the drafts that led to them or began from them, and every copy."""
    if unknown := order.versions - set(map(_version, history)):
        asked = ", ".join(map(str, sorted(unknown)))
        last = max(number for each in history if (number := _version(each)))
        raise Refused(f"It has no version {asked}. Its versions are 1 to {last}.")
    led = _nearest_versions(history[::-1])[::-1]
    began = _nearest_versions(history)
    named = [each for each in history if _version(each) in order.versions]
    copies = _copies(named, history)
    spare = history[:-1] if order.with_drafts else []
    return [
        each
        for each, *versions in zip(history, led, began, strict=True)
        if order.versions & set(versions)
        or each in copies
        or (each in spare and _version(each) is None)
    ]


def _nearest_versions(history: Sequence[Revision]) -> list[int | None]:
    """Of each revision its version, or that of the last one before it that has one."""
    return list(accumulate(map(_version, history), lambda last, own: own or last))


def _copies(named: list[Revision], history: list[Revision]) -> list[Revision]:
    digests = {each.digest for each in named}
    said = [content_in(each) for each in named if each.content]
    return [
        each
        for each in history
        if each.digest in digests or (each.content and content_in(each) in said)
    ]


def _refuse_what_is_in_use(history: list[Revision], doomed: list[Revision]) -> None:
    live = [each for each in history if _version(each)][-1]
    if live in doomed:
        raise Refused(
            f"Readers see this text as version {_version(live)}. Publish a corrected version "
            "first, then remove this one."
        )
    if history[-1] in doomed:
        raise Refused(
            "The newest draft still says this. Save a corrected draft or discard it first, then "
            "remove the version."
        )


def _noted(order: Order, doomed: list[Revision]) -> list[Entry]:
    """Entries that speak of it, and those that say the same because they were made with them."""
    entries = Entry.objects.exclude(act=Act.REMOVAL).exclude(notes="")
    own = entries.filter(record=order.record)
    if not order.is_whole:
        own = own.filter(version__revision__in=doomed)
    said = {(each.time, words) for each in own if (words := _words(each))}
    together = entries.filter(time__in={time for time, _words in said})
    return [each for each in together if (each.time, _words(each)) in said]


def _words(entry: Entry) -> tuple:
    return tuple(sorted(json.loads(entry.notes)["notes"].items()))


# --- the row --------------------------------------------------------------------------------------


def _empty(row: Record) -> None:
    """It keeps its identity, its number of versions and its addresses, and says nothing."""
    kept = columns("slug") if isinstance(row, PageRecord) else []
    for each in content_fields(type(row)):
        if each.name not in kept:
            setattr(row, each.attname, None if each.null else each.get_default())
    row.source_language = ""  # else it would need texts in that language
    row.review_by, row.unreviewed, row.state = None, False, State.REMOVED
    row.save()
    for each in set_fields(type(row)):
        getattr(row, each.name).clear()
