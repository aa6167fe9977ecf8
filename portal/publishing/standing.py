"""How far the review of a release has come: computed from what was written and approved."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.languages.names import name_of
from portal.languages.texts import codes, in_language
from portal.publishing.canonical import canonical, digest
from portal.publishing.content import lay
from portal.publishing.drafts import draft_of, newest, public, with_draft
from portal.publishing.faults import Fault, faults_in, remarks_on
from portal.publishing.models import Act, Approval, Item, Release, Revision, Stage
from portal.publishing.naming import names_at_the_desk
from portal.publishing.parts import FACTS, WHOLE, changed_parts, digest_of_part, in_order, writers
from portal.publishing.reading import Passage, compared, content_in
from portal.records.models import Record
from portal.staff.models import Account


@dataclass(frozen=True)
class Part:
    """What one person can answer for in one draft, and who did."""

    item: Item
    name: str  # a language, or FACTS
    columns: list[str]
    digest: str
    writers: frozenset[int]
    approval: Approval | None

    @property
    def label(self) -> str:
        if self.name == WHOLE:
            return str(Act(self.item.release.act).label)
        return _("facts") if self.name == FACTS else name_of(self.name)

    def objection_to(self, account: Account) -> str:
        """Why this account may not approve it; empty if it may."""
        if account.pk in self.writers:
            return _("You wrote part of this. Somebody else has to approve it.")
        return incompetence(self.name, account)


def incompetence(part: str, account: Account) -> str:
    """Why this account approves no such part, whoever wrote it; empty if it does."""
    if part in (FACTS, WHOLE):
        return "" if account.is_approver else _("Your account approves nothing.")
    if part not in account.approved_languages:
        return _("Your account does not approve texts in %(language)s.") % {
            "language": name_of(part)
        }
    return ""


def still_counts(approval: Approval) -> bool:
    """Whether its giver is still one of us and competent.

    Nobody can tell a leaver from an account that was broken into, and another look at what is
    not public yet costs little.
    """
    return approval.by.is_active and not incompetence(approval.part, approval.by)


class RecordStanding:
    """What there is of one record: public, drafted, in review, and what is still missing."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.draft = draft_of(record.pk)
        waiting = Item.objects.filter(record_uuid=record.pk, is_open=True)
        self.item = waiting.select_related("release").first()

    @cached_property
    def faults(self) -> list[Fault]:
        """What publishing the draft would refuse today."""
        return faults_in(with_draft(copy(self.record))) if self.draft else []

    @cached_property
    def remarks(self) -> list[Fault]:
        """What is worth a look in the draft, or in what is public without one."""
        return [] if self.record.is_closed else remarks_on([with_draft(copy(self.record))])

    @property
    def history(self) -> str:
        """Where readers find what was public: under the address of the row, not of the draft."""
        return type(self.record).objects.get(pk=self.record.pk).history


class ItemStanding:
    """One draft of a release against what is public without it."""

    def __init__(self, item: Item, approvals: list[Approval], reader: Account | None) -> None:
        self.item, self.reader = item, reader
        self.approvals = [each for each in approvals if each.record_uuid == item.record_uuid]

    @cached_property
    def live(self) -> Revision | None:
        """The public text; once the release was published, the one before it."""
        release = self.item.release
        if release.act == Act.WITHDRAWAL:  # it changes no text, whatever is written beside it
            return self.item.revision
        version = getattr(self.item.revision, "version", None)
        if release.stage != Stage.PUBLISHED or version is None:
            return public(self.item.record_uuid)
        of_this = Revision.objects.filter(record=self.item.record_uuid)
        return of_this.filter(version__number=version.number - 1).first()

    @cached_property
    def before(self) -> dict[str, Any]:
        return content_in(self.live) if self.live and self.live.content else {}

    @cached_property
    def after(self) -> dict[str, Any]:
        return content_in(self.item.revision) if self.item.revision.content else {}

    @cached_property
    def newer(self) -> Revision | None:
        """A draft saved after this one was submitted; a withdrawal minds none."""
        if self.item.release.act == Act.WITHDRAWAL:
            return None
        last = newest(self.item.record_uuid)
        return last if last.number > self.item.revision.number else None

    @property
    def lines(self) -> list[Passage]:
        every = compared(self.item.kind, self.before, self.after, names_at_the_desk)
        return [line for line in every if line.is_changed]

    @cached_property
    def parts(self) -> list[Part]:
        """What changes; where nothing does, as in a withdrawal, the act itself is a part."""
        changed = changed_parts(self.item.kind, self.before, self.after) or {WHOLE: []}
        wrote = self._writers(changed)
        return [self._part(name, columns, wrote) for name, columns in changed.items()]

    def _writers(self, parts: Iterable[str]) -> dict[str, set[int]]:
        """Of each part whoever changed it, and whoever wrote the note that goes out with it.

        What was removed by law cannot be read off any more: its writer may have changed any part.
        """
        release = self.item.release
        since = self._revisions()
        kept = [each for each in since if each.content]
        wrote = writers(kept, self.before) | {WHOLE: {release.submitted_by_id}}
        noted = {account.pk for account in release.note_writers.all()}
        any_part = noted | {each.author_id for each in since if not each.content}
        return {part: wrote.get(part, set()) | (any_part - {None}) for part in parts}

    def _said(self, part: str) -> str:
        """A digest of what somebody approves: the part, and all that is told with it."""
        content = (
            self.item.revision.digest
            if part == WHOLE
            else digest_of_part(self.item.kind, self.after, part)
        )
        return digest(canonical([content, self._told(part)]))

    def _told(self, part: str) -> list:
        """The note of a language goes with its texts; where nobody's texts change, with all."""
        release = self.item.release
        spoken = [part] if part in self._spoken else [c for c in codes() if c not in self._spoken]
        notes = [in_language(release, "note", code) for code in spoken]
        return [release.act, release.major, str(release.successor or ""), *notes]

    @cached_property
    def _spoken(self) -> list[str]:
        """The languages in which texts of this record change."""
        changed = changed_parts(self.item.kind, self.before, self.after)
        return [part for part in changed if part in codes()]

    @property
    def parts_for(self) -> list[tuple[Part, str]]:
        """Each part, with what keeps the reader of this page from approving it."""
        return [(part, part.objection_to(self.reader)) for part in self.parts]

    @property
    def title(self) -> str:
        return str(with_draft(copy(self.item.record)))

    @property
    def address(self) -> str:
        return form_address(self.item.record)

    def _part(self, name: str, columns: list[str], wrote: dict[str, set[int]]) -> Part:
        said = self._said(name)
        given = [
            each
            for each in self.approvals
            if (each.part, each.digest) == (name, said)
            and each.by_id not in wrote[name]
            and still_counts(each)
        ]
        return Part(
            item=self.item,
            name=name,
            columns=columns,
            digest=said,
            writers=frozenset(wrote[name]),
            approval=given[-1] if given else None,
        )

    def _revisions(self) -> list[Revision]:
        """What was saved since the public version, up to this draft."""
        of_this = Revision.objects.filter(record=self.item.record_uuid).order_by("number")
        since = of_this.filter(number__gt=self.live.number if self.live else 0)
        return list(since.filter(number__lte=self.item.revision.number))


class Standing:
    """A release as its reviewers see it."""

    def __init__(self, release: Release, reader: Account | None = None) -> None:
        self.release = release
        approvals = list(release.approvals.select_related("by"))
        items = release.items.select_related("revision")
        self.items = [ItemStanding(item, approvals, reader) for item in items]

    @property
    def parts(self) -> list[Part]:
        return [part for item in self.items for part in item.parts]

    @property
    def proposed(self) -> list[Record]:
        """Its records as their drafts have them."""
        return [lay(each.after, copy(each.item.record)) for each in self.items]

    @cached_property
    def faults(self) -> list[Fault]:
        """What publishing would refuse, of all the records together; nothing of a withdrawal."""
        if self.release.act == Act.WITHDRAWAL or not self.release.is_open:
            return []
        together = self.proposed
        return [fault for record in together for fault in faults_in(record, together)]

    @cached_property
    def remarks(self) -> list[Fault]:
        """What is worth a look in the texts that it would publish."""
        is_asked = self.release.is_open and self.release.act != Act.WITHDRAWAL
        return remarks_on(self.proposed) if is_asked else []

    @property
    def part_names(self) -> str:
        """What publishing it would change, in words."""
        labels = {part.name: part.label for part in self.parts}
        return ", ".join(labels[name] for name in in_order(labels))

    @property
    def is_approved(self) -> bool:
        return all(part.approval for part in self.parts)

    @property
    def languages_without_note(self) -> list[str]:
        """Languages that readers of these records have, and that no note speaks to."""
        spoken = {code for record in self.proposed for code in record.languages}
        return [
            code
            for code in codes()
            if code in spoken and not in_language(self.release, "note", code)
        ]

    @property
    def newer(self) -> list[Item]:
        return [each.item for each in self.items if each.newer]


def is_unreviewed_in(record: Record, code: str) -> bool:
    """Whether something urgent still waits for a second person: this language, or the facts.

    A release that changed no text, as a withdrawal, concerns every language.
    """
    urgent = Release.objects.filter(is_unreviewed=True, items__record_uuid=record.pk)
    open_parts = {
        part.name
        for release in urgent
        for part in Standing(release).parts
        if part.item.record_uuid == record.pk and not part.approval
    }
    return not urgent or bool(open_parts & {code, FACTS, WHOLE})


def form_address(row: Model) -> str:
    """Where a record or a release stands at the desk."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
