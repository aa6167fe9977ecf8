from django.core.management.base import BaseCommand, CommandError

from portal.content.comparison import Difference
from portal.content.loading import ContentRefused, Outcome, load
from portal.content.proposing import propose
from portal.publishing.standing import form_address
from portal.publishing.turns import Refused
from portal.staff.models import Account


class Command(BaseCommand):
    """Publish the founding content of a new database, or propose what changed in its files."""

    help = "Publish the founding content in a new database, or propose what changed in its files."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; without --propose, fail when a record differs from its file",
        )
        parser.add_argument(
            "--propose",
            metavar="USERNAME",
            help="submit what differs from the files for approval, in the name of this account",
        )

    def handle(self, *args, check: bool = False, propose: str | None = None, **options) -> None:
        try:
            if propose is None:
                self._load(check)
            else:
                self._propose(account(propose), check)
        except ContentRefused as refused:
            done = "loaded" if propose is None else "proposed"
            listed = "\n".join(str(fault) for fault in refused.faults)
            raise CommandError(
                f"{listed}\nNothing was {done}: {len(refused.faults)} faults."
            ) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None

    def _load(self, check: bool) -> None:
        outcome = load(check=check)
        if check:
            self._name_differences(outcome)
        for each in outcome.removed:
            self.stdout.write(
                f"Removed by law, delete its file: {each.record.kind()} {each.record.pk}"
            )
        self.stdout.write(
            f"{len(outcome.published)} records {'would be ' * check}published, "
            f"{len(outcome.same)} as in their files, "
            f"{len(outcome.left_alone)} edited since and left alone."
        )
        if found := len(outcome.to_propose):
            self.stdout.write(
                f"{found} records differ from what is public: propose them with --propose USERNAME."
            )
        if found := len(outcome.waiting):
            self.stdout.write(f"{found} records are in review, as in their files.")
        if check and outcome.different:
            raise CommandError("Some records differ from their files.")

    def _name_differences(self, outcome: Outcome) -> None:
        for each in outcome.left_alone:
            if each not in outcome.removed:
                self.stdout.write(f"Edited since: {each}")
        for each in [*outcome.to_propose, *outcome.waiting]:
            self.stdout.write(f"Changed in its file: {each}")

    def _propose(self, by: Account, check: bool) -> None:
        outcome, release = propose(by, check=check)
        for each in outcome.left_alone:
            self.stdout.write(f"Left alone: {each}: {each.obstacle.reason}{of(each)}.")
        for each in outcome.waiting:
            self.stdout.write(f"In review already: {each}{of(each)}.")
        for each in outcome.to_propose if check else []:
            self.stdout.write(f"Would be proposed: {each}.")
        if release:
            self.stdout.write(f"Release {release.pk} is in review: {form_address(release)}")
        self.stdout.write(
            f"{len(outcome.to_propose)} records {'would be ' * check}proposed, "
            f"{len(outcome.same)} unchanged, {len(outcome.waiting)} in review already, "
            f"{len(outcome.left_alone)} left alone."
        )
        if outcome.left_alone and not (outcome.to_propose or outcome.waiting):
            raise CommandError("Nothing could be proposed.")


def account(name: str) -> Account:
    """Raises CommandError for one that may not write both texts and facts."""
    found = Account.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active account “{name}”. Name one that writes.")
    if not found.sets_facts:
        raise CommandError(f"The account “{name}” may not set facts. Name one that writes.")
    return found


def of(difference: Difference) -> str:
    """Which release has it; nothing for what is in none."""
    release = difference.waits_in or (difference.obstacle and difference.obstacle.release)
    return f" ({form_address(release)})" if release else ""
