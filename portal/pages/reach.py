"""What a publication changes on pages that show nothing of the record itself.

Every page shows the titles of the shell's pages; where it uses a word of the glossary, it leads
to the entry, unless the word is part of a title. Received from ``reaches``.
"""

from collections.abc import Iterable

from portal.languages.texts import columns
from portal.pages.models import Page, Term
from portal.pages.vocabulary import NAMES, terms_within
from portal.publishing.content import Moved
from portal.records.models import PageRecord
from portal.records.reads import EVERYTHING, key_of

IN_EVERY_FRAME = ("place", "source_language", *columns("title"), *columns("slug"))
WRITTEN = ("source_language", *(each for name in NAMES for each in columns(name)))


def reached(sender, moved: Iterable[Moved], **kwargs) -> set[str]:
    """A title that comes or goes hides a term, or lets it be seen, in whatever language it is."""
    moved = list(moved)
    if any(map(_is_on_every_page, moved)):
        return {EVERYTHING}
    titles = {title for each in moved for title in _titles_that_came_or_went(each)}
    return set(map(key_of, terms_within(titles)))


def _is_on_every_page(moved: Moved) -> bool:
    names = {Term: WRITTEN, Page: IN_EVERY_FRAME}.get(type(moved.record), ())
    return any(moved.was.get(name) != moved.now.get(name) for name in names)


def _titles_that_came_or_went(moved: Moved) -> set[str]:
    if not isinstance(moved.record, PageRecord):
        return set()
    was, now = ({each.get(name) for name in columns("title")} for each in (moved.was, moved.now))
    return (was ^ now) - {None, ""}
