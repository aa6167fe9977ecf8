"""Copies of the equal page by the thousand, with their relations, references and search entries."""

from benchmarks.peer.models import PlanPage


def multiply(pages: dict[str, PlanPage], copies: int) -> None:
    """In every language; each is a page below the same list."""
