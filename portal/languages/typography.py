"""The marks that authors do not type: each language's spaces, quotes, dashes and soft hyphens.

Applied when a text is rendered (records) or compiled (catalogues); what is stored stays
plain. Addresses, names of files and tags are left as they are. Rules: the tables of
``docs/reference/typography.md``.
"""

import re
from functools import lru_cache
from typing import NamedTuple

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
SOFT_HYPHEN = "\u00ad"
NO_BREAK_HYPHEN = "\u2011"
APOSTROPHE = "\u2019"
OPENING_QUOTE = "\u2018"
EN_DASH = "\u2013"

# Private use: where a link or an emphasis begins or ends within a line, and what stands in for
# an address and for a tag while the words around them are set.
SEAM, ADDRESS, TAG = "\ue000", "\ue001", "\ue002"


class Quotes(NamedTuple):
    """Around what was typed between double marks, and between single ones."""

    opening: str
    closing: str
    inner_opening: str = OPENING_QUOTE
    inner_closing: str = APOSTROPHE


COMMON_QUOTES = Quotes("\u201c", "\u201d")
QUOTES = {
    "de": Quotes("\u201e", "\u201c", "\u201a", "\u2018"),
    "fr": Quotes(f"\u00ab{NO_BREAK}", f"{NO_BREAK}\u00bb"),
}
DASH_BETWEEN_YEARS = ("de", "en")  # French and Dutch write a hyphen

# What must not be touched, for it is copied, typed or followed: one stand-in each.
ENDS_AN_ADDRESS = rf"[^\s<>\"'.,;:!?)\]\u00bb\u2018-\u201d{SEAM}]"
UNTOUCHED = re.compile(
    rf"(?:https?://|mailto:|www\.)[^\s<>\"{SEAM}]*{ENDS_AN_ADDRESS}"  # x.be/a?b:c
    r"|[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+"
    rf"|\b\w[\w-]*(?:\.\w[\w-]*)*\.[a-z]{{2,}}\b(?:/(?:[^\s<>\"{SEAM}]*{ENDS_AN_ADDRESS})?)?"
    r"|`[^`\n]+`"
    r"|</?[a-zA-Z][^<>]*>"
    rf"|[{ADDRESS}{TAG}]"
)
STAND_IN = re.compile(f"[{ADDRESS}{TAG}]")
HAS_ANY = re.compile(rf"://|[\w-]\.[a-z]{{2}}|[@`<{ADDRESS}{TAG}]|mailto:|www\.")  # most have none

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember"
)

# A date, the name of a plan, a numbered thing and an amount never break across lines.
UNBROKEN = [
    re.compile(rf"\b(\d{{1,2}}\.?|1er) ({MONTHS})(?: (\d{{4}}))?\b"),
    re.compile(rf"\b({MONTHS}) (\d{{4}})\b"),
    re.compile(r"\b(Plan R|Plan Canal|[Vv]ersion \d+|[Vv]ersie \d+|T\.E\.R\. \d+)\b"),
    re.compile(r"\b\d+ (?:%|€|EUR\b)"),
    re.compile(r"(?:€|\bEUR) (?=\d)"),
]
YEARS = re.compile(r"(?<![\w-])(1[89]\d\d|20\d\d)-(1[89]\d\d|20\d\d)(?![\w-])")
THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+\b")  # not a year before a number
FRENCH_WIDE = re.compile(r"(?<=\S) (?=[:»])|(?<=«) ")
FRENCH_NARROW = re.compile(r"(?<=\S) (?=[;?!](?!\w))")
AFTER_A_WORD = rf"[\w.,!?)»%€{ADDRESS}]"
NOT_AFTER_A_WORD = rf"(?<!{AFTER_A_WORD})(?<!{AFTER_A_WORD}{SEAM})"
CUT_OFF = re.compile(rf"{NOT_AFTER_A_WORD}'(?=[snt]\b|\d\d\b)")  # 's avonds, 't, 'n, '90
WITHIN_A_WORD = re.compile(r"(?<=\w)'(?=\w)")
OPENING = re.compile(rf"{NOT_AFTER_A_WORD}'(?=[\w{SEAM}{ADDRESS}{TAG}])")
PAIR = re.compile(r"(?<!\w)\"(?=\S)([^\"\n]*?\S)\"(?!\w)")
INNER_PAIR = re.compile(r"(?<!\w)'(?=\S)([^'\n]*?\S)'(?!\w)")

# Seams of the long Dutch compounds that stand in titles: wider than a phone without them.
DUTCH_SEAMS = [
    "terrorisme-bestrijdings-strategie",
    "terrorisme-bestrijding",
    "terrorisme-financiering",
    "coördinatie-orgaan",
    "dreigings-analyse",
    "veiligheids-maatregelen",
    "veiligheids-raad",
    "veiligheids-plan",
    "maatregelen-pakketten",
    "maatregelen-pakket",
    "ontwikkelings-samenwerking",
    "samenwerkings-verband",
    "inlichtingen-diensten",
    "toegankelijkheids-verklaring",
    "radicaliserings-processen",
    "informatie-verwerking",
    "regerings-leiders",
    "privacy-verklaring",
    "verantwoordelijk-heden",
    "verantwoordelijk-heid",
    "verantwoorde-lijk",
    "gemeen-schappelijke",
    "doel-stellingen",
    "veiligheids-structuren",
    "terroris-tische",
    "infra-structuur",
    "radicali-sering",
    "samen-werking",
    "organi-saties",
    "terrorisme-preventie",
    "rechts-instrumenten",
    "hogesnelheids-treinen",
    "opsporings-methoden",
    "bewakings-opdrachten",
    "nummerplaat-camera",
    "levens-beschouwelijke",
    "internatio-nale",
    "internatio-naal",
    "lands-verdediging",
    "gemeen-schap",
    "kader-documenten",
    "stabilisatie-activiteiten",
    "identiteits-kaarten",
    "passagiers-gegevens",
    "telefoon-kaarten",
]
DUTCH_WORDS = {seams.replace("-", ""): seams.replace("-", SOFT_HYPHEN) for seams in DUTCH_SEAMS}
DUTCH_WORD = re.compile("|".join(sorted(DUTCH_WORDS, key=len, reverse=True)), re.IGNORECASE)


@lru_cache(maxsize=1024)  # the same titles, dates and labels stand on many pages
def typeset(text: str, lang: str | None, *, soft_hyphens: bool = False) -> str:
    """The text as it should be read in ``lang``; idempotent; never changes a word."""
    if not HAS_ANY.search(text):
        return _set(text, lang, soft_hyphens)
    untouched = iter(UNTOUCHED.findall(text))
    text = _set(UNTOUCHED.sub(_stand_in, text), lang, soft_hyphens)
    return STAND_IN.sub(lambda _found: next(untouched), text)


def _stand_in(found: re.Match) -> str:
    return TAG if found[0][0] in f"<{TAG}" else ADDRESS


def _set(text: str, lang: str | None, soft_hyphens: bool) -> str:
    text = _quotes(text, QUOTES.get(lang, COMMON_QUOTES))
    for pattern in UNBROKEN:
        text = pattern.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
    if lang in DASH_BETWEEN_YEARS:
        text = YEARS.sub(_period, text)
    if lang == "fr":
        text = _french(text)
    if lang == "nl" and soft_hyphens:
        text = DUTCH_WORD.sub(_with_seams, text).replace("re-integr", f"re{NO_BREAK_HYPHEN}integr")
    return text


def _quotes(text: str, quotes: Quotes) -> str:
    if '"' not in text and "'" not in text:
        return text
    text = _pairs(PAIR, quotes.opening, quotes.closing, text)
    text = WITHIN_A_WORD.sub(APOSTROPHE, CUT_OFF.sub(APOSTROPHE, text))
    if quotes.inner_closing != APOSTROPHE:  # only a pair can tell one from the other
        text = _pairs(INNER_PAIR, quotes.inner_opening, quotes.inner_closing, text)
    return OPENING.sub(quotes.inner_opening, text).replace("'", APOSTROPHE)


def _pairs(pattern: re.Pattern, opening: str, closing: str, text: str) -> str:
    """From the inside out, so that a quotation may hold another."""
    while (paired := pattern.sub(rf"{opening}\1{closing}", text)) != text:
        text = paired
    return text


def _period(found: re.Match) -> str:
    """Two years in a row of time; the number of a file may look alike, but seldom rises."""
    return f"{found[1]}{EN_DASH}{found[2]}" if found[1] < found[2] else found[0]


def _french(text: str) -> str:
    text = FRENCH_WIDE.sub(NO_BREAK, text)
    text = FRENCH_NARROW.sub(NARROW_NO_BREAK, text)
    return THOUSANDS.sub(lambda found: found[0].replace(" ", NARROW_NO_BREAK), text)


def _with_seams(found: re.Match) -> str:
    """Keep the author's capitals: walk the known seams, take the letters of the text."""
    letters = iter(found[0])
    seams = DUTCH_WORDS[found[0].lower()]
    return "".join(mark if mark == SOFT_HYPHEN else next(letters) for mark in seams)
