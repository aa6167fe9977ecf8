"""Publishing the founding content through the door that everything goes through."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.content.files import FRAMEWORK, ContentFault, read_all
from portal.content.framework import Framework
from portal.languages.texts import in_every_language, language_columns
from portal.publishing.content import content_of, differences
from portal.publishing.faults import Fault, PublicationRefused, faults_in
from portal.publishing.publish import publish
from portal.records.models import Record

FOUNDING = _("First published.")


class ContentRefused(Exception):
    """Nothing was loaded; ``faults`` lists everything wrong in the files."""

    def __init__(self, faults: list[ContentFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass
class Outcome:
    """What loading did: records published, and how the others stand in the database."""

    published: list[Record] = field(default_factory=list)
    same: list[Record] = field(default_factory=list)
    different: list[tuple[Record, list[str]]] = field(default_factory=list)
    removed: list[Record] = field(default_factory=list)  # by law, while its file still has it


class _Rehearsal(Exception):
    """Ends the transaction of a check, so that nothing of it stays."""


def load(root: Path | None = None, *, check: bool = False) -> Outcome:
    """Publish the records that the database has never held; leave all others alone.

    With ``check`` nothing is written. Raises ContentRefused with every fault of every file.
    """
    framework = Framework(read_all(root or FRAMEWORK))
    records = list(framework.records.values())
    outcome = Outcome()
    new = [record for record in records if _is_new(record, outcome)]
    doubtful = records if framework.faults else [record for record, _names in outcome.different]
    faults = [fault for record in doubtful for fault in faults_in(record, records)]
    if not framework.faults:
        faults += _publish(new, outcome, check=check or bool(faults))
    if told := _all_faults(framework, faults):
        raise ContentRefused(told)
    return outcome


def _publish(new: list[Record], outcome: Outcome, *, check: bool) -> list[Fault]:
    """Publish all or nothing, and nothing in a check; returns what stood in the way."""
    try:
        with transaction.atomic():
            outcome.published = publish(new, by=None, notes=in_every_language(FOUNDING))
            if check:
                raise _Rehearsal
    except _Rehearsal:
        pass
    except PublicationRefused as refused:
        return refused.faults
    return []


def _all_faults(framework: Framework, faults: list[Fault]) -> list[ContentFault]:
    """What reading found, then what publishing would, each place once, in the order of files."""
    told = {(fault.path, fault.key): fault for fault in framework.faults}
    for fault in faults:
        in_file = _in_file(framework, fault)
        told.setdefault((in_file.path, in_file.key), in_file)
    return sorted(told.values(), key=lambda fault: (fault.path, fault.line))


def _is_new(record: Record, outcome: Outcome) -> bool:
    stored = type(record).objects.filter(pk=record.pk).first()
    if stored is None:
        return True
    if stored.is_removed:
        outcome.removed.append(record)
        return False
    record.state = stored.state
    record._state.adding, record._state.db = False, stored._state.db  # the same row, not a second
    record.normalise_texts()
    record.settle()
    if names := differences(content_of(stored), content_of(record)):
        outcome.different.append((record, names))
    else:
        outcome.same.append(record)
    return False


def _in_file(framework: Framework, fault: Fault) -> ContentFault:
    entry = framework.entry_of(fault.record)
    key = _key(fault)
    return ContentFault(entry.path, entry.line_of(key), key, fault.message)


def _key(fault: Fault) -> str:
    """The key that a content file uses for a column: ``title.fr`` for its French title."""
    translated = language_columns(type(fault.record))
    return ".".join(translated[fault.field]) if fault.field in translated else fault.field or ""
