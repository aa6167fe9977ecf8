"""Putting what changed in the content files up for review, as one release like any other."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.content.comparison import holds_content
from portal.content.framework import Framework
from portal.content.loading import Outcome, Rehearsal, compare, refuse_if_any
from portal.content.models import FromFile
from portal.languages.texts import in_every_language
from portal.publishing.content import lay
from portal.publishing.drafts import draft_of, save_draft
from portal.publishing.faults import PublicationRefused
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Release, Revision
from portal.publishing.publish import publish
from portal.publishing.reading import content_in
from portal.publishing.review import submit
from portal.publishing.turns import Refused
from portal.records.kinds import kind_named
from portal.records.models import Record
from portal.staff.models import Account

BROUGHT_IN_LINE = _("Brought in line with the content files of this site.")


def propose(
    by: Account, root: Path | None = None, *, check: bool = False
) -> tuple[Outcome, Release | None]:
    """Submit every record that differs from its file, all in one release; None if none does.

    What a person has edited, drafted, submitted or withdrawn is left alone. Nothing public
    changes; with ``check`` nothing is written at all. Raises ContentRefused with every fault of
    every file, as loading does, also with those that publishing the release would tell; and
    Refused in a new database, whose first content needs no approval.
    """
    if not holds_content():
        raise Refused("Nothing is public yet. Load the founding content without --propose.")
    proposed = None
    try:
        with transaction.atomic():
            one_at_a_time()
            framework, outcome = compare(root)
            if records := [each.record for each in outcome.to_propose]:
                proposed = _submit(framework, records, by)
            if check:
                raise Rehearsal
    except Rehearsal:
        proposed = None
    return outcome, proposed


def _submit(framework: Framework, records: list[Record], by: Account) -> Release:
    for record in records:
        if saved := save_draft(record, by):
            FromFile.objects.create(revision=saved)
    uuids = [record.pk for record in records]
    release = submit(uuids, by, in_every_language(BROUGHT_IN_LINE))
    _rehearse(framework, [draft_of(uuid) for uuid in uuids], by)
    return release


def _rehearse(framework: Framework, drafts: list[Revision], by: Account) -> None:
    """Publish the release and undo that, so that its faults are told while a file can be mended."""
    rows = [kind_named(draft.kind).objects.get(pk=draft.record) for draft in drafts]
    records = [lay(content_in(draft), row) for draft, row in zip(drafts, rows, strict=True)]
    try:
        with transaction.atomic():
            publish(records, by, {}, drafts=drafts)
            raise Rehearsal
    except Rehearsal:
        pass
    except PublicationRefused as refused:
        refuse_if_any(framework, refused.faults)
