"""Who does what as a picture: actors left by level, subjects right, a line for each role.

Geometry only, in units of the drawing; ``templates/policies/_lines.html`` draws it. Every line is
told in a row of the text beside it. Measures and weights: docs/reference/who-does-what.md.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from textwrap import wrap
from typing import NamedTuple

from django.utils.translation import pgettext

from actors.enums import Level
from policies.crossings import untangled
from policies.enums import Decision, Role
from policies.facts import LEVELS, ROLES, Fact
from portal.languages.texts import column, in_language, text
from portal.languages.typography import typeset
from portal.records.models import PageRecord

MOST_DRAWN = 40  # facts: beyond, nobody can follow the lines
ACTOR_X, SUBJECT_X = 304, 640
TOP, PITCH, BEFORE_GROUP, LINE_HEIGHT = 16, 26, 10, 18
ACTOR_LETTERS, SUBJECT_LETTERS = 36, 30  # what stands on one line beside a column
BELOW_TITLE = 88  # on a sheet
BETWEEN_PARALLELS = 14  # of the bends of lines that share both ends
ON_BASELINE = 5  # letters stand on a line that lies below their middle


class Weight(NamedTuple):
    """How the lines of these roles are drawn; ``dashes`` is empty for an unbroken line."""

    width: float
    dashes: str
    roles: tuple[Role | Decision, ...]


WEIGHTS = (
    Weight(4, "", (Role.COORDINATES,)),
    Weight(2.5, "", (Role.DRAWS_UP, Role.DEVELOPS, Role.SETS, *Decision)),
    Weight(
        1,
        "",
        (
            *(Role.TAKES_PART, Role.IS_COMMITTED, Role.MONITORS),
            *(Role.INFORMS, Role.REPORTS, Role.ENSURES_RESPECT),
        ),
    ),
    Weight(2, "6 4", (Role.COORDINATES_WITH,)),
)


class Node(NamedTuple):
    """A record at its height, its name cut into lines."""

    record: PageRecord
    words: list[str]
    lang: str
    y: int

    @property
    def written(self) -> list[tuple[int, str]]:
        """Each line of the name, with the height of its baseline."""
        first = self.y + ON_BASELINE - (len(self.words) - 1) * LINE_HEIGHT // 2
        return [(first + LINE_HEIGHT * place, line) for place, line in enumerate(self.words)]

    @property
    def height(self) -> int:
        return PITCH + (len(self.words) - 1) * LINE_HEIGHT


class Line(NamedTuple):
    """From an actor to a subject; ``bend`` keeps lines that share both ends apart."""

    fact: Fact
    start: int
    end: int
    bend: int

    @property
    def path(self) -> str:
        bent = f"C440 {self.start + self.bend} 500 {self.end + self.bend}"
        return f"M{ACTOR_X} {self.start}{bent} {SUBJECT_X} {self.end}"


class Strand(NamedTuple):
    """The lines of one weight, and the verbs of the roles among them."""

    weight: Weight
    verbs: list[str]
    lines: list[Line]


class Sheet(NamedTuple):
    """A drawing by itself: below its title the key, the picture, and where it comes from."""

    key: list[tuple[int, Strand]]  # each with the height of its row
    picture_at: int
    foot_at: int
    height: int


class Picture:
    """The same facts make the same picture, in whatever order they come."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        told = {fact.key: fact for fact in facts}
        self.facts = sorted(told.values(), key=_in_order)
        actors = sorted({fact.actor.pk: fact.actor for fact in self.facts}.values(), key=_by_level)
        subjects = sorted({f.subject.pk: f.subject for f in self.facts}.values(), key=_by_position)
        left, right = _untangled(actors, subjects, self.facts)
        self._left = [_named(each, ACTOR_LETTERS) for each in left]
        self._right = [_named(each, SUBJECT_LETTERS) for each in right]

    @cached_property
    def height(self) -> int:
        return TOP + max(self._left_height, sum(node.height for node in self._right))

    @cached_property
    def levels(self) -> list[tuple[str, int]]:
        """``(label, y)`` of each level, above its actors."""
        heads = self._heads.items()
        return [(str(Level(level).label), y + ON_BASELINE) for level, y in heads]

    @cached_property
    def actors(self) -> list[Node]:
        y, placed = self._left_top, []
        for place, node in enumerate(self._left):
            y += self._room_for_label(place)
            placed.append(node._replace(y=y + (node.height - PITCH) // 2))
            y += node.height
        return placed

    @cached_property
    def subjects(self) -> list[Node]:
        """At even distances, over the whole height."""
        used = sum(node.height for node in self._right)
        gap = (self.height - TOP - used) / max(len(self._right), 1)
        y, placed = TOP + gap / 2, []
        for node in self._right:
            placed.append(node._replace(y=round(y + (node.height - PITCH) / 2)))
            y += node.height + gap
        return placed

    @cached_property
    def lines(self) -> list[Line]:
        left = {node.record.pk: node.y for node in self.actors}
        right = {node.record.pk: node.y for node in self.subjects}
        together: dict[tuple, list[Fact]] = {}
        for fact in self.facts:
            together.setdefault((fact.actor.pk, fact.subject.pk), []).append(fact)
        return [
            Line(fact, left[actor], right[subject], round(BETWEEN_PARALLELS * bend))
            for (actor, subject), shared in together.items()
            for bend, fact in zip(_around_zero(len(shared)), shared, strict=True)
        ]

    @cached_property
    def strands(self) -> list[Strand]:
        found = [
            (weight, [line for line in self.lines if line.fact.role in weight.roles])
            for weight in WEIGHTS
        ]
        return [Strand(weight, _verbs(lines), lines) for weight, lines in found if lines]

    @property
    def sheet(self) -> Sheet:
        key = [(BELOW_TITLE + PITCH * row, strand) for row, strand in enumerate(self.strands)]
        picture = BELOW_TITLE + PITCH * len(key)
        foot = picture + self.height + PITCH
        return Sheet(key, picture, foot, foot + 2 * PITCH)

    @property
    def _heads(self) -> dict[str, int]:
        """The height of the label above the first actor of each level."""
        heads: dict[str, int] = {}
        for node in self.actors:
            top = node.y - (node.height - PITCH) // 2
            heads.setdefault(node.record.level, top - PITCH)
        return heads

    @property
    def _left_height(self) -> int:
        rooms = [self._room_for_label(place) for place in range(len(self._left))]
        return sum(rooms) + sum(node.height for node in self._left)

    @property
    def _left_top(self) -> int:
        """In the middle, where the subjects take more room."""
        return TOP + (self.height - TOP - self._left_height) // 2

    def _room_for_label(self, place: int) -> int:
        level = self._left[place].record.level
        if place == 0:
            return PITCH
        return 0 if self._left[place - 1].record.level == level else BEFORE_GROUP + PITCH


def _untangled(actors: Sequence, subjects: Sequence, facts: Sequence[Fact]) -> tuple[list, list]:
    """Both columns in the order in which the lines cross least."""
    actor_at = {each.pk: place for place, each in enumerate(actors)}
    subject_at = {each.pk: place for place, each in enumerate(subjects)}
    lines = {(actor_at[fact.actor.pk], subject_at[fact.subject.pk]) for fact in facts}
    groups: dict[str, list[int]] = {}
    for place, actor in enumerate(actors):
        groups.setdefault(actor.level, []).append(place)
    left, right = untangled(tuple(map(tuple, groups.values())), tuple(sorted(lines)))
    return [actors[place] for place in left], [subjects[place] for place in right]


def _named(record: PageRecord, letters: int) -> Node:
    """By its short form where its name is longer than a line; a replaced one says so."""
    name = text(record, "title")
    words = (_short_form(record, name.lang) if len(name) > letters else "") or name
    shown = typeset(words, name.lang)
    if record.is_superseded:
        shown = f"{shown} ({pgettext('plan', 'Superseded').lower()})"
    return Node(record, _wrapped(shown, letters), name.lang, 0)


def _short_form(record: PageRecord, lang: str) -> str:
    """Nothing where a page knows the record just well enough to link it: it asks no more."""
    name = record.short_form
    known = name and column(name, lang) not in record.get_deferred_fields()
    return in_language(record, name, lang) if known else ""


def _wrapped(words: str, letters: int) -> list[str]:
    """On as few lines as it takes, and those as even as can be.

    At plain spaces alone: those of names and dates that stay together are of another kind.
    """
    lines = _cut(words, letters)
    while letters > 1 and len(narrower := _cut(words, letters - 1)) == len(lines):
        lines, letters = narrower, letters - 1
    return lines


def _cut(words: str, letters: int) -> list[str]:
    return wrap(words, letters, break_long_words=False, break_on_hyphens=False)


def _verbs(lines: Iterable[Line]) -> list[str]:
    """Once each: in French, two of the roles have one verb."""
    roles = {line.fact.role for line in lines}
    verbs = [role.verb(plural=False) for role in (*Role, *Decision) if role in roles]
    return list(dict.fromkeys(verbs))


def _around_zero(number: int) -> list[float]:
    return [place - (number - 1) / 2 for place in range(number)]


def _in_order(fact: Fact) -> tuple:
    return _by_level(fact.actor), _by_position(fact.subject), ROLES.index(fact.role)


def _by_level(actor: PageRecord) -> tuple:
    """Not by name: the picture is the same in every language."""
    return LEVELS.index(actor.level), *_by_position(actor)


def _by_position(record: PageRecord) -> tuple:
    return record.position, record.kind(), str(record.pk)
