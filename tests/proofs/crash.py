"""A process that publishes is killed at any moment: then all of it is public, or nothing is."""

import os
import signal
import time
from collections import Counter
from random import Random
from statistics import median

from django.db import connection, transaction
from django.utils import timezone

from actors.models import Actor
from policies.models import Measure, MeasurePackage, Objective, Plan
from portal.languages.texts import codes, column, set_texts
from portal.publishing import going_public, review
from portal.publishing.content import content_of
from portal.publishing.drafts import save_draft, with_draft
from portal.publishing.history import one_at_a_time
from portal.publishing.models import Approval, Entry, Release, Version
from portal.publishing.reading import content_in
from portal.publishing.signals import published as became_public
from portal.publishing.standing import Standing
from portal.publishing.verify import faults_in_history
from portal.records.models import Address, Record, State
from tests import factories
from tests.proofs.children import Tell, in_a_child
from tests.publishing.review import NOTES, approver, refusal, writer

RECORDS = 20
NEW = 5  # of them never public before
ADDRESSES = RECORDS * len(codes())
NOTHING = [0, 0, 0, 0, "review", RECORDS]
EVERYTHING = [RECORDS, RECORDS, RECORDS, ADDRESSES, "published", 0]
BEGUN, WRITING, WRITTEN, DONE = b"b", b"w", b"W", b"d"  # what the child says on its way


class Site:
    """Records that a release a round changes, and the people who do so."""

    def __init__(self) -> None:
        self.writer, self.approver = writer(), approver()
        self.owners = [factories.published(Actor) for _ in range(3)]
        self.purposes = [factories.published(Objective) for _ in range(3)]
        self.packages = [factories.published(MeasurePackage) for _ in range(5)]
        plans = [factories.published(Plan, owners=self.owners[:1]) for _ in range(5)]
        measures = [factories.published(Measure, package=each) for each in self.packages]
        self.records = [*self.packages, *plans, *measures]
        self.rounds = 0

    def release(self) -> Release:
        """Approved: new texts, addresses, keys and sets of every record, and a few new records."""
        self.rounds += 1
        drafts = [*map(self._changed, self.records), *(self._new() for _ in range(NEW))]
        for draft in drafts:
            for name in ("title", "summary", "slug"):
                set_texts(
                    draft, name, dict.fromkeys(codes(), f"{name}-{draft.pk.hex}-{self.rounds}")
                )
            save_draft(draft, self.writer)
        release = review.submit([draft.pk for draft in drafts], self.writer, NOTES)
        self._approve(release)
        return release

    def _changed(self, record: Record) -> Record:
        draft = with_draft(type(record).objects.get(pk=record.pk))
        if isinstance(record, Plan):
            chosen = self.rounds % 3
            draft.proposed_sets |= {
                "owners": self.owners[chosen:],
                "objectives": self.purposes[: chosen + 1],
            }
        if isinstance(record, Measure):
            draft.package = self.packages[self.rounds % len(self.packages)]
        return draft

    def _new(self) -> Record:
        return factories.draft(Plan, owners=self.owners, objectives=self.purposes)

    def _approve(self, release: Release) -> None:
        """As ``approve`` writes it, but all at once."""
        Approval.objects.bulk_create(
            Approval(
                release=release,
                record_uuid=part.item.record_uuid,
                part=part.name,
                digest=part.digest,
                by=self.approver,
                given=timezone.now(),
            )
            for part in Standing(release).parts
        )


def public_part(release: Release) -> list:
    """How many rows, versions, entries and addresses of it are public; its stage, what is open."""
    with transaction.atomic():
        one_at_a_time()  # the server may still be ending what the killed one began
        items = list(release.items.select_related("revision"))
        rows = [(each.kind.objects.get(pk=each.record_uuid), each.revision) for each in items]
        said = [
            row.state == State.PUBLISHED and content_of(row) == content_in(draft)
            for row, draft in rows
        ]
        names = [column("slug", code) for code in codes()]
        slugs = [content_in(draft)[name] for _row, draft in rows for name in names]
        return [
            sum(said),
            Version.objects.filter(revision__items__release=release).count(),
            Entry.objects.filter(version__revision__items__release=release).count(),
            Address.objects.filter(slug__in=slugs).count(),
            Release.objects.get(pk=release.pk).stage,
            release.items.filter(is_open=True).count(),
        ]


def publishing(release: Release, by, tell: Tell) -> None:
    def watched(execute, sql, *args):
        if sql.startswith(("INSERT", "UPDATE")) and not told:
            told.append(tell(WRITING))
        return execute(sql, *args)

    told: list = []
    listener = lambda **kwargs: tell(WRITTEN)  # noqa: E731
    became_public.connect(listener)
    tell(BEGUN)
    with connection.execute_wrapper(watched):
        going_public.publish_release(release, by)
    tell(DONE)


def killed(release: Release, by, after: float | None = None) -> tuple[bytes, float]:
    """What the publishing process could still say, and how long it had; to its end if None."""
    child, reading = in_a_child(lambda tell: publishing(release, by, tell))
    said = os.read(reading, 1)
    began = time.perf_counter()
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    while more := os.read(reading, 100):
        said += more
    lasted = time.perf_counter() - began
    _child, status = os.waitpid(child, 0)
    assert status in (os.EX_OK, signal.SIGKILL), said  # it had no fault of its own
    os.close(reading)
    return said, lasted


def moment(said: bytes, found: list) -> str:
    if DONE in said:
        return "acknowledged"
    if found == EVERYTHING:
        return "committed, not acknowledged"
    return {
        BEGUN: "nothing written",
        BEGUN + WRITING: "half written",
        BEGUN + WRITING + WRITTEN: "written, not committed",
    }[said]


def run(rounds: int, seed: int) -> dict:
    random, site = Random(seed), Site()
    lasting = median(killed(site.release(), site.writer)[1] for _ in range(3))
    moments: Counter[str] = Counter()
    torn, lost, stuck = [], [], []
    for _ in range(rounds):
        release = site.release()
        said, _lasted = killed(release, site.writer, random.uniform(0, lasting * 1.05))
        found = public_part(release)
        moments[moment(said, found)] += 1
        torn += [] if found in (NOTHING, EVERYTHING) else [found]
        lost += [found] if DONE in said and found != EVERYTHING else []
        if found == EVERYTHING:
            refusal(going_public.publish_release, release, site.writer)
        else:
            going_public.publish_release(release, site.writer)
        stuck += [] if public_part(release) == EVERYTHING else [found]
    return {
        "database": connection.vendor,
        "lasting": round(lasting, 3),
        "moments": dict(sorted(moments.items())),
        "torn": torn,
        "lost": lost,
        "stuck": stuck,
        "faults": list(faults_in_history()),
    }
