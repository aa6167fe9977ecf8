"""Publishing the founding content through the door that everything goes through."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.content.comparison import REMOVED, Difference, difference, holds_content
from portal.content.files import FRAMEWORK, ContentFault, read_all
from portal.content.framework import Framework
from portal.languages.texts import in_every_language, language_columns
from portal.publishing.faults import Fault, PublicationRefused, faults_in, taken_addresses
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
    """What loading did: records published, and those that the public reads otherwise."""

    published: list[Record] = field(default_factory=list)
    same: list[Record] = field(default_factory=list)
    different: list[Difference] = field(default_factory=list)

    @property
    def to_propose(self) -> list[Difference]:
        return [each for each in self.different if each.can_be_proposed]

    @property
    def waiting(self) -> list[Difference]:
        """What an open release holds already."""
        return [each for each in self.different if each.waits_in]

    @property
    def left_alone(self) -> list[Difference]:
        return [each for each in self.different if each.obstacle]

    @property
    def removed(self) -> list[Difference]:
        """By law, while its file still has it."""
        return [each for each in self.different if each.obstacle == REMOVED]


class Rehearsal(Exception):
    """Ends the transaction of a check, so that nothing of it stays."""


def load(root: Path | None = None, *, check: bool = False) -> Outcome:
    """Publish the records of a new database; where anything is public already, change nothing.

    With ``check`` nothing is written. Raises ContentRefused with every fault of every file.
    """
    framework, outcome = compare(root)
    records = [each.record for each in outcome.to_propose]
    if holds_content():
        refuse_if_any(framework, faults_of(framework, records))
    else:
        outcome.published = _publish(framework, records, check=check)
        outcome.different = outcome.left_alone
    return outcome


def compare(root: Path | None) -> tuple[Framework, Outcome]:
    """What the files say, and what of it the public does not read. Raises ContentRefused."""
    framework = Framework(read_all(root or FRAMEWORK))
    outcome = Outcome()
    for record in framework.records.values():
        if found := difference(record):
            outcome.different.append(found)
        else:
            outcome.same.append(record)
    if framework.faults:
        refuse_if_any(framework, faults_of(framework, framework.records.values()))
    return framework, outcome


def _publish(framework: Framework, records: list[Record], *, check: bool) -> list[Record]:
    """Publish all or nothing, and nothing in a check."""
    published = []
    try:
        with transaction.atomic():
            published = publish(records, by=None, notes=in_every_language(FOUNDING))
            if check:
                raise Rehearsal
    except Rehearsal:
        pass
    except PublicationRefused as refused:
        refuse_if_any(framework, refused.faults)
    return published


def faults_of(framework: Framework, records: Iterable[Record]) -> list[Fault]:
    """What would keep these records from the public, were all files published together."""
    records, together = list(records), list(framework.records.values())
    found = [fault for record in records for fault in faults_in(record, together)]
    return found + taken_addresses(records)


def refuse_if_any(framework: Framework, faults: list[Fault]) -> None:
    """Raises ContentRefused with what reading found, then with what publishing would.

    Each place once, in the order of the files.
    """
    told = {(fault.path, fault.key): fault for fault in framework.faults}
    for fault in faults:
        in_file = _in_file(framework, fault)
        told.setdefault((in_file.path, in_file.key), in_file)
    if told:
        raise ContentRefused(sorted(told.values(), key=lambda fault: (fault.path, fault.line)))


def _in_file(framework: Framework, fault: Fault) -> ContentFault:
    entry = framework.entry_of(fault.record)
    key = _key(fault)
    return ContentFault(entry.path, entry.line_of(key), key, fault.message)


def _key(fault: Fault) -> str:
    """The key that a content file uses for a column: ``title.fr`` for its French title."""
    translated = language_columns(type(fault.record))
    return ".".join(translated[fault.field]) if fault.field in translated else fault.field or ""
