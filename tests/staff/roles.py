"""What each role may do, found by trying it: the table of docs/reference/roles.md."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from portal.languages.texts import codes, columns, translated_names
from portal.publishing import going_public, review
from portal.publishing.drafts import save_draft
from portal.records.kinds import kinds
from portal.records.models import PageRecord, Record, State
from portal.staff.models import Account
from tests.factories import draft, published
from tests.publishing.review import NOTES, approve_all, person
from tests.staff import accounts, trials
from tests.staff.trials import Answer, Scene, does, posts, sees

OWN = codes()[-1]  # the one language of the translator and of the approver
ROLES: dict[str, dict] = {
    "Without a role": {},
    "Translator": {"translates": OWN},
    "Approver": {"approves": OWN},
    "Writer": {"writes": True},
    "Administrator": {"is_superuser": True},
}
NOTE = {"act": "publication", "major": "on", **dict.fromkeys(columns("note"), "Otherwise")}
Acts = list[tuple[str | tuple[str, ...], str, Any]]

WITH_A_RECORD: Acts = [
    ("See it in its list", "drafted", trials.sees_list),
    ("See it, and its draft", "drafted", sees("change")),
    ("See who saved it", "drafted", sees("history")),
    ("Find it by name in a choice", "drafted", trials.finds),
    ("Make a new one", "public", trials.adds),
    (
        ("Change its texts", "Change its facts", "Say when to check it again"),
        "drafted",
        trials.changes_everything,
    ),
    ("Translate on the translator's screen", "drafted", trials.translates),
    ("Confirm that a translation still holds", "drafted", trials.confirms),
    ("Take a translation", "drafted", trials.takes),
    ("Give a translation to somebody else", "drafted", trials.gives),
    ("See the page that a form would make", "drafted", trials.previews),
    ("Take up an older text", "drafted", trials.takes_up),
    ("Discard the draft", "drafted", posts("discard")),
    ("Submit the draft", "drafted", trials.submits),
    ("Propose to withdraw it", "public", posts("withdraw")),
    ("Propose to bring it back", "withdrawn", posts("withdraw")),
    ("Change it while it is withdrawn", "withdrawn", trials.changes_anything),
    ("Delete it", "public", posts("delete", post="yes")),
    ("Delete what was never public", "new", posts("delete", post="yes")),
]
WITH_A_RELEASE: Acts = [
    ("See a release", "in review", trials.sees_release),
    ("Take in a newer draft", "in review", trials.renews),
    (("Take in one more draft", "Leave one out"), "in review", trials.recomposes),
    ("Write the note for readers", "in review", does("note", **NOTE)),
    ("Show the drafts by a link", "in review", does("share")),
    ("Stop that link", "in review", trials.stops_sharing),
    (
        ("Approve texts of somebody else", "Approve facts of somebody else"),
        "in review",
        trials.approves,
    ),
    ("Approve what the account wrote itself", "in review", trials.approves_its_own),
    ("Approve a withdrawal", "withdrawal", trials.approves_any),
    ("Send back", "in review", does("reject", remark="Otherwise.")),
    ("Take back a release of its own", "in review", trials.takes_back_its_own),
    (
        "Take back a release of somebody who handed over to it",
        "in review",
        trials.takes_back_what_was_handed_over,
    ),
    ("Take back a release of somebody else", "in review", does("take_back")),
    ("Publish what is approved", "ready", does("publish")),
    ("Publish it at a time", "ready", does("schedule", due="2199-01-01T10:00")),
    ("Publish what is not approved", "in review", does("publish")),
    ("Publish it urgently", "in review", does("urgent", reason="Now.")),
    ("Undo a publication", "published", does("undo")),
    ("Delete a release", "in review", trials.deletes_release),
]


WITH_AN_ACCOUNT: list[tuple[str, Any]] = [
    ("See the accounts", accounts.sees_list),
    ("Make an account", accounts.makes),
    ("Say what another account may do", accounts.changes_another),
    ("Give itself more rights", accounts.promotes_itself),
    ("Close an account", accounts.closes),
    ("Hand over what a closed account left", accounts.hands_over),
    ("Make a one-time link for a new password", accounts.makes_link),
    ("Set the password of another account", accounts.sets_password),
    ("Change its own password", accounts.sees_own_password),
    ("Delete an account", accounts.deletes),
]


def people() -> dict[str, Account | AnonymousUser]:
    return {
        "Not signed in": AnonymousUser(),
        **{role: person(role.replace(" ", "-"), **rights) for role, rights in ROLES.items()},
    }


def life_of_a_record(kind: type[Record], one: Account, other: Account) -> Iterator[Scene]:
    with undone():
        new = draft(kind)
        save_draft(new, one)
        yield Scene("new", kind.objects.get(pk=new.pk), one)
    record = published(kind)
    yield Scene("public", record, one)
    trials.say_otherwise(record, one)
    yield Scene("drafted", record, one)
    kind.objects.filter(pk=record.pk).update(state=State.WITHDRAWN)
    yield Scene("withdrawn", kind.objects.get(pk=record.pk), one)


def life_of_a_release(kind: type[Record], one: Account, other: Account) -> Iterator[Scene]:
    record = published(kind)
    trials.say_otherwise(record, one)
    release = review.submit([record.pk], one, NOTES)
    yield Scene("in review", record, one, release)
    approve_all(release, other)
    yield Scene("ready", record, one, release)
    going_public.publish_release(release, one)
    yield Scene("published", record, one, release)
    record = kind.objects.get(pk=record.pk)
    yield Scene("withdrawal", record, one, review.propose_withdrawal(record, one, NOTES))


OURS = [kind for kind in kinds() if not kind.__module__.startswith("tests.")]


def kinds_of_every_sort() -> list[type[Record]]:
    """With a page, with texts and no page, without texts: a release sees no other difference."""
    sorts = {(issubclass(kind, PageRecord), bool(translated_names(kind))): kind for kind in OURS}
    return list(sorts.values())


def tried(kind: type[Record], life: Callable, acts: Acts) -> dict[str, list[Answer]]:
    """Of each act what came of it, a role each."""
    found: dict[str, list[Answer]] = {}
    with undone():
        everybody = people().values()
        one, other = (person(name, is_superuser=True) for name in ("one", "other"))
        for scene in life(kind, one, other):
            for names, stage, attempt in acts:
                if stage == scene.stage:
                    got = [_try(attempt, scene, each) for each in everybody]
                    found |= {names: got} if isinstance(names, str) else _told_apart(names, got)
    return {name: found[name] for names, *_rest in acts for name in _each(names)}


def _each(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def _told_apart(names: tuple[str, ...], got: list) -> dict[str, list[Answer]]:
    return dict(zip(names, map(list, zip(*got, strict=True)), strict=True))


def _try(attempt: Callable, *given: Any) -> Answer:
    with undone():
        return attempt(*given)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def table() -> str:
    """The whole table, in Markdown."""
    heads = ["Act", "Not signed in", *ROLES, "Kinds"]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for kinds_tried, life, acts in (
        (OURS, life_of_a_record, WITH_A_RECORD),
        (kinds_of_every_sort(), life_of_a_release, WITH_A_RELEASE),
    ):
        found = {kind: tried(kind, life, acts) for kind in kinds_tried}
        for name in next(iter(found.values())):
            lines += _rows(name, {kind: answers[name] for kind, answers in found.items()})
    lines += [_line([name, *map(_word, got), "–"]) for name, got in tried_with_accounts()]
    return "\n".join(lines) + "\n"


def tried_with_accounts() -> list[tuple[str, list[Answer]]]:
    with undone():
        everybody = people().values()
        other = person("other", is_superuser=True)
        return [
            (name, [_try(attempt, other, each) for each in everybody])
            for name, attempt in WITH_AN_ACCOUNT
        ]


def _rows(name: str, by_kind: dict[type[Record], list[Answer]]) -> Iterator[str]:
    """One row, or one for each way in which kinds differ; none where there is no such thing."""
    alike: dict[tuple, list[str]] = {}
    for kind, answers in by_kind.items():
        alike.setdefault(tuple(map(_word, answers)), []).append(kind.kind())
    most = max(alike, key=lambda words: len(alike[words]))
    others = sorted(kind for words, found in alike.items() if words != most for kind in found)
    for words, found in alike.items():
        which = ", ".join(sorted(found))
        if words == most:
            which = f"all but {', '.join(others)}" if others else "all"
        if set(words) != {""}:
            yield _line([name, *words, which])


def _word(answer: Answer) -> str:
    if isinstance(answer, set):
        return {0: "no", len(codes()): "yes"}.get(len(answer)) or _own(answer)
    return {None: "", True: "yes", False: "no"}[answer]


def _own(languages: set[str]) -> str:
    return "its language" if languages == {OWN} else "/".join(sorted(languages))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
