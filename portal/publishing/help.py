"""The help of the desk: how-to pages of the project's own documentation, in its languages.

They are written in the small part of Markdown that texts of the portal are written in.
"""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString

from portal.languages.texts import active, codes
from portal.records import prose

FOLDER = settings.BASE_DIR / "docs" / "how-to" / "desk"
WRITE, TRANSLATE, APPROVE = "write-a-text", "translate-a-text", "approve-a-text"
ELSEWHERE, ACCOUNTS = "translate-elsewhere", "give-a-person-an-account"
NAMES = (WRITE, TRANSLATE, ELSEWHERE, APPROVE, ACCOUNTS)


class Help(NamedTuple):
    """One page: its language, its title, and what follows."""

    name: str
    language: str
    title: str
    text: str

    @property
    def html(self) -> SafeString:
        """Our own words, and still no HTML among them."""
        return prose.render(self.text, self.language)


def help_named(name: str) -> Help:
    """In the language of the desk; where that has no such page, in one that has."""
    by_preference = [active(), *codes()]
    language = next(code for code in by_preference if (FOLDER / code / f"{name}.md").exists())
    title, _blank, text = (FOLDER / language / f"{name}.md").read_text("utf-8").partition("\n\n")
    return Help(name, language, title.removeprefix("# "), text)


def name_of_help(request: HttpRequest) -> str:
    """The page for what this person does on this screen."""
    screen, account = request.resolver_match.url_name or "", request.user
    if screen.startswith("staff_account"):
        return ACCOUNTS
    if screen.startswith("translation-parcel"):
        return ELSEWHERE
    if screen.startswith("translation"):
        return TRANSLATE
    if account.is_approver and (screen.startswith("publishing_release") or not account.is_editor):
        return APPROVE
    return WRITE if account.sets_facts or not account.is_editor else TRANSLATE
