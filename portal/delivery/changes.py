"""From a publication to the pages that it changes; received from the signals of publishing.

The pages go before the transaction ends and the age of the store moves with them: whoever reads
between the two gets a page made anew, and nobody keeps one. So nothing that was reported as
published is ever answered from before, also where the process dies in between.
"""

import logging
import platform
import sqlite3
import threading
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from portal.delivery import everywhere
from portal.delivery.index import NONE_YET, RULES, Age
from portal.delivery.models import Change, Untold
from portal.delivery.place import homes, stores_in
from portal.delivery.store import Store
from portal.publishing import signals
from portal.publishing.content import Content, Moved, content_of
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Version
from portal.publishing.reading import content_in
from portal.records.models import Record
from portal.records.questions import Question
from portal.records.reads import EVERYTHING, LOG, key_of, key_of_kind, key_of_naming, key_of_told

OUR_RULES = f"rules {RULES}"  # a key of every change: of another edition, it may say too little
MOST_CHANGES = 1_000  # a store that missed more of them begins anew
PRUNED_AT = 100

logger = logging.getLogger(__name__)


def age_of_site() -> Age:
    """The last change of the database as this connection sees it."""
    newest = next(iter(_newest().answers()), None)
    return Age(newest["number"], str(_TOKEN.to_python(newest["token"]))) if newest else NONE_YET


_TOKEN = Change._meta.get_field("token")


@cache  # every page that is made begins with it
def _newest() -> Question:
    return Question(Change.objects.order_by("-number").values("number", "token")[:1])


def missed_since(known: Age | None, newest: Age) -> set[str]:
    """What a store has to take out that knew this much; all, where nothing on record leads from
    there to the newest change: it is new, has missed too many, knew of one that came to nothing, or
    missed one that another edition told by other rules.
    """
    if known in (None, NONE_YET) or known.number >= newest.number:
        return {EVERYTHING}
    first, *later = Change.objects.filter(number__gte=known.number).order_by("number")
    told = [{*each.keys.splitlines()} for each in later]
    if _age(first) != known or not all(OUR_RULES in keys for keys in told):
        return {EVERYTHING}
    return set().union(*told)


def _age(change: Change | None) -> Age:
    return Age(change.number, str(change.token)) if change else NONE_YET


def published(
    sender,
    records: Sequence[Record],
    versions: Sequence[Version],
    appeared: Collection[UUID],
    **kwargs,
) -> None:
    before = _contents_before([each for each in versions if each.record not in appeared])
    now = [content_in(each.revision) for each in versions]
    told = zip(records, now, strict=True)
    moved = [Moved(record, before.get(record.pk, {}), says) for record, says in told]
    back = [record for record, v in zip(records, versions, strict=True) if _is_back(v, appeared)]
    keys = _keys_of(moved).union(*map(_holders_of, back))
    _tell_now(keys, moved)


def withdrawn(sender, records: Sequence[Record], **kwargs) -> None:
    moved = [Moved(record, content_of(record), {}) for record in records]
    _tell_now(_keys_of(moved), moved)


def removed(sender, record: Record, **kwargs) -> None:
    """A row that was emptied no longer tells where it was, and what the log said of it may have
    been said of others too. So everything goes, and whatever may have held the text is deleted.
    """
    emptied = Moved(record, {}, {})
    _tell_now({LOG, EVERYTHING, *_own_keys(emptied)}, [emptied])


def _tell_now(keys: set[str], moved: Sequence[Moved]) -> None:
    _change(keys, moved)
    if told := _here.untold & keys:
        _is_told(told)
        _here.untold -= told


def retold(sender, uuids: Iterable[UUID], **kwargs) -> None:
    """Told after the transaction, in one of its own: this one may hold what a publication waits
    for, and may yet publish the same records. It writes down what there is to tell, so that it is
    told by whoever follows the database where this process ends in between.
    """
    if rows := [Untold(key=key_of(uuid)) for uuid in uuids]:
        Untold.objects.bulk_create(rows)
        _here.untold |= {row.key for row in rows}
        transaction.on_commit(_tell_here, robust=True)  # whoever follows tells what fails here


class _Here(threading.local):
    """What this thread has written down and not told yet."""

    untold: frozenset[str] = frozenset()


_here = _Here()


def _tell_here() -> None:
    if _here.untold:
        tell()


@transaction.atomic
def tell() -> None:
    """What there is to tell, whoever wrote it down."""
    one_at_a_time()
    if records := {*Untold.objects.values_list("key", flat=True)}:
        _change({key_of_told(UUID(record)) for record in records})
        _is_told(records)
    _here.untold = frozenset()


def _is_told(keys: Collection[str]) -> None:
    Untold.objects.filter(key__in=keys).delete()


def _keys_of(moved: Sequence[Moved]) -> set[str]:
    """The log, the records with their kinds, and what others say that these reach."""
    own = [key for each in moved for key in _own_keys(each)]
    answers = signals.reaches.send(sender=Change, moved=moved)
    return {LOG, *own, *(key for _receiver, keys in answers for key in keys)}


def _own_keys(moved: Moved) -> set[str]:
    """Of the record, its kind, and of who asked what names the records that it begins or ceases to
    name: a page that goes on showing it has read it.
    """
    uuid, kind = moved.record.pk, type(moved.record)
    named = _named_in(kind, moved.was) ^ _named_in(kind, moved.now)
    return {key_of(uuid), key_of_naming(uuid), key_of_kind(kind), *map(key_of_naming, named)}


def _named_in(kind: type[Record], content: Content) -> set[UUID]:
    """The records to which the keys and sets of this content point."""
    fields = [each for each in kind._meta.get_fields() if each.is_relation and each.concrete]
    found = [content.get(each.name) for each in fields]
    uuids = [uuid for each in found for uuid in (each if isinstance(each, list) else [each])]
    return {UUID(uuid) for uuid in uuids if uuid}


def _is_back(version: Version, appeared: Collection[UUID]) -> bool:
    return version.record in appeared and version.number > 1


def _holders_of(record: Record) -> set[str]:
    """The records whose sets hold one that comes back: their pages left it out while it was gone,
    and read nothing of it. No set holds what was never public.
    """
    sets = [each for each in record._meta.related_objects if each.many_to_many]
    rows = [each.related_model.objects.filter(**{each.field.name: record.pk}) for each in sets]
    return {key_of_naming(pk) for each in rows for pk in each.values_list("pk", flat=True)}


def _contents_before(versions: Sequence[Version]) -> dict[UUID, Content]:
    earlier = {each.record: each.number - 1 for each in versions if each.number > 1}
    rows = Version.objects.filter(record__in=earlier, number__in={*earlier.values()})
    return {
        each.record: content_in(each.revision)
        for each in rows.select_related("revision")
        if each.number == earlier[each.record] and each.revision.content
    }


def _change(keys: set[str], moved: Sequence[Moved] = ()) -> None:
    last = Change.objects.order_by("-number").first()
    is_as_before = last and everywhere.is_left_as_it_was(last.shared, moved)
    shared = last.shared if is_as_before else everywhere.shown()
    keys |= {OUR_RULES} if last and shared == last.shared else {OUR_RULES, EVERYTHING}
    change = Change(
        number=last.number + 1 if last else 1, keys="\n".join(sorted(keys)), shared=shared
    )
    change.save(force_insert=True)
    if change.number % PRUNED_AT == 0:
        Change.objects.filter(number__lte=change.number - MOST_CHANGES).delete()
    before, now = _age(last), _age(change)
    faults = [_drop_in(home, keys, before, now) for home in homes()]
    if failure := "; ".join(filter(None, faults)):
        Change.objects.filter(pk=change.pk).update(failure=f"{_machine()}: {failure}")


def _drop_in(home: Path, *told) -> str:
    """What went wrong in this place. What stands there and cannot be found may still be served."""
    try:
        found = stores_in(home)
    except OSError as fault:
        logger.critical("What readers get from %s cannot be taken out: %s", home, fault)
        return str(fault)
    return "; ".join(filter(None, (_drop(store, *told) for store in found)))


def _drop(store: Store, keys: set[str], before: Age, now: Age) -> str:
    """What went wrong. A publication goes out all the same, and the desk says so in red."""
    try:
        known = store.age
        store.drop(keys if known == before else missed_since(known, now), now)
    except (OSError, sqlite3.Error) as fault:
        logger.error("All pages of %s go, for its index cannot be written: %s", store.root, fault)
        return _let_all_go(store)
    return ""


def _let_all_go(store: Store) -> str:
    """Of a full disk, too. What is public does not wait for a disk that lets nothing go."""
    try:
        store.begin_anew(also_if_sound=True)
    except OSError as fault:
        logger.critical("Readers of %s still get what it kept before: %s", store.root, fault)
        return str(fault)
    return ""


def left_behind() -> str:
    """Why readers may still be given pages from before a publication; empty where they are not."""
    return Change.objects.exclude(failure="").values_list("failure", flat=True).first() or ""


def still_given(sender, **kwargs) -> str:
    return left_behind()


def is_left_behind_here() -> bool:
    return _failures_here().exists()


def nothing_is_left_behind_here() -> None:
    """A store of this machine has made up for what could not be taken out of it at the time."""
    _failures_here().update(failure="")


def _failures_here() -> QuerySet[Change]:
    return Change.objects.filter(failure__startswith=f"{_machine()}: ")


def _machine() -> str:
    """Of many with one database, each makes up for its own."""
    return platform.node()
