"""The history of one record as staff read it: each revision against the one before."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.publishing.content import content_fields, differences, set_fields
from portal.publishing.models import Revision
from portal.publishing.naming import names_at_the_desk
from portal.publishing.reading import Passage, compared, content_in, label_of
from portal.records.kinds import kind_named
from portal.records.models import Record


@dataclass(frozen=True)
class Step:
    """One revision, and the content that it came after."""

    revision: Revision
    before: dict[str, Any]

    @property
    def number(self) -> int:
        return self.revision.number

    @property
    def author(self) -> str:
        return str(self.revision.author or _("founding content"))

    @property
    def is_removed(self) -> bool:
        return not self.revision.content

    @property
    def after(self) -> dict[str, Any]:
        return {} if self.is_removed else content_in(self.revision)

    @property
    def version(self) -> int | None:
        """The public version that it became."""
        version = getattr(self.revision, "version", None)
        return version.number if version else None

    @property
    def changed(self) -> list[str]:
        """The fields that say something else, in words; without those that the kind had once."""
        kind = kind_named(self.revision.kind)
        present = {field.name for field in [*content_fields(kind), *set_fields(kind)]}
        changed = differences(self.before, self.after)
        return [label_of(kind, name) for name in changed if name in present]

    @property
    def passages(self) -> list[Passage]:
        every = compared(kind_named(self.revision.kind), self.before, self.after, names_at_the_desk)
        return [passage for passage in every if passage.is_changed]


def steps_of(record: Record) -> list[Step]:
    """Oldest first; the text after a removed one is told as new."""
    saved = Revision.objects.filter(record=record.pk).select_related("author", "version")
    steps: list[Step] = []
    for revision in saved.order_by("number"):
        steps.append(Step(revision, steps[-1].after if steps else {}))
    return steps
