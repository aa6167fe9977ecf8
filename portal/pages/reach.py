"""What a publication changes on pages that show nothing of the record itself.

Every page shows the titles of the shell's pages; where it uses a word of the glossary, it leads
to the entry, unless the word is part of a title. Received from ``reaches``.
"""

from collections.abc import Mapping
from typing import Any

from portal.languages.texts import codes, columns
from portal.pages.models import Page, Term
from portal.pages.vocabulary import NAMES, terms_alone
from portal.records.models import PageRecord, Record
from portal.records.reads import EVERYTHING, key_of

Content = Mapping[str, Any]
IN_EVERY_FRAME = ("place", "source_language", *columns("title"), *columns("slug"))


def reached(sender: type[Record], was: Content, now: Content, **kwargs) -> set[str]:
    if issubclass(sender, Term):
        written = ("source_language", *(each for name in NAMES for each in columns(name)))
        return {EVERYTHING} if _differ(was, now, written) else set()
    if issubclass(sender, Page) and _differ(was, now, IN_EVERY_FRAME):
        return {EVERYTHING}
    return _terms_in_titles(was, now) if issubclass(sender, PageRecord) else set()


def _differ(was: Content, now: Content, names: tuple[str, ...]) -> bool:
    return any(was.get(name) != now.get(name) for name in names)


def _terms_in_titles(was: Content, now: Content) -> set[str]:
    """A title that comes or goes hides a term, or lets it be seen, in whatever language it is."""
    moved = _titles(was) ^ _titles(now)
    if not moved:
        return set()
    terms = terms_alone()
    forms = [terms.forms_in(code) for code in codes()]
    return {key_of(uuid) for title in moved for each in forms for uuid in each.within(title)}


def _titles(content: Content) -> set[str]:
    return {title for name in columns("title") if (title := content.get(name))}
