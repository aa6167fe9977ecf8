"""The marks that authors do not type: each language's spaces, apostrophes and soft hyphens.

Applied when a text is rendered (records) or compiled (catalogues); what is stored stays
plain. Rules: the table of dates and spaces in ``docs/reference/typography.md``.
"""

import re

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
SOFT_HYPHEN = "\u00ad"
NO_BREAK_HYPHEN = "\u2011"
APOSTROPHE = "\u2019"
OPENING_QUOTE = "\u2018"
SEAM = "\ue000"  # private use: where a link or an emphasis begins or ends within a line

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
)

# A date, the name of a plan and a numbered thing never break across lines.
UNBROKEN = [
    re.compile(rf"\b(\d{{1,2}}|1er) ({MONTHS})(?: (\d{{4}}))?\b"),
    re.compile(rf"\b({MONTHS}) (\d{{4}})\b"),
    re.compile(r"\b(Plan R|Plan Canal|[Vv]ersion \d+|[Vv]ersie \d+|T\.E\.R\. \d+)\b"),
    re.compile(r"\b(\d+ (?:%|€|EUR))"),
]
THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+\b")  # not a year before a number
FRENCH_WIDE = re.compile(r"(?<=\S) (?=[:»])|(?<=«) ")
FRENCH_NARROW = re.compile(r"(?<=\S) (?=[;?!](?:\s|$|[»)]))")
AFTER_A_WORD = r"[\w.,!?)»]"
NOT_AFTER_A_WORD = rf"(?<!{AFTER_A_WORD})(?<!{AFTER_A_WORD}{SEAM})"
CUT_OFF = re.compile(rf"{NOT_AFTER_A_WORD}'(?=[snt]\b|\d\d\b)")  # 's avonds, 't, 'n, '90
OPENING = re.compile(rf"{NOT_AFTER_A_WORD}'(?=[\w{SEAM}])")

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


def typeset(text: str, lang: str | None, *, soft_hyphens: bool = False) -> str:
    """The text as it should be read in ``lang``; idempotent; never changes a word."""
    text = OPENING.sub(OPENING_QUOTE, CUT_OFF.sub(APOSTROPHE, text)).replace("'", APOSTROPHE)
    for pattern in UNBROKEN:
        text = pattern.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
    if lang == "fr":
        text = _french(text)
    if lang == "nl" and soft_hyphens:
        text = DUTCH_WORD.sub(_with_seams, text).replace("re-integr", f"re{NO_BREAK_HYPHEN}integr")
    return text


def _french(text: str) -> str:
    text = FRENCH_WIDE.sub(NO_BREAK, text)
    text = FRENCH_NARROW.sub(NARROW_NO_BREAK, text)
    return THOUSANDS.sub(lambda found: found[0].replace(" ", NARROW_NO_BREAK), text)


def _with_seams(found: re.Match) -> str:
    """Keep the author's capitals: walk the known seams, take the letters of the text."""
    letters = iter(found[0])
    seams = DUTCH_WORDS[found[0].lower()]
    return "".join(mark if mark == SOFT_HYPHEN else next(letters) for mark in seams)
