"""Writers, translators and publishers at random, each act followed by questions to both sides.

A step is a name and a seed, so that any part of a walk can be done again on fresh records.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.db import transaction

from policies.models import Plan, Responsibility
from portal.languages.texts import codes, column, set_texts, translated_names
from portal.pages.models import Term
from portal.publishing.drafts import newest, save_draft, with_draft
from portal.publishing.reading import content_in
from portal.records.models import Record
from portal.staff.models import Account
from portal.translation.freshness import followed_texts, must_be_translated
from tests import factories
from tests.proofs.freshness_oracle import Said, Story
from tests.publishing.review import person

KINDS = (Plan, Plan, Term, Responsibility)
WORDINGS = 3  # few, so that texts come back
Step = tuple[str, int]


@dataclass
class Watched:
    """A record at the portal, and what the oracle knows of it."""

    number: int
    kind: type[Record]
    record: Record
    story: Story
    author: Account
    withdrawn: bool = False

    @property
    def row(self) -> Record:
        return self.kind.objects.get(pk=self.record.pk)

    @property
    def draft(self) -> Record:
        return with_draft(self.row)

    @property
    def said(self) -> Said:
        return said_in(self.kind, content_in(newest(self.record.pk)))

    def wording(self, random: Random, name: str, code: str) -> str:
        """One of a few; the first is the same in every language, as many names are."""
        chosen = random.randrange(WORDINGS)
        if name == "slug":
            return f"record-{self.number}-{code}-{chosen}"
        return f"{name} {chosen} {code}" if chosen else f"{name} of all"


@dataclass
class Site:
    """Some records, each saved once, and the people who work on them."""

    author: Account
    translator: Account
    approver: Account
    records: list[Watched]

    @classmethod
    def new(cls) -> "Site":
        every = " ".join(codes())
        author = person("author", writes=True)
        others = person("translator", translates=every), person("approver", approves=every)
        return cls(author, *others, [_begun(*each, author) for each in enumerate(KINDS)])


def _begun(number: int, kind: type[Record], by: Account) -> Watched:
    draft = factories.draft(kind)
    if kind is Plan:
        set_texts(draft, "slug", {code: f"record-{number}-{code}-0" for code in codes()})
    story = Story(codes(), must_be_translated(kind), followed_texts(kind), kind.headline)
    story.save(said_of(draft))
    save_draft(draft, by)
    return Watched(number, kind, draft, story, by)


def said_of(record: Record) -> Said:
    names = [column(name, code) for name in translated_names(record) for code in codes()]
    content = {name: getattr(record, name) for name in names}
    return said_in(type(record), content | {"source_language": record.source_language})


def said_in(kind: type[Record], content: dict) -> Said:
    texts = {
        (name, code): text
        for name in translated_names(kind)
        for code in codes()
        if (text := content.get(column(name, code)))
    }
    return Said(content["source_language"], texts)


class Walk:
    """Steps on a site that is gone when the walk ends; ``wrong`` says what the two disagree on."""

    def __init__(self, acts: dict[str, Callable], compare: Callable) -> None:
        self.acts, self.compare = acts, compare
        self.counts: Counter = Counter()

    def go(self, steps: list[Step]) -> tuple[list[str], list[str]]:
        """What was done, a line a step, up to the first disagreement; and what that was."""
        with transaction.atomic():
            done, wrong = self._on(Site.new(), steps)
            transaction.set_rollback(True)
        return done, wrong

    def _on(self, site: Site, steps: list[Step]) -> tuple[list[str], list[str]]:
        done = []
        for name, seed in steps:
            each, said = self._step(site, name, Random(seed))
            done.append(f"{name} {each.kind.kind()} {each.number}: {said}")
            if wrong := [said] if said.startswith("wrong") else self._compare(each):
                return done, wrong
        # nobody else's text has changed meanwhile
        return done, [fault for each in site.records for fault in self._compare(each)]

    def _step(self, site: Site, name: str, random: Random) -> tuple[Watched, str]:
        each = random.choice(site.records)
        said = self.acts[name](site, each, random)
        self.counts[name, said.split(":")[0]] += 1
        return each, said

    def _compare(self, each: Watched) -> list[str]:
        return [f"{each.kind.kind()} {each.number}: {fault}" for fault in self.compare(each)]

    def shortest(self, steps: list[Step]) -> list[Step]:
        """The fewest of these steps that still lead to a disagreement."""
        size = len(steps) // 2
        while size:
            at = 0
            while at < len(steps):
                fewer = steps[:at] + steps[at + size :]
                done, wrong = self.go(fewer)
                steps = fewer[: len(done)] if wrong else steps
                at += 0 if wrong else size
            size //= 2
        return steps
