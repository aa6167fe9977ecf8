import sys
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from portal.languages.texts import codes, in_every_language
from portal.publishing.given import still_given
from portal.publishing.removal import REASON, Chosen, Order, Outcome, choose, remove
from portal.publishing.review import sentence
from portal.publishing.turns import Refused

FAREWELL = (
    "Backups made before, copies of the database and its free space still hold the text: see "
    "docs/how-to/remove-a-text-by-law.md."
)


class Command(BaseCommand):
    """Empty what a law or a court has removed; the public log tells of it. It cannot be undone."""

    help = "Remove older versions of a record, or the whole of it, because the law demands it."

    def add_arguments(self, parser) -> None:
        parser.add_argument("record", type=UUID, metavar="UUID", help="the identity of the record")
        parser.add_argument(
            "--versions", type=int, nargs="+", default=[], help="these alone; else all of it"
        )
        parser.add_argument("--notes", action="store_true", help="also what the log said of it")
        parser.add_argument(
            "--drafts", action="store_true", help="also every other draft but the newest"
        )
        parser.add_argument(
            "--note",
            action="append",
            default=[],
            metavar="LANGUAGE=SENTENCE",
            help="what the log tells readers, once for every language; else a calm sentence",
        )
        parser.add_argument("--yes", action="store_true", help="ask nothing")

    def handle(self, *args, record: UUID, **options) -> None:
        order = Order(
            record=record,
            versions=frozenset(options["versions"]),
            with_notes=options["notes"],
            with_drafts=options["drafts"],
        )
        try:
            notes = _notes(options["note"])
            chosen = choose(order)
            if not options["yes"]:
                self._confirm(order, chosen)
            outcome = remove(order, notes)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self._tell(outcome)

    def _confirm(self, order: Order, chosen: Chosen) -> None:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is there to confirm it. Say --yes to go on without.")
        what = "the whole record" if order.is_whole else "these versions"
        self.stdout.write(
            f"This removes {what}: {len(chosen.full)} revisions and {len(chosen.entries)} "
            "notes are emptied for ever. Type the identity of the record to go on."
        )
        if input("> ").strip() != str(order.record):
            raise CommandError("That is not its identity. Nothing was removed.")

    def _tell(self, outcome: Outcome) -> None:
        self.stdout.write(
            f"{outcome.revisions} revisions and {outcome.notes} notes emptied, {outcome.files} "
            f"files deleted, {outcome.releases} releases taken back. {FAREWELL}"
        )
        left = []
        if outcome.left:
            names = ", ".join(outcome.left)
            left.append(f"Delete these files yourself, the portal could not: {names}")
        if reason := still_given():
            left.append(f"Readers may still be given what was removed: {reason}")
        if left:
            raise CommandError("\n".join(left))


def _notes(given: list[str]) -> dict[str, str]:
    """``en=…`` once a language. Raises CommandError for a language that is unknown or lacks."""
    if not given:
        return in_every_language(REASON)
    notes = {code: sentence(words) for code, _is, words in (each.partition("=") for each in given)}
    if set(notes) != set(codes()) or not all(notes.values()):
        wanted = " ".join(f"--note {code}=…" for code in codes())
        raise CommandError(f"Give the note once in every language: {wanted}")
    return notes
