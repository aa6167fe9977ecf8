"""Terms and names for the tests of terms in place, and what a text then links."""

import re
from html import unescape

from actors.models import Actor
from portal.languages.texts import codes
from portal.languages.typography import SOFT_HYPHEN
from portal.pages.glossary import TermsInPlace
from portal.pages.models import Term
from portal.records.prose import render
from tests.factories import published

LINK = re.compile(r'<a href="/(\w\w)/\w+/#(term-\w{8})"[^>]*>(.*?)</a>')


def term(word: str, code: str = "en", **given) -> Term:
    """Of one language; in the others it is called something that no text here says."""
    others = {other: f"zzz-{other}-{word}" for other in codes()}
    abbreviation = {code: given.pop("abbreviation")} if "abbreviation" in given else {}
    return published(Term, term=others | {code: word}, abbreviation=abbreviation, **given)


def name(title: str, code: str = "en", publishing=published, **given) -> Actor:
    others = {other: f"zzz-{other}-{title}" for other in codes()}
    return publishing(Actor, title=others | {code: title}, **given)


def linked(text: str, code: str = "en", terms: TermsInPlace | None = None) -> list[str]:
    """The words that lead to the glossary, in their order."""
    html = unescape(render(text, code, {}, terms or TermsInPlace()))
    return [words.replace(SOFT_HYPHEN, "") for _lang, _anchor, words in LINK.findall(html)]
