"""People and drafts for the tests of a review."""

import pytest

from policies.models import Plan
from portal.languages.texts import codes, set_texts
from portal.publishing import review
from portal.publishing.drafts import save_draft, with_draft
from portal.publishing.models import Release
from portal.publishing.standing import Standing
from portal.records.models import Record
from portal.staff.models import Account

NOTES = {code: f"Why {code}" for code in codes()}


def person(name: str, **rights) -> Account:
    return Account.objects.create_user(name, is_staff=True, **rights)


def writer() -> Account:
    return person("writer", writes=True)


def approver(name: str = "approver") -> Account:
    return person(name, approves=" ".join(codes()))


def drafted(record: Record, by: Account, **texts) -> Record:
    """A newer draft of it: ``summary={"fr": "…"}``; the row stays."""
    draft = with_draft(type(record).objects.get(pk=record.pk))
    for name, values in texts.items():
        set_texts(draft, name, values)
    assert save_draft(draft, by)
    return draft


def said_otherwise(record: Record, by: Account, words: str = "Other") -> Record:
    return drafted(record, by, summary={code: f"{words} {code}" for code in codes()})


def submitted(record: Record, by: Account, **how) -> Release:
    return review.submit([record.pk], by, NOTES, **how)


def approve_all(release: Release, by: Account) -> None:
    for part in Standing(release).parts:
        review.approve(release, by, part.item.record_uuid, part.name)


def ready(plan: Plan, one: Account, other: Account, words: str = "Other") -> Release:
    """Approved in full, and not yet public."""
    said_otherwise(plan, one, words)
    release = submitted(plan, one)
    approve_all(release, other)
    return release


def refusal(act, *args, **kwargs) -> str:
    """What the person is told."""
    with pytest.raises(review.Refused) as refused:
        act(*args, **kwargs)
    return str(refused.value)


def parts(release: Release) -> dict[str, bool]:
    """Which parts there are to approve, and whether they are."""
    standing = Standing(Release.objects.get(pk=release.pk))
    return {part.name: bool(part.approval) for part in standing.parts}
