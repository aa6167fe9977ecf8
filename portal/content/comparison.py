"""What a content file says against what is public, and what keeps it from being proposed."""

from dataclasses import dataclass
from typing import NamedTuple

from portal.content.models import FromFile
from portal.publishing.content import content_of, differences
from portal.publishing.drafts import draft_of, newest, public
from portal.publishing.models import Entry, Item, Release, Revision
from portal.publishing.reading import content_in
from portal.records.kinds import kinds
from portal.records.models import Record


class Obstacle(NamedTuple):
    """Why a record is left alone: what a person did to it, or is about to do."""

    reason: str
    release: Release | None = None


REMOVED = Obstacle("it was removed by law; delete its file")


@dataclass(frozen=True)
class Difference:
    """A record as its file has it, where the public has another text of it, or none."""

    record: Record
    columns: list[str]  # that say something else; none where the record was never public
    waits_in: Release | None = None  # the open release that holds just this
    obstacle: Obstacle | None = None

    @property
    def can_be_proposed(self) -> bool:
        return not (self.waits_in or self.obstacle)

    def __str__(self) -> str:
        return f"{self.record.kind()} {self.record} ({', '.join(self.columns) or 'new'})"


def holds_content() -> bool:
    """Whether anything is public, or was: from then on nothing becomes so without approval."""
    return Entry.objects.exists() or any(kind.objects.readable().exists() for kind in kinds())


def difference(record: Record) -> Difference | None:
    """None where the public reads what the file says."""
    record.normalise_texts()
    record.settle()
    stored = type(record).objects.filter(pk=record.pk).first()
    if stored is None:
        return Difference(record, [])
    if stored.is_removed:
        return Difference(record, [], obstacle=REMOVED)
    record.state = stored.state
    record._state.adding, record._state.db = False, stored._state.db  # the same row, not a second
    columns = differences(content_of(stored), content_of(record)) if stored.is_readable else []
    if stored.is_readable and not columns:
        return None
    if release := _waits_in(record):
        return Difference(record, columns, waits_in=release)
    return Difference(record, columns, obstacle=_obstacle(record))


def _waits_in(record: Record) -> Release | None:
    item = _open_item(record)
    last = newest(record.pk)
    is_this = item and item.revision == last and last.content and _says(last, record)
    return item.release if is_this else None


def _says(revision: Revision, record: Record) -> bool:
    return not differences(content_in(revision), content_of(record))


def _open_item(record: Record) -> Item | None:
    waiting = Item.objects.filter(record_uuid=record.pk, is_open=True)
    return waiting.select_related("release", "revision").first()


def _obstacle(record: Record) -> Obstacle | None:
    if record.is_withdrawn:
        return Obstacle("it is withdrawn")
    if item := _open_item(record):
        return Obstacle("it is in review; publish that or take it back", item.release)
    if Revision.objects.filter(record=record.pk, content="").exists():
        return Obstacle("a text of it was removed by law; change it at the desk")
    draft, live = draft_of(record.pk), public(record.pk)
    if _is_a_persons(draft) or not (draft or live):
        return Obstacle("it has a newer draft; publish or discard that")
    if _is_a_persons(live):
        return Obstacle("it was edited since; change it at the desk")
    return None


def _is_a_persons(revision: Revision | None) -> bool:
    """Neither loaded from a file nor proposed from one."""
    if revision is None or revision.author_id is None:
        return False
    return not FromFile.objects.filter(revision=revision).exists()
